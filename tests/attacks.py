"""Writes past every deed, by bulk_create, update and raw SQL, which the database itself must refuse."""

import uuid
from datetime import timedelta

from django.db import connection

from awards.amending import WORDS, mark_of_words, reword
from awards.models import Amendment, Award, Kind, Publication
from awards.publishing import publish
from awards.selection import choose, take_back
from dossiers.models import QuotaException
from initiatives.codes import new_code, new_secret
from initiatives.forgetting import ask_removal
from initiatives.personal import FORGOTTEN_NAME
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_complaint,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.published import make_amendment, make_decided
from tests.rows import copy_of

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
    insert(dossier.entries.get(rank=1), rank=4, initiative=make_initiative(dossier.union, accepted=True))


def entry_of_a_union_without_quota():
    dossier = make_dossier(entries=1)
    elsewhere = make_union()
    update(dossier, union=elsewhere)
    insert(dossier.entries.get(), rank=2, initiative=make_initiative(elsewhere, accepted=True))


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
    take_back(plan, entries[0], Kind.PROVINCE, "Nhầm.", by=make_user())
    give(plan, entries[0], Kind.NATIONAL, place=1)


def take_the_award_from_under_a_nomination():
    _, entries = make_chosen(Kind.PROVINCE, Kind.NATIONAL)
    update(Award.objects.get(entry=entries[0], kind=Kind.PROVINCE), place=None, taken_back_at=IN_TIME)


def choose_after_publication():
    plan, entries = make_published()
    give(plan, entries[1])


def amend_another_plan():
    insert(make_amendment(), entry=make_dossier(entries=1).entries.get())


def give_again_what_was_revoked():
    amendment = make_amendment()
    give(amendment.publication.plan, amendment.entry, place=1)


def move_to_another_place_under_an_amendment():
    publication, entries = make_decided()
    words = {"kind": Kind.PROVINCE, "change": "REVOKED", "made_by": make_user(), "made_at": IN_TIME}
    decided = {"reason": "Chép.", "decision_number": "15/QĐ", "decision_date": IN_TIME.date()}
    Amendment.objects.create(publication=publication, entry=entries[0], **words, **decided)
    update(Award.objects.get(entry=entries[0]), place=2)


def reword_twice_with_one_amendment():
    publication, (entry, *_) = make_decided()
    words = {name: getattr(entry, name) for name in WORDS} | {"title": "Tên đã sửa"}
    reword(publication.plan, entry, words, "In sai.", seen=mark_of_words(entry), by=make_user())
    update(entry, title="Tên khác nữa", rewordings=2)


def name_what_nobody_asked_to_forget():
    update(make_decided()[1][0], authors=FORGOTTEN_NAME)


def retitle_while_forgetting():
    entry = make_decided()[1][0]
    ask_removal(entry.initiative)
    update(entry, authors=FORGOTTEN_NAME, title="Khác")


def move_an_award_to_another_plan():
    """Out of a published plan, where nothing is fixed yet."""
    plan, entries = make_published()
    update(Award.objects.get(entry=entries[0]), plan=make_plan(campaign=plan.campaign))


def give_a_place_again_that_was_taken_back():
    plan, entries = make_chosen()
    take_back(plan, entries[0], Kind.PROVINCE, "Nhầm.", by=make_user())
    update(Award.objects.get(entry=entries[0]), place=1, taken_back_at=None)


def enter(initiative_of):
    """Store a second entry past the deed."""
    dossier = make_dossier(entries=1)
    insert(dossier.entries.get(), rank=2, initiative=initiative_of(dossier.union))


def move_out_of_a_dossier():
    entry = make_dossier(entries=1).entries.get()
    update(entry.initiative, branch=make_union(parent=entry.dossier.union.parent))


def choose_what_is_held():
    plan, entries = make_chosen()
    make_complaint(entries[1].initiative)
    give(plan, entries[1])


def choose_from_a_dossier_that_is_not_judged():
    dossier = make_filed()
    give(dossier.plan, dossier.entries.get(), place=1)


def choose_what_was_withdrawn():
    plan, entries = make_chosen()
    update(entries[1].initiative, status="WITHDRAWN")
    give(plan, entries[1])


def first_award(chosen):
    return Award.objects.filter(plan=chosen[0]).order_by("pk").first()


def reject_a_winner():
    plan, entries = make_chosen()
    publish(plan, "12/QĐ", IN_TIME.date(), by=make_user())
    update(entries[0].initiative, status="REJECTED")
