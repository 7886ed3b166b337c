"""Carry out an author's request to be forgotten (R19): the initiative and every copy of it in a dossier, at once."""

from django.core.exceptions import ValidationError
from django.db import transaction

from dossiers.models import Dossier, DossierEntry
from dossiers.quota import touch
from dossiers.summary_table import COLUMNS
from initiatives.forgetting import anonymise, open_locked
from initiatives.personal import FORGOTTEN_NAME
from record.forgetting import forget

CODE_COLUMN = COLUMNS[-1].header


@transaction.atomic
def carry_out(request, *, by, aware=True):
    """Remove what is personal, for good. What was filed on paper and as a table stays filed (docs/decisions/0007).

    Raises ValidationError: `not_aware`, `already_answered`, `stale`.
    """
    if not aware:
        raise ValidationError("Chưa xóa. Hãy đánh dấu “Tôi hiểu là không khôi phục được”.", code="not_aware")
    dossiers = Dossier.objects.select_for_update(of=("self",), no_key=True).filter(
        entries__initiative=request.initiative_id
    )
    dossiers = {dossier.pk: dossier for dossier in dossiers.order_by("pk")}
    request = open_locked(request)
    for entry in copies_of(request.initiative, dossiers):
        blank(entry, by=by)
    for dossier in dossiers.values():
        touch(dossier)
    anonymise(request, by=by)
    return request


def copies_of(initiative, dossiers):
    """Return the entries of an initiative; refuse (`stale`) when one came into a dossier that is not locked."""
    entries = list(initiative.entries.all())
    if {entry.dossier_id for entry in entries} != dossiers.keys():
        raise ValidationError("Sáng kiến vừa được đưa vào một hồ sơ. Hãy xem lại rồi bấm lần nữa.", code="stale")
    return entries


def blank(entry, *, by):
    entry.authors, entry.birth_years, entry.position = FORGOTTEN_NAME, "", entry.initiative.workplace
    entry.save(update_fields=["authors", "birth_years", "position"])
    forget(entry, by=by)


def shown_rows(filing):
    """Return the rows of a filed table as pages show them: without the names that the filed file still holds."""
    columns, rows = filing.content["columns"], filing.content["entries"]
    forgotten = filing.dossier.entries.exclude(initiative__anonymised_at=None).select_related("initiative")
    forgotten = {entry.initiative.shown_code: entry for entry in forgotten}
    personal = {c.header: c.value for c in COLUMNS if c.field in DossierEntry.PERSONAL_FIELDS}

    def shown(row):
        entry = forgotten.get(dict(zip(columns, row, strict=False)).get(CODE_COLUMN))
        if entry is None:
            return row
        return [personal[c](entry) if c in personal else text for c, text in zip(columns, row, strict=False)]

    return [shown(row) for row in rows]
