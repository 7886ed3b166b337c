"""Rows of every model whose constraints and triggers are tried, and copies of them."""

import io

from django.contrib.auth.models import Group

from accounts.models import GivenPermission, Membership, Role
from awards.archiving import begin as archive
from awards.models import Finding, Hearing, Kind, Publication
from awards.selection import choose
from dossiers.letterhead import keep_profile
from dossiers.models import Extension, QuotaException
from initiatives.copies_models import Resemblance, Said
from initiatives.exporting import begin
from outbox.posting import post
from record.models import Event
from record.sealing import seal
from tests.documents import PROFILE
from tests.factories import (
    IN_TIME,
    a_picture,
    make_complaint,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.lists import make_objection
from tests.papers import import_of, paper, upload, workbook


def make_given_permission():
    return GivenPermission.objects.create(group=Group.objects.create(name="Nhóm"), label="awards.view_award")


def make_membership():
    union = make_union()
    return Membership.objects.create(user=make_user(), union=union, role=Role.STAFF)


def make_exception():
    plan = make_plan()
    return QuotaException.objects.create(plan=plan, union=make_union(parent=plan.union), quota=2)


def make_extension():
    plan = make_plan()
    values = {
        "union": make_union(parent=plan.union),
        "until": IN_TIME,
        "granted_by": make_user(),
        "granted_at": IN_TIME,
    }
    return Extension.objects.create(plan=plan, reason="Lũ.", **values)


def make_entry():
    return make_dossier(entries=1).entries.get()


def make_filing():
    return make_filed().last_filing


def make_finding():
    values = {"found_by": make_user(), "found_at": IN_TIME}
    return Finding.objects.create(filing=make_filing(), condition="NO_DISPUTE", holds=True, reason="Có.", **values)


def make_award():
    dossier = make_valid(entries=2)
    return choose(dossier.plan, dossier.entries.get(rank=1), Kind.PROVINCE, by=make_user())


def make_publication():
    plan = make_plan()
    values = {"decision_date": IN_TIME.date(), "published_at": IN_TIME, "published_by": make_user()}
    return Publication.objects.create(plan=plan, decision_number="12/QĐ", **values)


def make_message():
    return post("receipt", "HS-1", "a@example.vn", "Biên nhận", "Đã nhận.")


def make_event():
    return Event.objects.of(make_initiative()).get()


def make_import():
    return upload(make_union(), workbook([paper()]))


def make_imported_row():
    return import_of(make_union(), [paper()]).stored.get()


def make_seal():
    make_initiative()
    return seal()


def make_profile():
    return keep_profile(make_union(), PROFILE, by=make_user(), version=0)


def make_export():
    return begin(make_user(), "xlsx", "")


def make_archive():
    return archive(make_plan(), with_files=False, by=make_user())


def make_resemblance():
    """Two initiatives with the same text."""
    earlier = make_initiative()
    pair = {"earlier": earlier, "later": make_initiative(earlier.unit)}
    return Resemblance.objects.create(**pair, percent=100, found_at=IN_TIME)


def make_no_copy():
    """The same, of which a union said that it is no copy."""
    pair = make_resemblance()
    pair.said, pair.reason, pair.said_by, pair.said_at = Said.BY_UNION, "Cùng nhóm.", make_user(), IN_TIME
    pair.save()
    return pair


def make_held():
    return make_complaint(make_initiative())


def make_attached():
    """A file that was sent with an objection."""
    return make_objection(files=[io.BytesIO(a_picture())]).complaint.files.get()


def make_hearing():
    values = {"held_on": IN_TIME.date(), "heard": "Nguyễn Thị Hoà, tác giả", "said": "Tôi làm từ tháng 2."}
    return Hearing.objects.create(complaint=make_held(), **values, recorded_by=make_user(), recorded_at=IN_TIME)


def copy_of(row, **changes):
    """A second row like this one, not stored."""
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


# Each constraint → what makes a good row, and values any of which makes it a bad one.
