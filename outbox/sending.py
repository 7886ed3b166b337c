"""Send what is due, one commit a letter. Run by the queue each minute; a killed run is repaired by the next one."""

import time

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from outbox.limits import FIRST_PAUSE, LONGEST_PAUSE, LONGEST_RUN_SECONDS, MOST_IN_ONE_RUN, MOST_TRIES
from outbox.models import Message


def send_due():
    """Try due letters, each once, as many as the time allows. Returns how many were sent."""
    keys = Message.objects.due().order_by("next_try_at").values_list("pk", flat=True)[:MOST_IN_ONE_RUN]
    ends_at, sent = time.monotonic() + LONGEST_RUN_SECONDS, 0
    for key in list(keys):
        sent += send_one(key)
        if time.monotonic() > ends_at:
            break
    return sent


@transaction.atomic
def send_one(key):
    """Send one letter that is still due; a second sender passes it by. Returns whether it was sent."""
    skip = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    message = Message.objects.due().select_for_update(**skip).filter(pk=key).first()
    if message is None:
        return False
    message.tries += 1
    try:
        email_of(message).send()
    except Exception as error:  # Whatever a mail server or file system does wrong: the letter waits, others go on.
        message.last_error = f"{type(error).__name__}: {error}"
        if message.tries >= MOST_TRIES:
            message.given_up_at = timezone.now()
        message.next_try_at = timezone.now() + pause_after(message.tries)
    else:
        message.sent_at, message.last_error = timezone.now(), ""
    message.save()
    return message.sent_at is not None


def pause_after(tries):
    """Return how long to wait after this many failures: doubling, up to a limit."""
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)


def email_of(message):
    """Return the e-mail of a letter. Its Message-ID is fixed, so that a letter sent twice is seen to be one."""
    email = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient],
        headers={"Message-ID": f"<thu-{message.pk}@{settings.ALLOWED_HOSTS[0].strip('[].')}>"},
    )
    for name, path in message.attachments:
        with default_storage.open(path) as file:
            email.attach(name, file.read())
    return email
