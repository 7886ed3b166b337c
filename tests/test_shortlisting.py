"""The board publishes its candidates for objections: a frozen list, its digest, its corrected versions (R13, R20)."""

from datetime import timedelta

import pytest

from awards.complaints import conclude
from awards.findings import judge_invalid
from awards.models import Kind, Shortlist
from awards.publishing import publish
from awards.selection import choose
from awards.shortlisting import digest_of, draft_of, publish_shortlist
from config import clock
from dossiers.filing import file_dossier
from dossiers.quota import put_forward
from initiatives.changing import withdraw
from outbox.models import Message
from record.models import Event
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_complaint,
    make_complete,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.lists import make_listed
from tests.refusals import refused
from tests.removals import make_valid_of

pytestmark = pytest.mark.django_db

PUBLIC = {"number", "entry", "title", "authors", "union", "field", "workplace"}


def again(shortlist, days=15, reason="Bổ sung một sáng kiến bị sót.", **values):
    return publish_shortlist(shortlist.plan, days, reason=reason, by=make_user(), **values)


def entries_of(shortlist):
    return [row["entry"] for row in shortlist.entries]


def make_named(names):
    """A plan with a valid dossier of each of these unions, whose entries have these titles."""
    plan = make_plan()
    for name, titles in names.items():
        union = make_union(parent=plan.union, name=name)
        dossier = make_dossier(union, plan)
        for title in titles:
            put_forward(dossier, make_initiative(union, plan.campaign, accepted=True, title=title), by=make_user())
        file_valid(dossier)
    return plan


def file_valid(dossier):
    file_dossier(make_complete(dossier), by=make_user(), arrived_at=IN_TIME)
    dossier.refresh_from_db()
    make_valid_of(dossier)


def test_a_list_holds_the_standing_entries_of_valid_dossiers_and_says_no_more_of_them_than_results_do():
    plan = make_plan()
    valid, _ = make_valid(plan=plan, entries=3), make_filed(plan=plan)
    first, second, third = valid.entries.standing()
    withdraw(first.initiative, arrived_at=IN_TIME)
    make_complaint(second.initiative)

    shortlist = publish_shortlist(plan, 15, by=make_user())

    assert set(entries_of(shortlist)) == {second.pk, third.pk}
    assert {name for row in shortlist.entries for name in row} == PUBLIC
    assert shortlist.sha256 == digest_of(Shortlist.objects.get().content)
    event = Event.objects.of(plan).last()
    assert (event.deed, event.after["sha256"]) == ("shortlist_published", shortlist.sha256)


def test_the_order_is_by_union_and_title_and_never_by_rank():
    plan = make_named({"LĐLĐ huyện Đại Từ": ["Ống nước", "Bàn cắt"], "LĐLĐ huyện Bạc Hà": ["Xe đẩy"]})

    shortlist = publish_shortlist(plan, 15, by=make_user())

    assert [(row["number"], row["title"]) for row in shortlist.entries] == [
        (1, "Xe đẩy"), (2, "Bàn cắt"), (3, "Ống nước"),
    ]  # fmt: skip


@pytest.mark.parametrize("days", [3, 60])
def test_a_list_lies_open_until_the_end_of_its_last_day(days, at):
    at("2021-04-20 23:59")

    shortlist, _ = make_listed(days=days)

    assert shortlist.closes_at == moment("2021-04-21") + timedelta(days=days)


@pytest.mark.parametrize("days", [2, 61, 0, -1])
def test_the_days_of_a_list_have_bounds(days):
    with refused("days_out_of_range"):
        publish_shortlist(make_valid().plan, days, by=make_user())

    assert not Shortlist.objects.exists()


def test_there_is_nothing_to_publish_before_a_dossier_is_valid():
    with refused("nothing_listed"):
        publish_shortlist(make_filed().plan, 15, by=make_user())


def test_a_corrected_list_is_a_new_version_with_a_reason_and_the_former_stays():
    shortlist, entries = make_listed()
    make_valid(plan=shortlist.plan)

    with refused("reason_missing"):
        again(shortlist, reason=" ")
    corrected = again(shortlist)

    assert (corrected.version, len(corrected.entries)) == (2, 3)
    assert corrected.reason == "Bổ sung một sáng kiến bị sót."
    shortlist.refresh_from_db()
    assert set(entries_of(shortlist)) == {entry.pk for entry in entries}


def test_a_corrected_list_is_never_open_for_less_than_was_promised():
    shortlist, _ = make_listed(days=30)

    assert again(shortlist, days=3).closes_at == shortlist.closes_at
    assert again(shortlist, days=31).closes_at == shortlist.closes_at + timedelta(days=1)


def test_what_a_complaint_excluded_is_on_no_further_list():
    shortlist, entries = make_listed()
    conclude(make_complaint(entries[0].initiative), "UPHELD", "Sao chép.", by=make_user())

    assert entries_of(again(shortlist)) == [entries[1].pk]


def test_only_the_list_that_was_looked_at_is_published():
    dossier = make_valid(entries=2)
    mark = draft_of(dossier.plan, 15).mark
    withdraw(dossier.entries.first().initiative, arrived_at=IN_TIME)

    with refused("list_changed"):
        publish_shortlist(dossier.plan, 15, by=make_user(), seen=mark)

    assert publish_shortlist(dossier.plan, 15, by=make_user(), seen=draft_of(dossier.plan, 15).mark)


def test_the_same_preview_confirmed_twice_publishes_once():
    dossier = make_valid()
    mark = draft_of(dossier.plan, 15).mark
    publish_shortlist(dossier.plan, 15, by=make_user(), seen=mark)

    with refused("list_changed"):
        publish_shortlist(dossier.plan, 15, by=make_user(), seen=mark)


def test_after_the_decisions_no_list_is_published():
    shortlist, entries = make_listed()
    choose(shortlist.plan, entries[0], Kind.PROVINCE, by=make_user())
    publish(shortlist.plan, "12/QĐ", clock.today(), by=make_user())

    with refused("published"):
        again(shortlist)


# What authors are told


def letters(kind):
    return list(Message.objects.filter(kind=kind).values_list("about", "recipient"))


def make_mailed_list():
    dossier = make_valid(entries=2)
    type(dossier.entries.first().initiative).objects.update(email="hoa@example.vn")
    return publish_shortlist(dossier.plan, 15, by=make_user()), list(dossier.entries.standing())


def test_an_author_is_told_once_of_being_on_the_list():
    shortlist, entries = make_mailed_list()
    again(shortlist)

    told = {(f"{entry.initiative.code} 1", "hoa@example.vn") for entry in entries}
    assert set(letters("shortlisted")) == told
    assert len(letters("shortlisted")) == 2
    assert letters("unlisted") == []
    body = Message.objects.filter(kind="shortlisted").first().body
    assert shortlist.get_absolute_url() in body
    assert "16/04/2021" in body
    assert [e.deed for e in Event.objects.of(entries[0].initiative)].count("shortlisted") == 1


def test_who_is_left_out_of_a_corrected_list_is_told_unless_it_is_known_already():
    shortlist, (first, second) = make_mailed_list()
    other = make_valid(plan=shortlist.plan, entries=1)
    type(first.initiative).objects.update(email="hoa@example.vn")
    again(shortlist)
    conclude(make_complaint(first.initiative), "UPHELD", "Sao chép.", by=make_user())
    withdraw(second.initiative, arrived_at=IN_TIME)
    late = make_valid(plan=shortlist.plan)
    judge_invalid(other, "Thiếu chữ ký.", by=make_user())

    again(shortlist)

    assert letters("unlisted") == [(f"{other.entries.get().initiative.code} 3", "hoa@example.vn")]
    assert letters("excluded")[0][1] == "hoa@example.vn"
    assert late.state == "VALID"


def test_publishing_costs_the_same_for_any_number_of_entries(django_assert_num_queries):
    for entries in (1, 3):
        dossier, by = make_valid(entries=entries), make_user()
        with django_assert_num_queries(16):
            publish_shortlist(dossier.plan, 15, by=by)
