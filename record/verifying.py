"""Find what does not fit on the record: in its chains, behind its seals, in what was promised to stay as it was."""

from django.db.models import Q

from config.declared import declared
from record.limits import READ_AT_ONCE
from record.models import Event, Seal
from record.sealing import BEFORE_ALL, content_between


def broken_links(events=None):
    """Yield (event, what is wrong) for each event whose number, chain or content does not hold.

    `events` come chain by chain, each in the order of its numbers; left out, all there are.
    """
    last = None
    for event in every_event() if events is None else events:
        is_next = last and (last.subject_kind, last.subject_id) == (event.subject_kind, event.subject_id)
        expected_number, expected_digest = (last.number + 1, last.digest) if is_next else (1, "")
        if event.number != expected_number:
            yield event, "an event before it is missing"
        elif event.previous_digest != expected_digest:
            yield event, "it does not continue the event before it"
        elif event.digest != event.computed_digest():
            yield event, "its content was changed"
        elif hasattr(event, "personal") and event.personal.digest() != event.personal_digest:
            yield event, "its personal values were changed"
        elif lost_values(event) and not was_forgotten(event):
            yield event, "its personal values are missing"
        last = event


def lost_values(event):
    return event.personal_digest and not hasattr(event, "personal")


def was_forgotten(event):
    chain = Event.objects.filter(subject_kind=event.subject_kind, subject_id=event.subject_id)
    return chain.filter(deed="anonymised").exists()


def every_event():
    """Yield all events chain by chain, read by key: neither memory nor a cursor grows with the record."""
    kinds = Event.objects.order_by("subject_kind").values_list("subject_kind", flat=True)
    kind = kinds.first()
    while kind is not None:
        yield from by_chain(Event.objects.filter(subject_kind=kind))
        kind = kinds.filter(subject_kind__gt=kind).first()


def by_chain(events):
    """Yield events of one kind of subject, chain by chain."""
    events = events.select_related("personal").order_by("subject_id", "number")
    chunk = list(events[:READ_AT_ONCE])
    while chunk:
        yield from chunk
        subject, number = chunk[-1].subject_id, chunk[-1].number
        behind = Q(subject_id__gt=subject) | Q(subject_id=subject, number__gt=number)
        chunk = list(events.filter(behind, subject_id__gte=subject)[:READ_AT_ONCE])


def broken_seals():
    """Yield (seal, what is wrong) for each seal that is not the next one, or behind which other events stand now."""
    last = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=READ_AT_ONCE):
        number, before, begins, sealed = (
            (last.number, last.digest, last.last_event, last.events) if last else (0, "", BEFORE_ALL, 0)
        )
        count, digest = content_between(begins, seal.last_event)
        if seal.number != number + 1:
            yield seal, "a seal before it is missing"
        elif seal.previous_digest != before or seal.digest != seal.computed_digest():
            yield seal, "the seal itself was changed"
        elif count != seal.events - sealed:
            where = f"up to event {seal.last_event}"
            yield seal, f"it was put on {seal.events - sealed} new events, now there are {count} ({where})"
        elif digest != seal.content_digest:
            yield seal, f"an event was changed or exchanged (up to event {seal.last_event})"
        last = seal


def differs_from_kept(kept):
    """Return what is wrong with seals that people kept outside, as {number: short form}; "" where nothing is."""
    for number, short in kept.items():
        found = Seal.objects.filter(number=number).first()
        if found is None:
            return f"seal {number}, kept outside, is not here"
        if found.short.replace(" ", "") != short.replace(" ", "").upper():
            return f"seal {number} reads {found.short}, outside it was kept as {short}"
    return ""


def broken_contents(**narrowed):
    """Yield (what, what is wrong with it) of all that is frozen: what the CHECKS in each app's `frozen.py` find."""
    for check in declared("frozen", "CHECKS"):
        yield from check(**narrowed)
