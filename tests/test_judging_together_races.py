"""Judging several dossiers at once while a union or a colleague acts on one of them (R13)."""

from functools import partial

import pytest

from awards import judging_together
from awards.complaints import receive
from awards.models import Complaint, Finding
from dossiers.taking_back import take_back
from tests.factories import IN_TIME, make_board, make_plan, make_user
from tests.racing import at_once, while_open
from tests.test_judging_together import filed, judge, states


def complaint_about(dossier):
    return Complaint(
        initiative=dossier.entries.get().initiative,
        kind="CONTENT",
        text="Không đúng.",
        complainant="Lê Thị Đơn",
        received_on=IN_TIME.date(),
    )


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def dossiers(self):
        plan = make_plan()
        return [filed(plan) for _ in range(2)]

    @pytest.fixture
    def member(self, dossiers):
        return make_board(dossiers[0].plan.union)

    def test_a_union_that_takes_its_filing_back_meanwhile_is_named_or_told(self, dossiers, member):
        told = []
        calls = [
            lambda: told.append(judge(member, *dossiers)),
            partial(take_back, dossiers[1], by=make_user(), arrived_at=IN_TIME, seen=1),
        ]

        outcomes = at_once(*calls)

        assert outcomes[0] is None
        if outcomes[1] is None:
            assert states() == {dossiers[0].pk: "VALID", dossiers[1].pk: "DRAFT"}
            assert "Hồ sơ đang ở đơn vị" in told[0][dossiers[1].pk]
        else:
            assert outcomes[1] == "wrong_state"
            assert set(states().values()) == {"VALID"}

    def test_a_taking_back_that_is_under_way_is_waited_for(self, dossiers, member):
        told = []
        taking = partial(take_back, dossiers[1], by=make_user(), arrived_at=IN_TIME, seen=1)

        assert while_open(taking, lambda: told.append(judge(member, *dossiers))) == [None, None]
        assert states() == {dossiers[0].pk: "VALID", dossiers[1].pk: "DRAFT"}
        assert "Hồ sơ đang ở đơn vị" in told[0][dossiers[1].pk]

    def test_without_the_lock_what_was_taken_back_spoils_the_whole_act(self, dossiers, member, monkeypatch):
        monkeypatch.setattr(judging_together, "lock_dossiers", lambda keys: None)
        taking = partial(take_back, dossiers[1], by=make_user(), arrived_at=IN_TIME, seen=1)

        outcomes = while_open(taking, lambda: judge(member, *dossiers))

        assert outcomes == [None, "wrong_state"], "it looked before the union was done, and undid the neighbour too"
        assert states()[dossiers[0].pk] == "FILED"

    def test_a_complaint_that_comes_meanwhile_is_waited_for(self, dossiers, member):
        told = []
        coming = partial(receive, complaint_about(dossiers[1]), by=make_user())

        assert while_open(coming, lambda: told.append(judge(member, *dossiers))) == [None, None]
        assert states() == {dossiers[0].pk: "VALID", dossiers[1].pk: "FILED"}
        assert "vì có đơn" in told[0][dossiers[1].pk]

    def test_without_the_lock_a_complaint_would_slip_in(self, dossiers, member, monkeypatch):
        monkeypatch.setattr(judging_together, "lock_dossiers", lambda keys: None)
        coming = partial(receive, complaint_about(dossiers[1]), by=make_user())

        assert while_open(coming, lambda: judge(member, *dossiers)) == [None, None]
        assert states()[dossiers[1].pk] == "VALID", "found to have no complaint while one came in"

    def test_two_of_the_board_at_once_judge_each_dossier_once(self, dossiers, member):
        told = []
        both = [lambda: told.append(judge(member, *dossiers))] * 2

        assert at_once(*both) == [None, None]
        assert sorted(sum(not why for why in each.values()) for each in told) == [0, 2]
        assert Finding.objects.count() == 2 * 4
