"""Write to the record. Call it inside the transaction of the deed, with the subject's row locked or just created."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from config import clock
from config.prepared import insert
from record.models import AUTHOR, SYSTEM, Event, PersonalDetail

__all__ = ["AUTHOR", "SYSTEM", "changes", "write", "write_many"]


def write(subject, deed, *, by=None, by_name="", before=None, after=None, reason="", is_first=False):
    """Append what happened to `subject` (R20).

    `before` and `after` are dicts of field names to values; fields named in the subject's `PERSONAL_FIELDS` are kept
    apart. `by` is a user or None; `by_name` says who it was when it was no user. `is_first` spares looking for the
    event before when the subject was created a moment ago.
    """
    last = None if is_first else Event.objects.of(subject).last()
    event, detail = _event(subject, last, deed, by, by_name, before, after, reason)
    insert(event)
    if detail:
        detail.event = event
        detail.save(force_insert=True)
    return event


def write_many(deed, entries, *, by=None, by_name=""):
    """Append what happened to many subjects of one model, with a few statements for all of them (R20).

    `entries` holds (subject, before, after, reason); the rest is as for `write`. Each subject may come once.
    """
    lasts = Event.objects.last_of([subject for subject, *_ in entries])
    pairs = [
        _event(subject, lasts.get(subject.pk), deed, by, by_name, before, after, reason)
        for subject, before, after, reason in entries
    ]
    Event.objects.bulk_create([event for event, _ in pairs])
    details = [(event, detail) for event, detail in pairs if detail]
    for event, detail in details:
        detail.event = event
    PersonalDetail.objects.bulk_create([detail for _, detail in details])


def _event(subject, last, deed, by, by_name, before, after, reason):
    """Return (the event that follows `last`, the personal values beside it or None), not stored yet."""
    event = Event(
        subject_kind=subject._meta.concrete_model._meta.model_name,
        subject_id=subject.pk,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        by=by,
        by_name=by_name or (str(by) if by else SYSTEM),
        deed=deed,
        reason=reason,
        previous_digest=last.digest if last else "",
    )
    personal = getattr(subject, "PERSONAL_FIELDS", frozenset())
    before, after = _plain(before), _plain(after)
    event.before, private_before = _parted(before, personal)
    event.after, private_after = _parted(after, personal)
    detail = None
    if private_before or private_after:
        detail = PersonalDetail(before=private_before, after=private_after)
        event.personal_digest = detail.digest()
    event.digest = event.computed_digest()
    return event, detail


def changes(instance, new_values):
    """Return (before, after) of the fields of `instance` that `new_values` changes."""
    changed = {name: value for name, value in new_values.items() if getattr(instance, name) != value}
    return {name: _key(getattr(instance, name)) for name in changed}, {name: _key(v) for name, v in changed.items()}


def _key(value):
    return value.pk if hasattr(value, "pk") else value


def _plain(values):
    """Return values as they will read when they come back from the database."""
    return json.loads(json.dumps(values or {}, cls=DjangoJSONEncoder))


def _parted(values, personal):
    public = {name: value for name, value in values.items() if name not in personal}
    return public, {name: value for name, value in values.items() if name in personal}
