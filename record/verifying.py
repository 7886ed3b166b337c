"""Find what does not fit in the record's chains."""

from record.models import Event


def broken_links():
    """Yield (event, what is wrong) for each event whose number, chain or content does not hold."""
    forgotten = set(Event.objects.filter(deed="anonymised").values_list("subject_kind", "subject_id"))
    last = None
    events = Event.objects.order_by("subject_kind", "subject_id", "number").select_related("personal")
    for event in events.iterator(chunk_size=2000):
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
        elif lost_values(event) and (event.subject_kind, event.subject_id) not in forgotten:
            yield event, "its personal values are missing"
        last = event


def lost_values(event):
    return event.personal_digest and not hasattr(event, "personal")
