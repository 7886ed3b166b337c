"""Change what a dossier that is still being prepared says: the letter's details, an entry's summary."""

from django.core.exceptions import ValidationError
from django.db import transaction

from dossiers.quota import STALE, lock, refuse_unless_open, touch
from initiatives.changing import refuse_forgotten
from record.writing import changes, write

LETTER_DETAILS = ["letter_number", "letter_date", "signer"]
SUMMARY = ["authors", "birth_years", "position", "block", "title", "field", "summary", "practised", "effect"]


def refuse_stale(dossier, version):
    if dossier.version != version:
        raise ValidationError(STALE, code="stale")


@transaction.atomic
def describe_letter(dossier, details, *, by, version):
    """Keep the letter's number, date and signer (a dict with the names of LETTER_DETAILS)."""
    dossier = lock(dossier)
    refuse_unless_open(dossier)
    refuse_stale(dossier, version)
    before, after = changes(dossier, {name: details[name] for name in LETTER_DETAILS})
    if after:
        for name, value in after.items():
            setattr(dossier, name, value)
        dossier.version += 1
        dossier.save(update_fields=[*after, "version"])
        write(dossier, "letter_described", by=by, before=before, after=after)
    return dossier


@transaction.atomic
def describe_entry(entry, texts, *, by, version):
    """Keep an entry's texts for the summary table (a dict with the names of SUMMARY)."""
    dossier = lock(entry.dossier)
    refuse_unless_open(dossier)
    refuse_stale(dossier, version)
    entry = dossier.entries.standing().filter(pk=entry.pk).first()
    if entry is None:
        raise ValidationError("Sáng kiến này không còn trong hồ sơ.", code="entry_gone")
    refuse_forgotten(entry.initiative)
    before, after = changes(entry, {name: texts[name] for name in SUMMARY})
    if after:
        for name, value in after.items():
            setattr(entry, name, value)
        entry.save(update_fields=list(after))
        touch(dossier)
        write(entry, "described", by=by, before=before, after=after)
    return entry
