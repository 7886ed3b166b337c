"""R15: a tie across the cut line is shown and decided by people with a written reason, never by row order."""

from fractions import Fraction
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from awards.line import drawn, line_of
from awards.models import Award, Kind
from awards.publishing import publish
from awards.ranking import standings
from awards.selection import choose, choose_all
from awards.simulation import shares_of, simulated
from config import clock
from dossiers.models import DossierEntry
from record.models import Event
from tests.boards import signed_in
from tests.factories import make_board, make_complaint, make_user
from tests.refusals import refused
from tests.scoring import give, make_marked, make_member, make_seat

pytestmark = pytest.mark.once

AVERAGES = st.dictionaries(st.integers(1, 40), st.integers(0, 8).map(Fraction))


@given(AVERAGES, st.integers(0, 40))
def test_the_line_gives_no_more_places_than_there_are_and_parts_no_equals(averages, limit):
    line = drawn(averages, limit)
    worst = min((averages[key] for key in line.above), default=Fraction(99))

    assert len(line.above) <= limit
    assert not line.above & line.tied
    assert all(averages[key] < worst for key in averages.keys() - line.above)
    assert len({averages[key] for key in line.tied}) <= 1
    if line.tied:
        assert len(line.above) < limit < len(line.above) + len(line.tied)
    else:
        assert len(line.above) == min(limit, len(averages))


@pytest.mark.django_db
def test_who_has_a_place_by_rank_needs_no_reason():
    plan, entries = make_marked(90, 80, 70)

    choose_all(plan, entries[:2], Kind.PROVINCE, by=make_user())

    assert Award.objects.standing().count() == 2


@pytest.mark.django_db
def test_a_tie_across_the_line_is_decided_with_a_written_reason():
    plan, entries = make_marked(90, 80, 80)
    with refused("tie_reason_missing"):
        choose(plan, entries[1], Kind.PROVINCE, by=make_user())
    with refused("tie_reason_missing"):
        choose(plan, entries[2], Kind.PROVINCE, by=make_user(), reason=" … ")

    award = choose(plan, entries[2], Kind.PROVINCE, by=make_user(), reason="Lan tỏa rộng hơn.")

    assert award.reason == "Lan tỏa rộng hơn."
    assert Event.objects.of(plan).last().reason == "Lan tỏa rộng hơn."


@pytest.mark.django_db
def test_a_tie_for_which_there_is_room_wants_no_reason():
    plan, entries = make_marked(90, 90, 70)

    choose_all(plan, entries[:2], Kind.PROVINCE, by=make_user())


@pytest.mark.django_db
def test_who_is_below_the_line_or_not_marked_yet_needs_a_reason():
    plan, entries = make_marked(90, 80, 70, None)
    for entry in entries[2:]:
        with refused("rank_reason_missing"):
            choose(plan, entry, Kind.PROVINCE, by=make_user())


@pytest.mark.django_db
def test_a_held_entry_leaves_its_place_in_the_order_to_the_next():
    plan, entries = make_marked(90, 80, 70)
    make_complaint(entries[0].initiative)

    choose_all(plan, entries[1:], Kind.PROVINCE, by=make_user())


@pytest.mark.django_db
def test_where_nothing_is_marked_there_is_no_order_to_depart_from():
    plan, entries = make_marked(None, None, None)

    choose(plan, entries[2], Kind.PROVINCE, by=make_user())


@pytest.mark.django_db
def test_nominations_go_by_the_order_of_the_awarded():
    plan, entries = make_marked(90, 80, 70)
    choose_all(plan, entries[:2], Kind.PROVINCE, by=make_user())
    with refused("rank_reason_missing"):
        choose(plan, entries[1], Kind.NATIONAL, by=make_user())

    choose(plan, entries[0], Kind.NATIONAL, by=make_user())


@pytest.mark.django_db
def test_a_reason_that_is_too_long_is_refused():
    plan, entries = make_marked(90, 80, 70)

    with refused("reason_too_long"):
        choose(plan, entries[0], Kind.PROVINCE, by=make_user(), reason="x" * 1001)


@pytest.mark.django_db
def test_marks_that_changed_since_are_explained_before_publication():
    plan, entries = make_marked(None, None, None)
    choose(plan, entries[0], Kind.PROVINCE, by=make_user())
    members = [make_member(plan) for _ in range(2)]
    for entry, total in zip(entries, (60, 90, 80), strict=True):
        for member in members:
            give(entry, member, total - 40, 40)

    with refused("reason_missing"):
        publish(plan, "12/QĐ", clock.today(), by=make_user())


@pytest.mark.django_db
def test_the_line_costs_the_same_for_three_entries_as_for_one(django_assert_num_queries):
    plan, _ = make_marked(90)
    with django_assert_num_queries(4):
        line_of(plan, Kind.PROVINCE)
    more, _ = make_marked(90, 80, 70)
    with django_assert_num_queries(4):
        line_of(more, Kind.PROVINCE)


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 50), min_size=1), st.integers(0, 40))
def test_places_are_shared_out_whole_and_nobody_gets_more_than_there_are(sizes, limit):
    shares = shares_of(sizes, limit)

    assert sum(shares.values()) == min(limit, sum(sizes.values()))
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    if limit >= len(sizes):
        assert min(shares.values()) >= 1
    larger = sorted(sizes, key=sizes.get, reverse=True)
    assert all(shares[a] >= shares[b] for a, b in pairwise(larger) if sizes[a] > sizes[b])


@pytest.mark.django_db
def test_trying_another_way_to_share_tells_who_would_come_in_and_who_drop_out():
    plan, entries = make_marked(90, 80, 70)
    DossierEntry.objects.filter(pk__in=[entries[0].pk, entries[1].pk]).update(field="production")
    DossierEntry.objects.filter(pk=entries[2].pk).update(field="community")

    tried = simulated(standings(plan), 2, "field")

    assert [standing.entry.pk for standing in tried.gained] == [entries[2].pk]
    assert [standing.entry.pk for standing in tried.lost] == [entries[1].pk]
    assert not Award.objects.exists()


@pytest.mark.django_db
def test_the_reason_of_a_tie_is_kept_with_the_tie_alone():
    plan, entries = make_marked(90, 80, 80)

    choose_all(plan, entries[:2], Kind.PROVINCE, reason="Lan tỏa rộng hơn.", by=make_user())

    reasons = Award.objects.standing().order_by("place").values_list("entry", "reason")
    assert dict(reasons) == {entries[0].pk: "", entries[1].pk: "Lan tỏa rộng hơn."}


@pytest.mark.django_db
def test_being_asked_for_a_reason_tells_nothing_of_marks_that_one_may_not_see_yet():
    """Whoever still has to mark gives a reason for every choice; whoever may see the marks only where it is wanted."""
    plan, entries = make_marked(90, 80, 80)
    marking, others = signed_in(make_seat(plan).user), signed_in(make_board(plan.union))

    def choosing(client, entry, reason=""):
        return client.post(reverse("admin:awards_decide", args=[plan.pk, entry.pk, "chon"]), {"reason": reason})

    for entry in (entries[0], entries[2]):
        assert "chưa xem được hết điểm" in choosing(marking, entry).content.decode()
    many = reverse("admin:awards_choose_marked", args=[plan.pk])
    assert "chưa xem được hết điểm" in marking.post(many, {"entry": [entries[0].pk]}).content.decode()

    assert choosing(marking, entries[2], "Lan tỏa rộng hơn.").status_code == 302
    assert choosing(others, entries[0]).status_code == 302
    reasons = Award.objects.standing().order_by("pk").values_list("entry", "reason")
    assert list(reasons) == [(entries[2].pk, "Lan tỏa rộng hơn."), (entries[0].pk, "")]
