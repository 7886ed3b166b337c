"""The database refuses first: every CheckConstraint and UniqueConstraint, past every deed and form.

A constraint that is added next year fails here until somebody shows a row that it refuses.
"""

import uuid

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, F, UniqueConstraint

from accounts.models import Level
from awards.models import Publication
from initiatives.codes import new_code, new_secret
from tests import constraints_of_awards
from tests.documents import make_template
from tests.factories import (
    IN_TIME,
    make_alias,
    make_campaign,
    make_dossier,
    make_initiative,
    make_invitation,
    make_national,
    make_plan,
    make_union,
)
from tests.filings import DEADLINE, make_letter_file, make_remark, make_taking_back
from tests.lists import make_objection
from tests.refusals import database_refuses
from tests.removals import PRIVATE, make_consent_text, make_consented_to_nothing, make_forgotten, make_removal
from tests.rows import (
    copy_of,
    make_entry,
    make_event,
    make_exception,
    make_export,
    make_extension,
    make_filing,
    make_given_permission,
    make_held,
    make_import,
    make_imported_row,
    make_membership,
    make_message,
    make_no_copy,
    make_profile,
    make_publication,
    make_resemblance,
)

pytestmark = pytest.mark.django_db

OURS = ("accounts", "initiatives", "dossiers", "awards", "outbox", "record")


def declared(kind):
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {c.name: c for model in models for c in model._meta.constraints if isinstance(c, kind)}


CHECKS = {
    "union_level_known": (make_union, [{"level": "CITY"}, {"level": ""}]),
    "union_named": (make_union, [{"name": ""}]),
    "union_below_another_unless_national": (make_union, [{"parent": None}]),
    "membership_role_known": (make_membership, [{"role": "ADMIN"}]),
    "invitation_to_staff": (make_invitation, [{"role": "BOARD"}]),
    "invitation_email_in_small_letters": (make_invitation, [{"email": "Moi@example.vn"}]),
    "invitation_expires_later": (make_invitation, [{"expires_at": F("invited_at")}]),
    "invitation_open_accepted_or_taken_back": (make_invitation, [{"accepted_at": IN_TIME}]),
    "campaign_opens_before_it_closes": (make_campaign, [{"opens_at": IN_TIME, "closes_at": IN_TIME}]),
    "campaign_practice_period_in_order": (make_campaign, [{"practice_until": "2021-01-31"}]),
    "campaign_keeps_personal_data_till_practised": (make_campaign, [{"personal_until": "2021-05-31"}]),
    "campaign_target_positive": (make_campaign, [{"target": 0}]),
    "initiative_description_fits": (make_initiative, [{"description": "ệ" * 1001}]),
    "initiative_described_unless_secret": (make_initiative, [{"description": ""}]),
    "initiative_titled": (make_initiative, [{"title": ""}]),
    "initiative_title_fits": (make_initiative, [{"title": "ệ" * 201}]),
    "initiative_effect_fits": (make_initiative, [{"effect": ""}, {"effect": "ệ" * 1001}]),
    "initiative_reason_fits": (make_initiative, [{"status_reason": "ệ" * 501}]),
    "initiative_author_named": (make_initiative, [{"full_name": ""}, {"job_title": ""}, {"workplace": ""}]),
    "initiative_co_authors_fit": (make_initiative, [{"co_authors": "ệ" * 901}]),
    "initiative_phone_international": (make_initiative, [{"phone": ""}, {"phone": "0912345678"}, {"phone": "+8"}]),
    "initiative_birth_year_plausible": (make_initiative, [{"birth_year": 1929}, {"birth_year": 2101}]),
    "initiative_gender_known": (make_initiative, [{"gender": "x"}]),
    "initiative_block_known": (make_initiative, [{"block": "x"}, {"block": ""}]),
    "initiative_field_known": (make_initiative, [{"field": "x"}, {"field": ""}]),
    "initiative_status_known": (make_initiative, [{"status": "AWARDED"}, {"status": ""}]),
    "initiative_unit_picked_or_typed": (make_initiative, [{"unit": None}, {"unit_other": "Cả hai"}]),
    "initiative_benefit_plausible": (make_initiative, [{"benefit": -1}, {"benefit": 10**15 + 1}]),
    "import_state_known": (make_import, [{"state": "x"}]),
    "import_confirmed_before_it_is_stored": (
        make_import,
        [{"state": "CONFIRMED"}, {"state": "DONE"}, {"state": "DONE", "confirmed_at": IN_TIME}],
    ),
    "unit_alias_named": (make_alias, [{"key": ""}, {"name": ""}]),
    "initiative_forgotten_whole": (make_forgotten, [{name: value} for name, value in PRIVATE.items()]),
    "removal_texts_fit": (make_removal, [{"answer": "ệ" * 501}]),
    "removal_open_or_answered": (
        make_removal,
        [
            {"answered_at": IN_TIME},
            {"state": "TAKEN_BACK"},
            {"state": "x"},
            {"state": "REFUSED", "answer": "Không."},
            {"state": "REFUSED", "answer": "Không.", "answered_at": IN_TIME},
        ],
    ),
    "resemblance_of_two": (make_resemblance, [{"later": F("earlier")}]),
    "resemblance_in_percent": (make_resemblance, [{"percent": 101}]),
    "resemblance_said_known": (make_no_copy, [{"said": "x"}]),
    "resemblance_reason_fits": (make_no_copy, [{"reason": "ệ" * 501}]),
    "resemblance_said_by_somebody": (
        make_no_copy,
        [{"said": ""}, {"reason": ""}, {"said_by": None}, {"said_at": None}],
    ),
    "export_kind_known": (make_export, [{"kind": "exe"}]),
    "export_state_known": (make_export, [{"state": "x"}]),
    "plan_numbers_positive": (
        make_plan,
        [
            {"quota_upper": 0},
            {"quota_grassroots": 0},
            {"nomination_limit": 0},
            {"award_limit": 0, "nomination_limit": 0},
        ],
    ),
    "plan_nominates_among_awarded": (make_plan, [{"nomination_limit": 31}]),
    "plan_issued_before_it_freezes": (
        make_plan,
        [{"frozen_at": IN_TIME, "number": ""}, {"frozen_at": IN_TIME, "issued_on": None}],
    ),
    "plan_target_positive": (make_plan, [{"target": 0}]),
    "quota_exception_positive": (make_exception, [{"quota": 0}]),
    "dossier_state_known": (make_dossier, [{"state": "AWARDED"}]),
    "dossier_reason_fits": (make_dossier, [{"state_reason": "ệ" * 1001}]),
    "entry_rank_from_one": (make_entry, [{"rank": 0}]),
    "entry_has_a_rank_until_removed": (make_entry, [{"removed_at": IN_TIME}, {"rank": None}]),
    "entry_summary_fits": (make_entry, [{"summary": "ệ" * 1001}, {"effect": "ệ" * 1001}]),
    "entry_authors_fit": (make_entry, [{"authors": "ệ" * 1301}, {"position": "ệ" * 1301}]),
    "profile_lines_filled": (
        make_profile,
        [{"parent_line": ""}, {"own_line": ""}, {"abbreviation": ""}, {"place": ""}],
    ),
    "profile_committee_known": (make_profile, [{"committee": ""}, {"committee": "BOARD"}]),
    "profile_title_known": (make_profile, [{"signer_title": ""}, {"signer_title": "KING"}]),
    "profile_texts_fit": (
        make_profile,
        [
            {"parent_line": "ệ" * 251},
            {"own_line": "ệ" * 251},
            {"abbreviation": "ệ" * 21},
            {"place": "ệ" * 61},
            {"signer": "ệ" * 101},
        ],
    ),
    **constraints_of_awards.CHECKS,
}
# The same for rows that a trigger lets nobody change: these are refused when they are added.
CHECKS_ON_ADDING = {
    "initiative_consented": (make_consented_to_nothing, [{"consent_version": ""}]),
    "removal_due_after_asked": (make_removal, [{"due_at": IN_TIME}]),
    "letter_file_known": (make_letter_file, [{"place": 0}, {"extension": "exe"}]),
    "taking_back_in_time": (make_taking_back, [{"arrived_at": DEADLINE}]),
    "remark_says_something": (make_remark, [{"text": ""}, {"text": "ệ" * 501}]),
    "letter_template_kind_known": (make_template, [{"kind": "POEM"}]),
    "extension_has_a_reason": (make_extension, [{"reason": ""}]),
    "filing_on_time": (make_filing, [{"deadline": IN_TIME}]),
    **constraints_of_awards.CHECKS_ON_ADDING,
}
# Each constraint → a row that is there, and what else must differ in a second one that it refuses.
DOUBLES = {
    "union_one_national": (make_national, lambda row: {"code": "TLD2"}),
    "invitation_one_open": (make_invitation, lambda row: {"digest": "x"}),
    "membership_given_once": (make_membership, lambda row: {}),
    "default_permission_given_once": (make_given_permission, lambda row: {}),
    "campaign_one_running": (make_campaign, lambda row: {"slug": "khac"}),
    "imported_row_once": (make_imported_row, lambda row: {"initiative": make_initiative(row.of.union)}),
    "unit_alias_means_one_unit": (make_alias, lambda row: {"unit": make_union(parent=row.top)}),
    "plan_one_for_a_union": (make_plan, lambda row: {"number": "72/LĐLĐ"}),
    "quota_exception_one_for_a_union": (make_exception, lambda row: {"quota": 9}),
    "dossier_one_for_a_union": (make_dossier, lambda row: {}),
    "entry_rank_taken_once": (
        make_entry,
        lambda row: {"initiative": make_initiative(row.dossier.union, accepted=True)},
    ),
    "entry_in_one_dossier": (make_entry, lambda row: {"rank": 2}),
    "letter_file_placed_once": (make_letter_file, lambda row: {"extension": "png"}),
    "filing_numbered_once": (make_filing, lambda row: {"arrived_at": IN_TIME}),
    "consent_text_one_for_a_version": (make_consent_text, lambda row: {"text": "Tôi cũng đồng ý."}),
    "removal_one_open": (make_removal, lambda row: {"reason": "Nữa."}),
    "message_written_once": (make_message, lambda row: {"subject": "Khác"}),
    "resemblance_once": (make_resemblance, lambda row: {"percent": 50}),
    "event_numbered_once": (make_event, lambda row: {"deed": "khác"}),
    **constraints_of_awards.DOUBLES,
}


def test_every_constraint_is_tried_here():
    assert {*CHECKS, *CHECKS_ON_ADDING} == set(declared(CheckConstraint))
    assert set(DOUBLES) == set(declared(UniqueConstraint))


@pytest.mark.parametrize("name", CHECKS)
def test_a_row_cannot_become_what_it_must_not_be(name):
    make, attacks = CHECKS[name]
    row = make()

    for values in attacks:
        with database_refuses(name, "value too long"):
            type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("name", CHECKS_ON_ADDING)
def test_a_row_that_never_changes_cannot_start_as_what_it_must_not_be(name):
    make, attacks = CHECKS_ON_ADDING[name]

    for values in attacks:
        row = make()
        with database_refuses(name):
            type(row).objects.bulk_create([copy_of(row, **values)])


@pytest.mark.parametrize("name", DOUBLES)
def test_what_there_may_be_once_there_is_once(name):
    make, different = DOUBLES[name]
    row = make()
    column = row._meta.get_field(declared(UniqueConstraint)[name].fields[-1]).column

    second = copy_of(row, **different(row))

    with database_refuses(name, f"{row._meta.db_table}.{column}"):
        type(row).objects.bulk_create([second])


@pytest.mark.parametrize("field", ["code", "secret", "submission_id"])
def test_no_two_initiatives_have_the_same_key(field):
    row = make_initiative()
    keys = {"code": new_code(), "secret": new_secret(), "submission_id": uuid.uuid4()}
    keys[field] = getattr(row, field)

    with database_refuses(field):
        type(row).objects.bulk_create([copy_of(row, **keys)])


@pytest.mark.parametrize("field", ["code", "local_code"])
def test_no_two_unions_have_the_same_code(field):
    union = make_union(local_code="TN01")

    with database_refuses(field):
        make_union(**{field: getattr(union, field)})


def test_many_unions_have_no_local_code():
    make_union(local_code=None)

    assert make_union(Level.UPPER, local_code=None).pk


@pytest.mark.parametrize("field", ["complaint", "submission_id", "secret"])
def test_no_two_objections_have_the_same_key(field):
    row = make_objection()
    keys = {"complaint": make_held(), "submission_id": uuid.uuid4(), "secret": new_secret()}
    keys[field] = getattr(row, field)

    with database_refuses(field):
        type(row).objects.bulk_create([copy_of(row, **keys)])


def test_a_plan_is_published_by_one_decision():
    publication = make_publication()

    with database_refuses("plan_id"):
        Publication.objects.bulk_create([copy_of(publication)])
