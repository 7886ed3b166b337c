"""A new campaign or plan is a copy of the last one with its dates moved; nothing is copied twice (R16)."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial

import pytest

from accounts.models import Level
from awards.criteria import drafts_of
from dossiers import copying
from dossiers.copying import copy_plans, drafts_from_campaign, drafts_from_plan
from dossiers.filing import file_dossier
from dossiers.models import Plan, QuotaException
from initiatives.copying import copy_campaign, moved_dates
from record.models import Event
from record.verifying import broken_links
from tests.conftest import VIETNAM
from tests.documents import make_template
from tests.factories import IN_TIME, make_campaign, make_plan, make_ready, make_union, make_user
from tests.racing import at_once, slowly, without_backstop
from tests.refusals import database_refuses, refused
from tests.scoring import give, lay_down_simple, make_scene


def make_copy(campaign, opens_on=date(2022, 3, 10), slug="2022"):
    return copy_campaign(campaign, name="Chương trình 2022", slug=slug, opens_on=opens_on, by=make_user())


@pytest.mark.django_db
def test_a_campaign_keeps_lengths_and_times_of_day(at):
    campaign = make_campaign(
        opens_at=datetime(2021, 3, 10, 7, 30, tzinfo=VIETNAM), closes_at=datetime(2021, 4, 21, tzinfo=VIETNAM)
    )

    new = make_copy(campaign, date(2024, 2, 29))

    assert new.opens_at == datetime(2024, 2, 29, 7, 30, tzinfo=VIETNAM)
    assert new.closes_at == datetime(2024, 4, 11, tzinfo=VIETNAM)
    assert new.closes_at - new.opens_at == campaign.closes_at - campaign.opens_at
    assert new.practice_until - new.practice_from == campaign.practice_until - campaign.practice_from
    assert (new.target, new.help_phone, new.consent_text) == (75000, "0900.000.000", "Tôi đồng ý.")
    assert (campaign.is_running, new.is_running) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "opens_on", "moved"),
    [
        (date(2021, 2, 1), date(2022, 3, 10), date(2022, 2, 1)),
        (date(2021, 2, 1), date(2024, 3, 10), date(2024, 2, 2)),  # across 29 February, one day later in the year
        (date(2021, 2, 28), date(2024, 3, 10), date(2024, 2, 29)),
    ],
)
def test_days_move_by_whole_days_across_leap_years(first, opens_on, moved):
    campaign = make_campaign(practice_from=first)

    assert moved_dates(campaign, opens_on)["practice_from"] == moved


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens_on", "code"),
    [(date(2021, 3, 9), "not_later"), (date(2021, 3, 10), "not_later"), (date(9999, 12, 31), "too_far")],
)
def test_a_copy_opens_later_than_what_it_is_copied_from(opens_on, code):
    with refused(code):
        make_copy(make_campaign(), opens_on)


@pytest.mark.django_db
def test_a_copy_may_open_one_day_later():
    assert make_copy(make_campaign(), date(2021, 3, 11)).pk


@pytest.mark.django_db
def test_an_address_is_used_once():
    campaign = make_campaign()
    make_copy(campaign)

    with refused("slug_taken"):
        make_copy(campaign)
    with refused("name_missing"):
        copy_campaign(campaign, name=" ", slug="x", opens_on=date(2022, 3, 10), by=make_user())


@pytest.mark.django_db
def test_a_copy_is_on_record():
    campaign = make_campaign()

    event = Event.objects.of(make_copy(campaign)).get()

    assert (event.deed, event.after["campaign"]) == ("copied", campaign.pk)
    assert list(broken_links()) == []


@pytest.mark.django_db
def test_a_plan_is_copied_with_all_that_belongs_to_it():
    plan = make_plan(mailbox="ho-so@example.vn", quota_upper=5, target=4000)
    favoured, closed = make_union(parent=plan.union), make_union(parent=plan.union, is_active=False)
    for union in (favoured, closed):
        QuotaException.objects.create(plan=plan, union=union, quota=10)
    template = make_template(plan)
    campaign = make_copy(plan.campaign)

    (new,) = copy_plans(drafts_from_campaign(plan.campaign, campaign), campaign, by=make_user())

    new.refresh_from_db()
    assert (new.union, new.campaign) == (plan.union, campaign)
    assert (new.number, new.issued_on, new.frozen_at) == ("", None, None)
    assert new.dossier_deadline == datetime(2022, 4, 17, tzinfo=VIETNAM)
    assert (new.quota_upper, new.target, new.mailbox) == (5, 4000, "ho-so@example.vn")
    assert [(x.union, x.quota) for x in new.quota_exceptions.all()] == [(favoured, 10)]
    assert new.letter_templates.get().sha256 == template.sha256
    assert new.letter_templates.get().file.name == template.file.name
    assert [event.deed for event in Event.objects.of(new)] == ["copied", "quota_set"]


@pytest.mark.django_db
def test_criteria_are_copied_to_be_edited_and_marking_begins_anew():
    plan, (entry,), (member, _) = make_scene(marks_wanted=3, gap=Decimal(15))
    give(entry, member, 50, 30)
    campaign = make_copy(plan.campaign)

    (new,) = copy_plans(drafts_from_campaign(plan.campaign, campaign), campaign, by=make_user())

    assert drafts_of(new) == drafts_of(plan)
    assert (new.scoring.marks_wanted, new.scoring.gap, new.scoring.begun_at) == (3, 15, None)
    assert not new.council.exists()
    assert [event.deed for event in Event.objects.of(new)] == ["copied", "criteria_laid_down"]


@pytest.mark.django_db
def test_all_federations_without_a_plan_get_one_like_another():
    plan = make_plan(mailbox="ho-so@example.vn")
    QuotaException.objects.create(plan=plan, union=make_union(parent=plan.union), quota=10)
    make_template(plan)
    lay_down_simple(plan)
    others = {make_union(Level.TOP), make_union(Level.TOP)}
    make_union(Level.TOP, is_active=False)

    made = copy_plans(drafts_from_plan(plan, plan.campaign), plan.campaign, by=make_user())

    assert {new.union for new in made} == others
    for new in made:
        assert (new.award_limit, new.dossier_deadline) == (plan.award_limit, plan.dossier_deadline)
        assert (new.mailbox, new.quota_exceptions.count(), new.letter_templates.count()) == ("", 0, 0)
        assert not new.criteria.exists()


@pytest.mark.django_db
def test_nothing_is_copied_twice():
    plan = make_plan()
    campaign = make_copy(plan.campaign)
    drafts = drafts_from_campaign(plan.campaign, campaign)
    copy_plans(drafts, campaign, by=make_user())

    with refused("plan_exists"):
        copy_plans(drafts, campaign, by=make_user())
    assert drafts_from_campaign(plan.campaign, campaign) == []
    with refused("nothing_chosen"):
        copy_plans([], campaign, by=make_user())


@pytest.mark.django_db
def test_if_one_plan_cannot_be_made_none_is():
    plan = make_plan()
    other = make_plan(campaign=plan.campaign)
    campaign = make_copy(plan.campaign)
    drafts = drafts_from_campaign(plan.campaign, campaign)
    make_plan(other.union, campaign)

    with refused("plan_exists"):
        copy_plans(drafts, campaign, by=make_user())
    assert Plan.objects.filter(campaign=campaign).count() == 1


@pytest.mark.django_db
def test_a_plan_whose_paper_is_not_out_takes_no_dossier():
    dossier = make_ready()
    Plan.objects.update(number="", issued_on=None)

    with refused("plan_not_issued"):
        file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)
    Plan.objects.update(number="1/KH", issued_on=date(2021, 3, 1))
    dossier.refresh_from_db()
    assert file_dossier(type(dossier).objects.get(pk=dossier.pk), by=make_user(), arrived_at=IN_TIME).number == 1


@pytest.mark.django_db
def test_the_database_freezes_no_plan_without_a_number():
    plan = make_plan(number="")

    with database_refuses("plan_issued_before_it_freezes"):
        Plan.objects.filter(pk=plan.pk).update(frozen_at=IN_TIME)


def two_copies():
    """Two people make the plan of one federation at once: what became of each, and how many plans there are."""
    plan = make_plan()
    campaign = make_copy(plan.campaign)
    drafts, by = drafts_from_campaign(plan.campaign, campaign), make_user()
    outcomes = at_once(*(partial(copy_plans, drafts, campaign, by=by) for _ in range(2)))
    return sorted(outcomes, key=str), Plan.objects.filter(campaign=campaign).count()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_each_plan_once():
    assert two_copies() == ([None, "plan_exists"], 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_people_at_once_would_make_a_plan_twice(monkeypatch):
    monkeypatch.setattr(copying, "locked_campaign", lambda campaign: campaign)
    monkeypatch.setattr(copying, "copy_plan", slowly(copying.copy_plan))

    with without_backstop((Plan, ["campaign_id", "union_id"])):
        assert two_copies() == ([None, None], 2)
