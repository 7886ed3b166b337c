"""R17: decisions are private until they are published, at one moment, with number and date."""

from datetime import timedelta

import pytest

from awards.complaints import conclude
from awards.models import ComplaintState, Kind, Publication
from awards.publishing import publish
from awards.selection import choose, take_back
from config import clock
from initiatives.changing import withdraw
from initiatives.screening import accept, reject
from initiatives.timeline import timeline_of
from record.models import Event
from tests.factories import IN_TIME, make_complaint, make_filed, make_plan, make_user, make_valid
from tests.refusals import refused

pytestmark = pytest.mark.django_db

NUMBER = "12/QĐ-LĐLĐ"


def make_chosen(entries=1, awarded=1, nominated=0):
    """A plan with a valid dossier, the first of its entries awarded and nominated."""
    plan = make_plan()
    dossier = make_valid(plan=plan, entries=entries)
    for number, entry in enumerate(dossier.entries.standing(), start=1):
        if number <= awarded:
            choose(plan, entry, Kind.PROVINCE, by=make_user())
        if number <= nominated:
            choose(plan, entry, Kind.NATIONAL, by=make_user())
    return plan


def outcomes_of(initiative):
    return [step.words for step in timeline_of(initiative) if step.is_outcome]


def initiatives_of(plan):
    return [entry.initiative for entry in plan.entries.order_by("rank").select_related("initiative")]


def test_before_publication_no_author_learns_anything():
    plan = make_chosen(entries=2, nominated=1)

    assert [outcomes_of(initiative) for initiative in initiatives_of(plan)] == [[], []]


def test_publication_tells_each_author_the_outcome_with_number_and_date(at):
    at("2021-05-10 09:00")
    plan = make_chosen(entries=3, awarded=2, nominated=1)

    publication = publish(plan, f"  {NUMBER} ", clock.today(), by=make_user())

    nominated, awarded, passed_over = initiatives_of(plan)
    assert outcomes_of(nominated) == [
        "Được khen thưởng cấp tỉnh, ngành", "Được đề nghị Tổng Liên đoàn biểu dương",
    ]  # fmt: skip
    assert outcomes_of(awarded) == ["Được khen thưởng cấp tỉnh, ngành"]
    assert outcomes_of(passed_over) == ["Đã được xét, lần này chưa được chọn khen thưởng"]
    assert timeline_of(awarded)[-1].detail == "Quyết định 12/QĐ-LĐLĐ ngày 10/05/2021"
    assert publication.decision_number == NUMBER


def test_what_was_not_considered_is_told_nothing():
    plan = make_chosen()
    filed = make_filed(plan=plan)

    publish(plan, NUMBER, clock.today(), by=make_user())

    assert outcomes_of(filed.entries.get().initiative) == []


def test_an_award_that_was_taken_back_is_not_published():
    plan = make_chosen(entries=2, awarded=2)
    first, _ = plan.entries.order_by("rank")
    take_back(plan, first, Kind.PROVINCE, "Nhầm.", by=make_user())

    publish(plan, NUMBER, clock.today(), by=make_user())

    assert outcomes_of(first.initiative) == ["Đã được xét, lần này chưa được chọn khen thưởng"]


@pytest.mark.parametrize("number", ["", "  ", "…/…"])
def test_a_decision_needs_its_number(number):
    with refused("number_missing"):
        publish(make_chosen(), number, clock.today(), by=make_user())


def test_a_decision_needs_its_date():
    with refused("date_missing"):
        publish(make_chosen(), NUMBER, None, by=make_user())


@pytest.mark.parametrize("days", [0, 1, 30])
def test_a_decision_of_today_or_earlier_is_published(days):
    date = clock.today() - timedelta(days=days)

    assert publish(make_chosen(), NUMBER, date, by=make_user()).decision_date == date


def test_a_decision_of_tomorrow_is_refused():
    with refused("date_in_future"):
        publish(make_chosen(), NUMBER, clock.today() + timedelta(days=1), by=make_user())


def test_nothing_chosen_is_not_published():
    with refused("nothing_chosen"):
        publish(make_chosen(awarded=0), NUMBER, clock.today(), by=make_user())


def test_nothing_is_published_while_a_chosen_entry_is_complained_about():
    plan = make_chosen(entries=2)
    chosen, other = initiatives_of(plan)
    make_complaint(other)
    make_complaint(chosen)

    with refused("held_entry_chosen"):
        publish(plan, NUMBER, clock.today(), by=make_user())

    assert not Publication.objects.exists()
    assert outcomes_of(chosen) == []


def test_a_complaint_about_an_entry_that_is_not_chosen_hinders_nothing():
    plan = make_chosen(entries=2)
    make_complaint(initiatives_of(plan)[1])

    assert publish(plan, NUMBER, clock.today(), by=make_user())


def test_a_plan_is_published_once():
    plan = make_chosen()
    publish(plan, NUMBER, clock.today(), by=make_user())

    with refused("published"):
        publish(plan, "13/QĐ-LĐLĐ", clock.today(), by=make_user())

    assert Publication.objects.get().decision_number == NUMBER


def test_one_plans_publication_leaves_another_plan_private():
    plan, other = make_chosen(), make_chosen()

    publish(plan, NUMBER, clock.today(), by=make_user())

    assert outcomes_of(initiatives_of(other)[0]) == []
    assert list(Publication.objects.of(plan.campaign)) == [Publication.objects.get()]
    assert not Publication.objects.of(other.campaign).exists()


def test_publishing_is_on_record():
    by, plan = make_user(), make_chosen()

    publish(plan, NUMBER, clock.today(), by=by)

    event = Event.objects.of(plan).last()
    assert (event.deed, event.by, event.after["decision_number"]) == ("published", by, NUMBER)


def test_once_published_neither_author_nor_union_changes_what_was_decided():
    plan = make_chosen(entries=2)
    publish(plan, NUMBER, clock.today(), by=make_user())
    winner, passed_over = initiatives_of(plan)

    with refused("decided"):
        reject(winner, "Nghĩ lại.", by=make_user(), version=winner.version)
    with refused("decided"):
        withdraw(winner, arrived_at=IN_TIME)
    with refused("decided"):
        accept(passed_over, by=make_user(), version=passed_over.version)


def test_a_chosen_initiative_that_its_author_withdrew_holds_up_publication():
    plan = make_chosen()
    withdraw(initiatives_of(plan)[0], arrived_at=IN_TIME)

    with refused("held_entry_chosen"):
        publish(plan, NUMBER, clock.today(), by=make_user())


def test_a_complaint_against_a_published_award_can_be_found_right():
    plan = make_chosen()
    publish(plan, NUMBER, clock.today(), by=make_user())
    complaint = make_complaint(initiatives_of(plan)[0])

    conclude(complaint, ComplaintState.UPHELD, "Tác giả khác có bằng chứng.", by=make_user())

    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.UPHELD
