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
    return Message.objects.get_or_create(
        kind=kind,
        about=about,
        recipient=recipient,
        defaults={
            "subject": clean_line(subject)[:250],
            "body": clean(body),
            "attachments": [list(pair) for pair in attachments],
        },
    )[0]


def post_many(kind, letters, *, wait=timedelta(0)):
    """Write many letters of (about, recipient, subject, body) with one statement, each once as by `post`.

    None is sent before the time to wait is over.
    """
    due = timezone.now() + wait
    Message.objects.bulk_create(
        [
            Message(
                kind=kind,
                about=about,
                recipient=recipient,
                subject=clean_line(subject)[:250],
                body=clean(body),
                next_try_at=due,
            )
            for about, recipient, subject, body in letters
        ],
        ignore_conflicts=True,
    )
