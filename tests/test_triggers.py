"""The database refuses first: every rule of config.triggers, past every deed, by bulk_create, update and raw SQL.

A trigger that is declared next year fails here until somebody shows a write that it refuses.
"""

import uuid

import pytest

from accounts.models import Level
from awards.models import Award, Kind
from awards.selection import take_back
from config import triggers
from dossiers.models import Plan, QuotaException
from initiatives.personal import FORGOTTEN
from tests import attacks_on_filings, attacks_on_honours, attacks_on_lists, attacks_on_meetings, attacks_on_scores
from tests.attacks import (
    MICROSECOND,
    a_5th_nomination,
    a_31st_place,
    amend_another_plan,
    choose_after_publication,
    choose_from_a_dossier_that_is_not_judged,
    choose_from_another_plan,
    choose_what_is_held,
    choose_what_was_withdrawn,
    delete,
    enter,
    entry_beyond_quota,
    entry_of_a_union_without_quota,
    first_award,
    give,
    give_a_place_again_that_was_taken_back,
    give_again_what_was_revoked,
    insert,
    insert_early_initiative,
    insert_late_initiative,
    make_chosen,
    make_frozen,
    make_published,
    move_an_award_to_another_plan,
    move_out_of_a_dossier,
    move_to_another_place_under_an_amendment,
    name_what_nobody_asked_to_forget,
    new_keys,
    nominate_what_was_taken_back,
    nominate_without_award,
    reject_a_winner,
    retitle_while_forgetting,
    reword_twice_with_one_amendment,
    take_the_award_from_under_a_nomination,
    update,
)
from tests.attacks_on_forgetting import (
    ask_to_be_forgotten_twice,
    enter_a_forgotten_author,
    forget_without_the_dossier,
    make_detail,
    make_forgotten_entry,
    make_refused_removal,
    pretend_to_have_forgotten,
    reword_after_a_new_version,
)
from tests.conftest import moment
from tests.documents import make_template
from tests.factories import (
    IN_TIME,
    make_board,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_union,
    make_user,
)
from tests.kept import make_kept
from tests.published import make_amendment, make_decided
from tests.refusals import database_refuses
from tests.removals import make_consent_text, make_forgotten, make_removal
from tests.rows import make_event, make_extension, make_finding, make_held, make_publication, make_seal

pytestmark = pytest.mark.django_db

# Each trigger → a write that it refuses, with the code it says.
ATTACKS = {
    "record_event_no_update": ("record_is_append_only", lambda: update(make_event(), reason="Bịa.")),
    "personal_detail_no_update": ("record_is_append_only", lambda: update(make_detail(), after={})),
    "personal_detail_kept_until_forgotten": ("record_is_append_only", lambda: delete(make_detail())),
    "record_event_no_delete": ("record_is_append_only", lambda: delete(make_event())),
    "seal_never_changed": ("record_is_append_only", lambda: update(make_seal(), events=7)),
    "seal_never_deleted": ("record_is_append_only", lambda: delete(make_seal())),
    "initiative_in_time": ("closed", insert_late_initiative),
    "initiative_practised_in_period_insert": (
        "outside_practice_period",
        lambda: insert(make_initiative(), **new_keys(), started_on="2021-06-01"),
    ),
    "initiative_practised_in_period_update": (
        "outside_practice_period",
        lambda: update(make_initiative(), started_on="2021-01-31"),
    ),
    "initiative_kept_no_longer": (
        "kept",
        lambda: insert(make_initiative(), **new_keys() | {"submission_id": make_kept().submission_id}),
    ),
    "kept_form_not_stored": (
        "already_sent",
        lambda: insert(make_kept(), submission_id=make_initiative().submission_id),
    ),
    "kept_form_in_time": (
        "closed",
        lambda: insert(make_kept(), submission_id=uuid.uuid4(), arrived_at=moment("2021-04-21")),
    ),
    "kept_form_fixed": ("kept_form_is_fixed", lambda: update(make_kept(), answers={})),
    "campaign_waits_for_kept_forms": ("forms_wait", lambda: update(make_kept().campaign, closes_at=IN_TIME)),
    "initiative_arrival_fixed": (
        "arrival_is_fixed",
        lambda: update(make_initiative(), arrived_at=IN_TIME + MICROSECOND),
    ),
    "initiative_fixed_once_decided": ("decided", reject_a_winner),
    "union_stays_with_its_initiatives": (
        "union_has_initiatives",
        lambda: update(make_initiative().unit, parent=make_union().parent),
    ),
    "initiative_stays_with_its_dossier": ("in_a_dossier", move_out_of_a_dossier),
    "initiative_never_deleted": ("never_deleted", lambda: delete(make_initiative())),
    "initiative_consent_text_kept": (
        "consent_text_missing",
        lambda: insert(make_initiative(), **new_keys(), consent_version="2021-04"),
    ),
    "initiative_consent_fixed": ("consent_is_fixed", lambda: update(make_initiative(), consent_version="2021-04")),
    "campaign_consent_text_fixed": (
        "consent_text_fixed",
        lambda: update(make_initiative().campaign, consent_text="Tôi đồng ý với mọi thứ."),
    ),
    "consent_text_never_changed": ("consent_text_fixed", lambda: update(make_consent_text(), text="Khác.")),
    "consent_text_never_deleted": ("never_deleted", lambda: delete(make_consent_text())),
    "initiative_forgotten_on_request": (
        "removal_not_asked",
        lambda: update(make_initiative(), anonymised_at=IN_TIME, **FORGOTTEN),
    ),
    "initiative_stays_forgotten": ("anonymised", lambda: update(make_forgotten(), anonymised_at=None)),
    "removal_done_when_forgotten": ("not_anonymised", pretend_to_have_forgotten),
    "removal_begins_open": ("anonymised", ask_to_be_forgotten_twice),
    "removal_answered_once": ("removal_answered", lambda: update(make_refused_removal(), answer="Khác.")),
    "removal_never_deleted": ("never_deleted", lambda: delete(make_removal())),
    "entry_within_quota_insert": ("quota_reached", entry_beyond_quota),
    "entry_within_quota_update": ("quota_reached", lambda: update(make_dossier(entries=1).entries.get(), rank=4)),
    "entry_eligible": ("not_eligible", lambda: enter(lambda union: make_initiative(union))),
    "entry_of_forgotten": ("anonymised", enter_a_forgotten_author),
    "entry_stays_forgotten": ("anonymised", lambda: update(make_forgotten_entry(), authors="Đinh Riêng Tư")),
    "initiative_forgotten_in_its_dossiers": ("named_in_a_dossier", forget_without_the_dossier),
    "entry_stays_in_its_dossier": (
        "entry_is_fixed",
        lambda: update(make_dossier(entries=1).entries.get(), dossier=make_dossier()),
    ),
    "plan_numbers_freeze": ("plan_frozen", lambda: update(make_frozen()[0], quota_upper=4)),
    "quota_exception_freezes_insert": (
        "plan_frozen",
        lambda: QuotaException.objects.create(plan=make_frozen()[0], union=make_union(), quota=9),
    ),
    "quota_exception_freezes_update": ("plan_frozen", lambda: update(make_frozen()[1], quota=9)),
    "quota_exception_freezes_delete": ("plan_frozen", lambda: delete(make_frozen()[1])),
    "dossier_never_deleted": ("never_deleted", lambda: delete(make_dossier())),
    "dossierentry_never_deleted": ("never_deleted", lambda: delete(make_dossier(entries=1).entries.get())),
    "filing_never_deleted": ("never_deleted", lambda: delete(make_filed().last_filing)),
    **attacks_on_filings.ATTACKS,
    **attacks_on_meetings.ATTACKS,
    **attacks_on_lists.ATTACKS,
    **attacks_on_honours.ATTACKS,
    "extension_never_deleted": ("never_deleted", lambda: delete(make_extension())),
    "extension_never_changed": ("extension_is_kept", lambda: update(make_extension(), reason="Khác.")),
    "filing_never_changed": ("filing_is_a_snapshot", lambda: update(make_filed().last_filing, content={})),
    "lettertemplate_never_deleted": ("never_deleted", lambda: delete(make_template())),
    "lettertemplate_never_changed": ("template_is_kept", lambda: update(make_template(), size=1)),
    "award_within_limit_insert": ("no_place_left", a_31st_place),
    "award_within_limit_update": ("no_place_left", lambda: update(first_award(make_chosen()), place=31)),
    "award_fixed_once_published_insert": ("published", choose_after_publication),
    "award_fixed_once_published_update": ("published", lambda: update(first_award(make_published()), place=2)),
    "award_stays_as_it_was_given": ("award_is_fixed", move_an_award_to_another_plan),
    "award_eligible": ("not_eligible", choose_from_another_plan),
    "nomination_among_awarded": ("not_awarded", nominate_without_award),
    "award_kept_while_nominated": ("nominated", take_the_award_from_under_a_nomination),
    "award_never_deleted": ("never_deleted", lambda: delete(first_award(make_chosen()))),
    "finding_never_deleted": ("never_deleted", lambda: delete(make_finding())),
    "complaint_never_deleted": ("never_deleted", lambda: delete(make_held())),
    "publication_never_deleted": ("never_deleted", lambda: delete(make_publication())),
    "publication_never_changed": ("published", lambda: update(make_publication(), decision_number="13/QĐ")),
    "amendment_never_deleted": ("never_deleted", lambda: delete(make_amendment())),
    "amendment_never_changed": ("never_changed", lambda: update(make_amendment(), reason="Khác.")),
    "amendment_of_what_was_published": ("not_published", amend_another_plan),
    "entry_words_fixed_once_published": ("published", lambda: update(make_decided()[1][0], authors="Khác")),
    "finding_never_changed": ("finding_is_kept", lambda: update(make_finding(), holds=False)),
    **attacks_on_scores.ATTACKS,
}
MORE_ATTACKS = [
    ("award_is_fixed", give_a_place_again_that_was_taken_back),
    ("award_is_fixed", lambda: update(first_award(make_chosen()), reason="Sau này mới nghĩ ra.")),
    *attacks_on_honours.MORE_ATTACKS,
    ("not_eligible", lambda: enter(lambda union: make_initiative(accepted=True))),
    ("not_taken_back", attacks_on_filings.become_a_draft_after_judgement),
    ("not_eligible", choose_what_is_held),
    ("not_eligible", choose_from_a_dossier_that_is_not_judged),
    ("not_eligible", choose_what_was_withdrawn),
    ("closed", insert_early_initiative),
    ("consent_is_fixed", lambda: update(make_initiative(), consented_at=IN_TIME + MICROSECOND)),
    ("consent_text_fixed", reword_after_a_new_version),
    ("anonymised", lambda: update(make_forgotten(), anonymised_at=IN_TIME)),
    ("anonymised", lambda: update(make_forgotten(), status="WITHDRAWN")),
    ("anonymised", lambda: update(make_forgotten(), title="Sáng kiến của Đinh Riêng Tư")),
    ("anonymised", lambda: update(make_forgotten(), description="Của Đinh Riêng Tư")),
    ("anonymised", lambda: update(make_forgotten(), effect="Của Đinh Riêng Tư")),
    ("anonymised", lambda: update(make_forgotten_entry(), birth_years="1951")),
    ("anonymised", lambda: update(make_forgotten_entry(), position="Thợ tiện")),
    ("removal_answered", lambda: update(make_refused_removal(), state="TAKEN_BACK", answered_by=None)),
    ("removal_answered", lambda: update(make_refused_removal(), answered_by=make_user())),
    ("removal_answered", lambda: update(make_removal(), reason="Lý do khác.")),
    ("removal_answered", lambda: update(make_removal(), due_at=IN_TIME + MICROSECOND)),
    ("quota_reached", entry_of_a_union_without_quota),
    ("no_place_left", a_5th_nomination),
    ("not_awarded", nominate_what_was_taken_back),
    ("plan_frozen", lambda: update(make_frozen()[0], frozen_at=None)),
    ("published", give_again_what_was_revoked),
    ("published", move_to_another_place_under_an_amendment),
    ("published", lambda: update(make_decided()[1][1], title="Khác")),
    ("published", reword_twice_with_one_amendment),
    ("published", name_what_nobody_asked_to_forget),
    ("published", retitle_while_forgetting),
    *attacks_on_scores.MORE_ATTACKS,
    *attacks_on_lists.MORE_ATTACKS,
]


def test_every_trigger_is_tried_here_and_says_its_code():
    declared = {refusal.name: refusal.code for refusal in triggers.declared("REFUSALS")}

    assert declared == {name: code for name, (code, _) in ATTACKS.items()}


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses(name):
    code, attack = ATTACKS[name]

    with database_refuses(code):
        attack()


@pytest.mark.parametrize(("code", "attack"), MORE_ATTACKS)
def test_the_database_refuses_this_too(code, attack):
    with database_refuses(code):
        attack()


@pytest.mark.parametrize("field", sorted(Plan.FROZEN_FIELDS))
def test_every_number_and_date_of_a_plan_freezes(field):
    plan, _ = make_frozen()
    new = {
        "campaign": lambda: make_plan().campaign,
        "union": lambda: make_union(Level.TOP),
        "dossier_deadline": lambda: plan.dossier_deadline + MICROSECOND,
    }.get(field, lambda: getattr(plan, field) - (1 if getattr(plan, field) > 1 else -1))

    with database_refuses("plan_frozen"):
        update(plan, **{field: new()})


def test_a_frozen_plan_keeps_a_mailbox_that_can_be_set():
    plan, _ = make_frozen()

    update(plan, mailbox="ho-so@example.vn", number="71a/LĐLĐ")

    plan.refresh_from_db()
    assert plan.mailbox == "ho-so@example.vn"


def test_the_last_instant_and_the_quotas_own_number_pass():
    insert(make_initiative(), **new_keys(), arrived_at=moment("2021-04-21") - MICROSECOND)
    insert(make_initiative(), **new_keys(), arrived_at=moment("2021-03-10"), started_on="2021-05-31")
    update(make_dossier(entries=1).entries.get(), rank=3)
    plan, entries = make_chosen()
    give(plan, entries[1], place=30)
    give(plan, entries[1], Kind.NATIONAL, place=4)


def test_putting_the_triggers_up_twice_is_putting_them_up_once():
    triggers.put_up()
    triggers.put_up()

    with database_refuses("never_deleted"):
        delete(make_initiative())


def test_a_whole_procedure_passes_all_triggers():
    plan, entries = make_chosen(Kind.PROVINCE, Kind.NATIONAL)
    take_back(plan, entries[0], Kind.NATIONAL, "Nhầm.", by=make_board(plan.union))
    take_back(plan, entries[0], Kind.PROVINCE, "Nhầm.", by=make_board(plan.union))

    assert not Award.objects.standing().exists()
