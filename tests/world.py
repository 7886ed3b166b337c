"""Two top unions with all that stands below them: who sees what of it is tried in test_visibility.py."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser

from accounts.models import Level, Role, User
from awards.archiving import begin as archive
from awards.meetings import open_minutes
from awards.models import PaperSettings, Shortlist
from dossiers.letterhead import keep_profile
from dossiers.models import (
    Extension,
)
from initiatives.copies_models import Resemblance
from initiatives.forgetting import ask_removal
from initiatives.import_models import Import
from initiatives.models import Campaign
from outbox.posting import post
from record.sealing import seal
from tests.council import details
from tests.documents import PROFILE, make_template
from tests.factories import (
    IN_TIME,
    make_alias,
    make_complaint,
    make_dossier,
    make_filed,
    make_initiative,
    make_invitation,
    make_national,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.scoring import make_member


class World:
    """Two provinces, each with a plan; in the first, two unions with a dossier and a grassroots union below one."""

    def __init__(self):
        self.here, self.there = make_union(Level.TOP), make_union(Level.TOP)
        self.plan, self.other_plan = make_plan(self.here), make_plan(self.there)
        self.near, self.next, self.far = (make_union(parent=top) for top in (self.here, self.here, self.there))
        self.below = make_union(Level.GRASSROOTS, self.near)
        self.dossiers = {
            "near": make_valid(self.near, self.plan),
            "next": make_dossier(self.next, self.plan, entries=1),
            "far": make_filed(self.far, self.other_plan),
        }
        self.initiatives = {name: dossier.entries.get().initiative for name, dossier in self.dossiers.items()}
        self.initiatives["below"] = make_initiative(self.below, self.plan.campaign)
        self.users = {
            "staff near": make_user(self.near, Role.STAFF),
            "staff below": make_user(self.below, Role.STAFF),
            "staff next": make_user(self.next, Role.STAFF),
            "staff here": make_user(self.here, Role.STAFF),
            "board here": make_user(self.here, Role.BOARD),
            "board there": make_user(self.there, Role.BOARD),
            "national": make_user(make_national(), Role.NATIONAL),
            "superuser": make_user(is_superuser=True),
            "nobody": make_user(),
            "disabled": make_user(self.near, Role.STAFF),
            "disabled board": make_user(self.here, Role.BOARD),
            "disabled national": make_user(make_national(), Role.NATIONAL),
            "disabled superuser": make_user(is_superuser=True),
        }
        for name in ("disabled", "disabled board", "disabled national", "disabled superuser"):
            User.objects.filter(pk=self.users[name].pk).update(is_active=False)

    def user(self, name):
        """A person as the next request meets them."""
        return AnonymousUser() if name == "anonymous" else User.objects.get(pk=self.users[name].pk)

    def names(self, rows, found):
        """Return the names under which the found rows are known here."""
        return {name for name, row in rows.items() if row in found}


def make_import(union):
    """An import of this union; nothing looks into its file."""
    campaign = Campaign.objects.running().get()
    values = {"by": make_user(), "uploaded_at": IN_TIME, "file_name": "giay.xlsx", "sha256": "0" * 64}
    return Import.objects.create(campaign=campaign, union=union, **values)


def pair_in(initiative):
    """What looks like this initiative, in its own union."""
    later = make_initiative(initiative.unit, initiative.campaign)
    return Resemblance.objects.create(earlier=initiative, later=later, percent=90, found_at=IN_TIME)


def list_of(plan):
    """A published list; what stands on it does not matter here."""
    values = {"content": {"entries": []}, "published_by": make_user(), "published_at": IN_TIME}
    return Shortlist.objects.create(plan=plan, version=1, closes_at=IN_TIME + timedelta(days=15), **values)


def fill(world):
    """Give every model a row or more in both provinces."""
    for plan, union, name in ((world.plan, world.near, "near"), (world.other_plan, world.far, "far")):
        values = {"plan": plan, "union": union}
        Extension.objects.create(**values, until=IN_TIME, reason="Lũ.", granted_by=make_user(), granted_at=IN_TIME)
        make_complaint(world.initiatives[name])
        list_of(plan)
        make_import(union)
        pair_in(world.initiatives[name])
        make_alias(unit=union)
        make_invitation(union)
        ask_removal(world.initiatives[name])
        make_template(plan)
        PaperSettings.objects.create(plan=plan)
        open_minutes(plan, details(make_member(plan)), by=make_user())
        archive(plan, with_files=False, by=make_user())
        keep_profile(union, PROFILE, by=make_user(), version=0)
    seal()
    post("kind", "about", "a@example.vn", "Tiêu đề", "Nội dung")


def seen_by(world, table, rows, visible):
    """Return who of the table sees which of the named rows."""
    return {who: world.names(rows, visible(world.user(who))) for who in table}
