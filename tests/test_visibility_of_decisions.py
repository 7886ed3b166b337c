"""Who sees what the board decides, keeps and is told: beside test_visibility.py, row by row."""

import pytest

from awards.models import (
    Award,
    Certificate,
    Complaint,
    CouncilMember,
    Kind,
    Meeting,
    PaperSettings,
    Publication,
    Shortlist,
)
from awards.publishing import publish
from awards.selection import choose
from config import clock
from tests.factories import (
    make_complaint,
    make_user,
)
from tests.scoring import make_member
from tests.world import World, fill, list_of, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world():
    return World()


def test_complaints_awards_and_lists_are_seen_by_their_board_only(world):
    complaints = {name: make_complaint(world.initiatives[name]) for name in ("next", "far")}
    awards = {"near": choose(world.plan, world.dossiers["near"].entries.get(), Kind.PROVINCE, by=make_user())}
    lists = {"here": list_of(world.plan), "there": list_of(world.other_plan)}
    publications = {"near": publish(world.plan, "12/QĐ", clock.today(), by=make_user())}
    certificates = {"near": awards["near"].certificate}
    nobody = {key: set() for key in ["staff near", "staff next", "staff here", "board there"]}

    table = nobody | {"board here": {"next"}, "board there": {"far"}}
    assert seen_by(world, table, complaints, Complaint.objects.visible_to) == table
    table = nobody | {"board here": {"near"}}
    assert seen_by(world, table, awards, Award.objects.visible_to) == table
    assert seen_by(world, table, publications, Publication.objects.visible_to) == table
    assert seen_by(world, table, certificates, Certificate.objects.visible_to) == table
    table = nobody | {"board here": {"here"}, "board there": {"there"}}
    assert seen_by(world, table, lists, Shortlist.objects.visible_to) == table


def test_minutes_and_paper_settings_are_seen_by_their_board_only(world):
    fill(world)
    table = {key: set() for key in ["staff near", "staff here", "nobody", "anonymous"]}
    table |= {"board here": {"here"}, "board there": {"there"}, "national": {"here", "there"}}

    for model in (Meeting, PaperSettings):
        rows = {"here": model.objects.get(plan=world.plan), "there": model.objects.get(plan=world.other_plan)}
        assert seen_by(world, table, rows, model.objects.visible_to) == table


def test_a_council_is_seen_by_its_board_only(world):
    members = {name: make_member(plan) for name, plan in (("here", world.plan), ("there", world.other_plan))}
    nobody = {key: set() for key in ["staff near", "staff here", "anonymous", "disabled board"]}

    table = nobody | {"board here": {"here"}, "board there": {"there"}, "national": {"here", "there"}}
    assert seen_by(world, table, members, CouncilMember.objects.visible_to) == table
