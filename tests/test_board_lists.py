"""The lists of the admin and its first page: as many queries for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Level
from dossiers.models import Extension
from initiatives.forgetting import ask_removal
from tests.boards import hold, signed_in
from tests.factories import (
    IN_TIME,
    make_board,
    make_filed,
    make_national_user,
    make_plan,
    make_staff,
    make_union,
    make_valid,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BOARD_LISTS = [
    "accounts_union",
    "initiatives_initiative",
    "dossiers_plan",
    "dossiers_extension",
    "awards_fileddossier",
    "awards_complaint",
    "awards_selection",
]
NATIONAL_LISTS = [
    *BOARD_LISTS,
    "accounts_user",
    "initiatives_campaign",
    "awards_publication",
    "record_event",
    "initiatives_removalrequest",
]


def queries_of(client, address, counter):
    client.get(address)
    with counter() as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.fixture
def counter():
    return lambda: CaptureQueriesContext(connection)


def test_every_list_asks_as_often_for_three_rows_as_for_one(counter):
    plan = make_plan()
    national, board = signed_in(make_national_user()), signed_in(make_board(plan.union))
    people = {"national": (national, NATIONAL_LISTS), "board": (board, BOARD_LISTS)}

    def count():
        return {
            (who, name): queries_of(client, reverse(f"admin:{name}_changelist"), counter)
            for who, (client, names) in people.items()
            for name in names
        } | {("board", "index"): queries_of(board, reverse("admin:index"), counter)}

    def add_one():
        dossier = make_filed(make_union(Level.UPPER, plan.union), plan)
        hold(dossier.entries.get())
        Extension.objects.create(
            plan=plan,
            union=dossier.union,
            until=IN_TIME,
            reason="Lũ.",
            granted_by=make_staff(dossier.union),
            granted_at=IN_TIME,
        )
        make_valid(entries=1)
        ask_removal(dossier.entries.get().initiative)

    add_one()
    at_one = count()
    add_one()
    add_one()

    assert count() == at_one


def test_the_first_page_names_what_waits():
    dossier = make_filed()
    hold(dossier.entries.get())
    answer = signed_in(make_board(dossier.plan.union)).get(reverse("admin:index")).content.decode()

    assert "<strong>1</strong> hồ sơ mới nộp" in answer
    assert "<strong>1</strong> đơn mới nhận" in answer
    assert "<strong>0/30</strong> khen thưởng" in answer
