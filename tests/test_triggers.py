"""The database refuses first: every rule of config.triggers, past every deed, by bulk_create, update and raw SQL.

A trigger that is declared next year fails here until somebody shows a write that it refuses.
"""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import Level
from awards.models import Award, Kind, Publication
from awards.selection import choose, take_back
from config import triggers
from dossiers.models import Plan, QuotaException
from initiatives.codes import new_code, new_secret
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_board,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_ready,
    make_union,
    make_user,
    make_valid,
)
from tests.refusals import database_refuses, without_triggers
from tests.test_constraints import copy_of, make_event, make_finding, make_held, make_publication

pytestmark = pytest.mark.django_db

MICROSECOND = timedelta(microseconds=1)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def update(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def insert(row, **changes):
    type(row).objects.bulk_create([copy_of(row, **changes)])


def delete(row):
    sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)  # noqa: S608 (the table of a model)


def insert_late_initiative():
    insert(make_initiative(), **new_keys(), arrived_at=moment("2021-04-21"))


def insert_early_initiative():
    insert(make_initiative(), **new_keys(), arrived_at=moment("2021-03-10") - MICROSECOND)


def new_keys():
    return {"code": new_code(), "secret": new_secret(), "submission_id": uuid.uuid4()}


def make_frozen():
    """A plan whose numbers are frozen, with an exception to its quotas."""
    plan = make_plan()
    exception = QuotaException.objects.create(plan=plan, union=make_union(parent=plan.union), quota=2)
    make_filed(plan=plan)
    plan.refresh_from_db()
    return plan, exception


def make_chosen(*kinds, entries=2, **plan):
    """A plan whose first entry is chosen in these kinds, and its entries."""
    plan = make_plan(**plan)
    entries = list(make_valid(plan=plan, entries=entries).entries.standing())
    for kind in kinds or [Kind.PROVINCE]:
        choose(plan, entries[0], kind, by=make_user())
    return plan, entries


def make_published():
    plan, entries = make_chosen()
    values = {"decision_date": IN_TIME.date(), "published_at": IN_TIME, "published_by": make_user()}
    Publication.objects.create(plan=plan, decision_number="12/QĐ", **values)
    return plan, entries


def give(plan, entry, kind=Kind.PROVINCE, place=2):
    """Store an award past the deed."""
    Award.objects.bulk_create(
        [Award(plan=plan, entry=entry, kind=kind, place=place, chosen_by=make_user(), chosen_at=IN_TIME)]
    )


def entry_beyond_quota():
    dossier = make_dossier(entries=3)
    insert(dossier.entries.get(rank=1), rank=4, initiative=make_initiative(dossier.union))


def entry_of_a_union_without_quota():
    dossier = make_dossier(entries=1)
    grassroots = make_union(Level.GRASSROOTS, dossier.union)
    update(dossier, union=grassroots)
    insert(dossier.entries.get(), rank=2, initiative=make_initiative(grassroots))


def a_31st_place():
    plan, entries = make_chosen()
    give(plan, entries[1], place=31)


def a_5th_nomination():
    plan, entries = make_chosen()
    give(plan, entries[0], Kind.NATIONAL, place=5)


def choose_from_another_plan():
    plan, _ = make_chosen()
    give(plan, make_valid().entries.get())


def nominate_without_award():
    plan, entries = make_chosen()
    give(plan, entries[1], Kind.NATIONAL, place=1)


def nominate_what_was_taken_back():
    plan, entries = make_chosen()
    take_back(plan, entries[0], Kind.PROVINCE, by=make_user())
    give(plan, entries[0], Kind.NATIONAL, place=1)


def take_the_award_from_under_a_nomination():
    _, entries = make_chosen(Kind.PROVINCE, Kind.NATIONAL)
    update(Award.objects.get(entry=entries[0], kind=Kind.PROVINCE), place=None, taken_back_at=IN_TIME)


def choose_after_publication():
    plan, entries = make_published()
    give(plan, entries[1])


# Each trigger → a write that it refuses, with the code it says.
ATTACKS = {
    "record_event_no_update": ("record_is_append_only", lambda: update(make_event(), reason="Bịa.")),
    "record_event_no_delete": ("record_is_append_only", lambda: delete(make_event())),
    "initiative_in_time": ("closed", insert_late_initiative),
    "initiative_practised_in_period_insert": (
        "outside_practice_period",
        lambda: insert(make_initiative(), **new_keys(), started_on="2021-06-01"),
    ),
    "initiative_practised_in_period_update": (
        "outside_practice_period",
        lambda: update(make_initiative(), started_on="2021-01-31"),
    ),
    "initiative_never_deleted": ("never_deleted", lambda: delete(make_initiative())),
    "entry_within_quota_insert": ("quota_reached", entry_beyond_quota),
    "entry_within_quota_update": ("quota_reached", lambda: update(make_dossier(entries=1).entries.get(), rank=4)),
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
    "signedletter_never_deleted": ("never_deleted", lambda: delete(make_ready().current_letter)),
    "filing_never_changed": ("filing_is_a_snapshot", lambda: update(make_filed().last_filing, content={})),
    "award_within_limit_insert": ("no_place_left", a_31st_place),
    "award_within_limit_update": ("no_place_left", lambda: update(first_award(make_chosen()), place=31)),
    "award_fixed_once_published_insert": ("published", choose_after_publication),
    "award_fixed_once_published_update": ("published", lambda: update(first_award(make_published()), place=2)),
    "award_of_its_plan": ("entry_of_another_plan", choose_from_another_plan),
    "nomination_among_awarded": ("not_awarded", nominate_without_award),
    "award_kept_while_nominated": ("nominated", take_the_award_from_under_a_nomination),
    "award_never_deleted": ("never_deleted", lambda: delete(first_award(make_chosen()))),
    "finding_never_deleted": ("never_deleted", lambda: delete(make_finding())),
    "complaint_never_deleted": ("never_deleted", lambda: delete(make_held())),
    "publication_never_deleted": ("never_deleted", lambda: delete(make_publication())),
    "publication_never_changed": ("published", lambda: update(make_publication(), decision_number="13/QĐ")),
    "finding_never_changed": ("finding_is_kept", lambda: update(make_finding(), holds=False)),
}
MORE_ATTACKS = [
    ("closed", insert_early_initiative),
    ("quota_reached", entry_of_a_union_without_quota),
    ("no_place_left", a_5th_nomination),
    ("not_awarded", nominate_what_was_taken_back),
    ("plan_frozen", lambda: update(make_frozen()[0], frozen_at=None)),
]


def first_award(chosen):
    return Award.objects.filter(plan=chosen[0]).order_by("pk").first()


def test_every_trigger_is_tried_here_and_says_its_code():
    declared = {refusal.name: refusal.code for refusal in triggers.declared()}

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


@pytest.mark.parametrize("name", ATTACKS)
def test_without_its_triggers_the_database_lets_it_pass(name):
    with without_triggers():
        ATTACKS[name][1]()


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
    take_back(plan, entries[0], Kind.NATIONAL, by=make_board(plan.union))
    take_back(plan, entries[0], Kind.PROVINCE, by=make_board(plan.union))

    assert not Award.objects.standing().exists()
