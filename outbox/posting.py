"""Put a letter into the outbox. It goes out only if the transaction around it is committed."""

from datetime import timedelta

from django.utils import timezone

from config.text import clean, clean_line
from outbox.models import Message


def post(kind, about, recipient, subject, body, attachments=()):
    """Write one letter, once for (kind, about, recipient).

    `attachments` is a list of (file name, path in the default storage). Line breaks in the subject become spaces, so
    that nothing typed by a user can add a header.
    """
    content = {**text_of(subject, body), "attachments": [list(pair) for pair in attachments]}
    return Message.objects.get_or_create(kind=kind, about=about, recipient=recipient, defaults=content)[0]


def post_new(letters):
    """Write many letters about things that are new, (kind, about, recipient, subject, body) each."""
    messages = (
        Message(kind=kind, about=about, recipient=recipient, **text_of(subject, body))
        for kind, about, recipient, subject, body in letters
    )
    Message.objects.bulk_create(messages, batch_size=500)


def post_many(kind, letters, *, wait=timedelta(0)):
    """Write many letters of (about, recipient, subject, body) with one statement, each once as by `post`.

    None is sent before the time to wait is over.
    """
    due = timezone.now() + wait
    messages = (
        Message(kind=kind, about=about, recipient=recipient, next_try_at=due, **text_of(subject, body))
        for about, recipient, subject, body in letters
    )
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def text_of(subject, body):
    return {"subject": clean_line(subject)[:250], "body": clean(body)}
