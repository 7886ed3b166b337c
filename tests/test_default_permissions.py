"""A permission group has each of its default permissions given once; what an administrator took away stays away."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from accounts.defaults import give_defaults
from accounts.models import GivenPermission
from dossiers.management.commands.load_reference import PERMISSIONS, load_groups

pytestmark = pytest.mark.django_db

NAME = "Hội đồng"
OLD = ["awards.view_complaint", "awards.add_complaint"]
NEW = "record.view_seal"


def held(name=NAME):
    found = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def take_away(codename):
    Group.objects.get(name=NAME).permissions.remove(Permission.objects.get(codename=codename))


def test_a_new_group_gets_every_default_permission():
    load_groups()

    assert {name: held(name) for name in PERMISSIONS} == {name: set(labels) for name, labels in PERMISSIONS.items()}


def test_a_new_permission_arrives_at_an_old_group():
    give_defaults(NAME, OLD)
    give_defaults(NAME, [*OLD, NEW])

    assert held() == {*OLD, NEW}


def test_a_permission_that_was_taken_away_stays_away_beside_new_ones():
    give_defaults(NAME, OLD)
    take_away("add_complaint")
    give_defaults(NAME, [*OLD, NEW])
    give_defaults(NAME, [*OLD, NEW])

    assert held() == {OLD[0], NEW}


def test_what_an_administrator_added_stays():
    give_defaults(NAME, OLD)
    Group.objects.get(name=NAME).permissions.add(Permission.objects.get(codename="view_message"))
    give_defaults(NAME, [*OLD, NEW])

    assert "outbox.view_message" in held()


def test_a_permission_whose_table_is_not_there_yet_is_given_when_it_comes():
    give_defaults(NAME, [*OLD, "awards.view_nothing"])

    assert held() == set(OLD)
    assert not GivenPermission.objects.filter(label="awards.view_nothing").exists()


def test_an_upgrade_of_a_site_in_use_gives_what_later_releases_added_and_no_more():
    first = import_module("accounts.migrations.0003_given_permissions")
    load_groups()
    GivenPermission.objects.all().delete()
    take_away("add_complaint")  # given by every release so far: an administrator did that
    take_away("view_seal")  # came later: an old site never had it
    first.remember(apps, None)
    load_groups()

    assert set(PERMISSIONS[NAME]) - held() == {"awards.add_complaint"}
