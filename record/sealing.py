"""Seal the record: what is cut off, slipped in or changed behind a seal shows, even at the end of a chain.

A seal takes the events since the one before it in the order of their keys, so it costs what is new and never what is
there. Somebody who can rewrite the whole database can rewrite the seals too: therefore their short form is kept by
people, outside (docs/decisions/0013-seals.md).
"""

import hashlib

from django.db import transaction

from config import clock
from record.canonical import canonical
from record.limits import READ_AT_ONCE, SEALED_AFTER
from record.models import Event, Seal

BEFORE_ALL = -(2**63)
SEALED_FIELDS = ("pk", "subject_kind", "subject_id", "number", "digest")


@transaction.atomic
def seal():
    """Write the next seal over all events that are SEALED_AFTER old, and return it; the queue does so each day."""
    last = Seal.objects.select_for_update(no_key=True).last()
    begins = last.last_event if last else BEFORE_ALL
    ends = max(begins, last_old_enough())
    count, digest = content_between(begins, ends)
    new = Seal(
        number=last.number + 1 if last else 1,
        sealed_at=clock.now(),
        last_event=ends,
        events=count + (last.events if last else 0),
        content_digest=digest,
        previous_digest=last.digest if last else "",
    )
    new.digest = new.computed_digest()
    new.save(force_insert=True)
    return new


def last_old_enough():
    """Return the key of the newest event that may be sealed; 0 where there is none."""
    old = Event.objects.filter(at__lte=clock.now() - SEALED_AFTER).order_by("-pk")
    return old.values_list("pk", flat=True).first() or 0


def content_between(begins, ends):
    """Return (number, digest) of the events behind the key `begins`, up to and with `ends`."""
    count, digest = 0, hashlib.sha256()
    events = Event.objects.filter(pk__lte=ends).order_by("pk").values_list(*SEALED_FIELDS)
    chunk = list(events.filter(pk__gt=begins)[:READ_AT_ONCE])
    while chunk:
        count += len(chunk)
        for row in chunk:
            digest.update(canonical(row) + b"\n")
        chunk = list(events.filter(pk__gt=chunk[-1][0])[:READ_AT_ONCE])
    return count, digest.hexdigest()
