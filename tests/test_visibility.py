"""Section 4: who sees which rows. Everything that is shown starts from `visible_to`, so it is tested row by row."""

import pytest
from django.apps import apps

from accounts.models import GivenPermission, Invitation, Membership, Role, Union, User
from accounts.roles import grant
from awards.models import (
    Amendment,
    Attendance,
    Award,
    Band,
    Certificate,
    Complaint,
    ComplaintFile,
    Consultation,
    Correction,
    CouncilMember,
    Criterion,
    FiledDossier,
    Finding,
    Hearing,
    Honour,
    HonourDecision,
    Meeting,
    MinutesCorrection,
    Nominations,
    Objection,
    PaperSettings,
    PlanArchive,
    Publication,
    Recusal,
    Score,
    ScoreSheet,
    Scoring,
    ScoringRules,
    Selection,
    Shortlist,
    Vote,
)
from dossiers.models import (
    Dossier,
    DossierEntry,
    Extension,
    Filing,
    LetterFile,
    LetterTemplate,
    PaperCopy,
    Plan,
    QuotaException,
    Remark,
    SignedLetter,
    TakingBack,
    UnionProfile,
)
from initiatives.consents import ConsentText
from initiatives.copies_models import Fingerprint, Resemblance, Signature, Sweep
from initiatives.counting_models import Counted, Counting, Uncounted
from initiatives.exports import Export
from initiatives.import_models import Import, ImportedRow
from initiatives.kept_forms import KeptForm
from initiatives.models import Campaign, Initiative
from initiatives.removals import RemovalRequest
from initiatives.tallies import Tally
from initiatives.unit_aliases import UnitAlias
from outbox.models import Message
from record.models import Event, PersonalDetail, Seal
from tests.factories import IN_TIME, make_alias
from tests.world import World, fill, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MODELS = [
    Union, User, Membership, Campaign, Initiative, Plan, QuotaException, Extension, Dossier, DossierEntry,
    Complaint, Award, Publication, Selection, FiledDossier, Message, Event, UnitAlias, RemovalRequest, Import,
    UnionProfile, LetterTemplate, Invitation, CouncilMember, Scoring, Meeting, Certificate, PaperSettings,
    UnionProfile, LetterTemplate, Invitation, Shortlist, Consultation,
    UnionProfile, LetterTemplate, Invitation, Seal, Honour,
    HonourDecision, Nominations, PlanArchive, Resemblance,
]  # fmt: skip
# Seen only through the row that they belong to, which is looked up by `visible_to`; a Tally, a
# GivenPermission, a KeptForm, prints and numbers are seen by nobody, an Export by its maker, a ScoreSheet as
# test_scoring_visibility.py has it.
PARTS = {
    Amendment, Finding, SignedLetter, LetterFile, Filing, TakingBack, Remark, PaperCopy, PersonalDetail,
    ConsentText, Tally, ImportedRow, Export, GivenPermission, Signature,
    Fingerprint, Sweep, Uncounted, Counted, Counting,
    Criterion, Band, ScoringRules, ScoreSheet, Score, Correction, Recusal,
    Attendance, Vote, MinutesCorrection,
    Objection, ComplaintFile, Hearing, KeptForm,
}  # fmt: skip
PUBLIC = {Campaign}


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("who", ["anonymous", "disabled", "disabled board", "disabled national", "disabled superuser"])
def test_a_stranger_and_a_disabled_user_see_nothing(world, who):
    fill(world)
    user = world.user(who)

    assert {model for model in MODELS if model.objects.visible_to(user).exists()} == PUBLIC


@pytest.mark.parametrize("who", ["national", "superuser"])
def test_national_staff_and_administrators_see_everything(world, who):
    fill(world)
    user = world.user(who)

    for model in MODELS:
        assert set(model.objects.visible_to(user)) == set(model.objects.all()), model


def test_someone_without_a_role_sees_only_the_own_account(world):
    fill(world)
    nobody = world.user("nobody")

    assert {model for model in MODELS if model.objects.visible_to(nobody).exists()} == {User, *PUBLIC}
    assert list(User.objects.visible_to(nobody)) == [nobody]


def test_every_model_says_who_sees_its_rows_or_is_a_part_of_one_that_does():
    ours = [model for app in ("accounts", "initiatives", "dossiers", "awards", "outbox", "record")
            for model in apps.get_app_config(app).get_models()]  # fmt: skip

    speaking = {
        model for model in ours if hasattr(model.objects.all(), "visible_to") or hasattr(model.objects, "visible_to")
    }

    assert set(ours) - speaking <= PARTS
    assert speaking <= set(MODELS) | PARTS


def test_initiatives_are_seen_from_the_own_union_downwards(world):
    table = {
        "staff near": {"near", "below"},
        "staff below": {"below"},
        "staff next": {"next"},
        "staff here": {"near", "below", "next"},
        "board here": {"near", "below", "next"},
        "board there": {"far"},
    }

    assert seen_by(world, table, world.initiatives, Initiative.objects.visible_to) == table


def test_a_pair_that_is_alike_is_seen_by_who_sees_one_of_the_two(world):
    values = {"percent": 90, "found_at": IN_TIME}
    near, far, below = (world.initiatives[name] for name in ("near", "far", "below"))
    pairs = {
        "near and far": Resemblance.objects.create(earlier=near, later=far, **values),
        "near and below": Resemblance.objects.create(earlier=near, later=below, **values),
    }

    table = {
        "staff near": {*pairs},
        "staff below": {"near and below"},
        "staff next": set(),
        "staff here": {*pairs},
        "board here": {*pairs},
        "board there": {"near and far"},
        "nobody": set(),
    }
    assert seen_by(world, table, pairs, Resemblance.objects.visible_to) == table


def test_initiatives_are_screened_by_staff_from_the_own_union_downwards(world):
    table = {
        "staff near": {"near", "below"},
        "staff below": {"below"},
        "staff here": {"near", "below", "next"},
        "board here": set(),
        "national": set(),
        "disabled": set(),
        "anonymous": set(),
    }

    assert seen_by(world, table, world.initiatives, Initiative.objects.screenable_by) == table


def test_dossiers_are_seen_by_their_own_union_and_once_filed_by_the_board(world):
    table = {
        "staff near": {"near"},
        "staff below": set(),
        "staff next": {"next"},
        "staff here": set(),
        "board here": {"near"},
        "board there": {"far"},
    }
    entries = {name: dossier.entries.get() for name, dossier in world.dossiers.items()}

    assert seen_by(world, table, world.dossiers, Dossier.objects.visible_to) == table
    assert seen_by(world, table, entries, DossierEntry.objects.visible_to) == table


def test_a_union_edits_its_own_dossier_and_its_board_judges_it_and_decides(world):
    everyone = {key: set() for key in [*world.users, "anonymous"]}
    edits = everyone | {"staff near": {"near"}, "staff next": {"next"}}
    judges = everyone | {"board here": {"near"}, "board there": {"far"}}
    plans = {"near": world.plan, "far": world.other_plan}

    assert seen_by(world, edits, world.dossiers, Dossier.objects.editable_by) == edits
    assert seen_by(world, judges, world.dossiers, Dossier.objects.judged_by) == judges
    assert seen_by(world, judges, plans, Plan.objects.decided_by) == judges


def test_a_plan_is_seen_by_its_board_and_by_the_unions_that_file_to_it(world):
    table = {"staff near": {"here"}, "staff below": {"here"}, "board here": {"here"}, "board there": {"there"}}
    plans = {"here": world.plan, "there": world.other_plan}

    assert seen_by(world, table, plans, Plan.objects.visible_to) == table


def test_names_are_mapped_by_staff_and_board_of_their_top_union(world):
    everyone = {key: set() for key in [*world.users, "anonymous"]}
    aliases = {"near": make_alias(unit=world.near), "far": make_alias(unit=world.far)}
    tops = {"near": world.here, "far": world.there}

    table = everyone | {
        "staff here": {"near"},
        "board here": {"near"},
        "board there": {"far"},
        "national": {"near", "far"},
        "superuser": {"near", "far"},
    }
    assert seen_by(world, table, aliases, UnitAlias.objects.visible_to) == table
    assert seen_by(world, table, tops, Union.objects.mapped_by) == table
    initiatives = {name: world.initiatives[name] for name in ("near", "far")}
    assert seen_by(world, table, initiatives, Initiative.objects.mapped_by) == table


def test_how_a_union_writes_itself_is_seen_by_its_staff_and_a_form_of_the_letter_by_its_board(world):
    fill(world)
    profiles = {name: UnionProfile.objects.get(union=getattr(world, name)) for name in ("near", "far")}
    templates = {"here": world.plan.letter_templates.get(), "there": world.other_plan.letter_templates.get()}
    nobody = {key: set() for key in ["staff below", "staff next", "staff here", "anonymous", "disabled"]}

    table = nobody | {"staff near": {"near"}, "board here": set()}
    assert seen_by(world, table, profiles, UnionProfile.objects.visible_to) == table
    table = nobody | {"staff near": set(), "board here": {"here"}, "board there": {"there"}}
    assert seen_by(world, table, templates, LetterTemplate.objects.visible_to) == table


def test_unions_are_seen_from_the_own_one_downwards(world):
    table = {
        "staff near": {"near", "below"},
        "staff below": {"below"},
        "board here": {"here", "near", "next", "below"},
        "board there": {"there", "far"},
    }
    unions = {name: getattr(world, name) for name in ("here", "there", "near", "next", "far", "below")}

    assert seen_by(world, table, unions, Union.objects.visible_to) == table


def test_a_board_sees_the_staff_of_its_unions_and_no_other_board(world):
    seen = world.names(world.users, User.objects.visible_to(world.user("board here")))

    assert seen == {"board here", "staff near", "staff below", "staff next", "staff here", "disabled"}
    roles = set(Membership.objects.visible_to(world.user("board here")).values_list("role", flat=True))
    assert roles == {"STAFF", "BOARD"}


def test_staff_see_only_the_own_account_and_role(world):
    user = world.user("staff near")

    assert list(User.objects.visible_to(user)) == [user]
    assert list(Membership.objects.visible_to(user)) == list(user.memberships.all())


def test_two_roles_add_up(world):
    user = world.users["staff near"]
    grant(user, world.far, Role.STAFF)

    seen = world.names(world.initiatives, Initiative.objects.visible_to(world.user("staff near")))

    assert seen == {"near", "below", "far"}


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(world):
    world.users["staff near"].memberships.all().delete()

    assert not Initiative.objects.visible_to(world.user("staff near")).exists()
    assert not Dossier.objects.editable_by(world.user("staff near")).exists()
