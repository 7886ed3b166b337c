"""What is watched of letters. All is read from the index of what waits, or from a stretch of the newest."""

from django.utils import timezone

from config.metrics import Gauge
from outbox.limits import LATE, MOST_COUNTED
from outbox.models import Message


def waiting():
    """Return how many letters are due; of very many only that they are."""
    return Message.objects.due()[:MOST_COUNTED].count()


def failing():
    """Return how many of the letters that wait could not be sent at least once."""
    first = Message.objects.waiting().order_by("next_try_at").values_list("tries", flat=True)[:MOST_COUNTED]
    return sum(tries > 0 for tries in first)


def given_up():
    """Return how many of the newest letters will not be tried again."""
    newest = Message.objects.order_by("-pk").values_list("given_up_at", flat=True)[:MOST_COUNTED]
    return sum(moment is not None for moment in newest)


def late_seconds():
    """Return for how long the letter is due that has waited longest, in seconds."""
    first = Message.objects.due().order_by("next_try_at").values_list("next_try_at", flat=True).first()
    return (timezone.now() - first).total_seconds() if first else 0


def is_going_out():
    return late_seconds() < LATE.total_seconds()


GAUGES = [
    Gauge("letters_due", "Letters that should have been sent.", waiting),
    Gauge("letters_failing", "Letters that wait after they could not be sent.", failing),
    Gauge("letters_given_up", "Of the newest letters, those that will not be tried again.", given_up),
    Gauge("letters_late_seconds", "How long the letter is due that has waited longest.", late_seconds),
]
WELL = [("mail", is_going_out)]
