"""Who changed a dossier last, for those who have it open at the same time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from record.models import Event


@dataclass(frozen=True)
class LastChange:
    by: str
    at: datetime


def last_change(dossier):
    """Return the LastChange of a dossier or of an entry that is or was in it; None before there is any."""
    entries = list(dossier.entries.values_list("pk", flat=True))
    events = Event.objects.filter(
        Q(subject_kind="dossier", subject_id=dossier.pk) | Q(subject_kind="dossierentry", subject_id__in=entries)
    )
    event = events.order_by("-pk").first()
    return event and LastChange(event.by_name, event.at)


def newer_texts(form, stored):
    """Return [(label, what is stored now, what was typed)] where a refused form's fields differ from the stored row."""
    newer = []
    for name, field in form.fields.items():
        mine = form.data.get(form.add_prefix(name), "")
        theirs = getattr(stored, name)
        theirs = f"{theirs:%d/%m/%Y}" if isinstance(theirs, date) else theirs or ""
        if theirs != mine.replace("\r\n", "\n").strip():
            newer.append((field.label, shown(field, theirs), shown(field, mine)))
    return newer


def shown(field, value):
    """Return a value as people read it: the words of a choice."""
    return dict(getattr(field, "choices", ())).get(value, value)
