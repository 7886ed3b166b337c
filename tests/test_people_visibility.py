"""Whom a board looks after, and to which unions it invites."""

import pytest

from accounts.models import Invitation, Membership, Role, Union, User
from accounts.roles import grant
from tests.factories import make_invitation
from tests.test_visibility import World, seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_board_manages_those_who_are_staff_of_its_unions_and_nothing_else(world):
    grant(world.users["staff next"], world.far, Role.STAFF)
    everyone = set(world.users)
    table = {
        "board here": {"staff near", "staff below", "staff here", "disabled"},
        "board there": set(),
        "staff here": set(),
        "disabled board": set(),
        "national": everyone - {"national", "superuser", "disabled superuser"},
        "superuser": everyone - {"superuser"},
    }

    assert seen_by(world, table, world.users, User.objects.managed_by) == table


def test_a_board_invites_to_its_own_union_and_those_below(world):
    unions = {name: getattr(world, name) for name in ("here", "there", "near", "below", "far")}
    invitations = {name: make_invitation(union) for name, union in unions.items()}
    table = {
        "board here": {"here", "near", "below"},
        "staff here": set(),
        "national": set(unions),
        "disabled national": set(),
    }

    assert seen_by(world, table, unions, Union.objects.staffed_by) == table
    assert seen_by(world, table, invitations, Invitation.objects.visible_to) == table
    revocable = {name: world.users[name].memberships.get() for name in ("staff near", "staff here", "board here")}
    table = {"board here": {"staff near", "staff here"}, "staff here": set(), "board there": set()}
    assert seen_by(world, table, revocable, Membership.objects.revocable_by) == table
