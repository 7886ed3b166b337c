"""Whether the queue is alive, told from what it leaves in its own tables: each minute something is due."""

from django.db.models import Max, Min
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

# The longest task takes five minutes (Q_CLUSTER), and then others have their turn.
SILENT_SECONDS = 600


def silent_seconds():
    """Return how long ago the queue finished something, in seconds; 0 where nothing is scheduled.

    One that never ran is silent since what was due first.
    """
    due = Schedule.objects.aggregate(first=Min("next_run"))["first"]
    if due is None:
        return 0
    last = Task.objects.aggregate(last=Max("stopped"))["last"] or due
    return max(0, (timezone.now() - last).total_seconds())


def waiting():
    """Return how many tasks wait to be begun, or are at work."""
    return OrmQ.objects.count()


def is_alive():
    return silent_seconds() < SILENT_SECONDS
