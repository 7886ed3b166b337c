"""What a union and those below it sent: in all, by state, and in the last seven days against the seven before."""

from datetime import timedelta

from django.utils.timezone import localdate

from accounts.models import Union
from config import clock
from initiatives.counting import standing
from initiatives.limits import UNIONS_ON_DESK
from initiatives.models import Status
from initiatives.statistics import kept, numbers_of

WEEK = timedelta(days=7)


def figures_of_union(union, campaign):
    """Return the figures of a union in a campaign as plain values, a minute or two old."""
    return kept(f"desk-{campaign.pk}-{union.pk}", lambda: read_of_union(union, campaign))


def read_of_union(union, campaign):
    """Put a union's figures together; withdrawn and rejected ones count by state only."""
    below = list(Union.objects.filter(parent=union))
    numbers, counted_at = numbers_of(campaign, [union, *below])
    rows = [{"code": one.code, "name": one.name, **of_weeks(numbers[one.pk])} for one in below]
    rows.sort(key=lambda row: (-row["recent"], -row["total"], row["code"]))
    return {
        "counted_at": counted_at,
        "by_status": dict.fromkeys(Status.values, 0) | numbers[union.pk]["status"],
        **of_weeks(numbers[union.pk]),
        "below": [row for row in rows if row["total"]][:UNIONS_ON_DESK],
    }


def of_weeks(numbers):
    """Return how many stand: in all, from the last seven days, today's included, and from the seven before."""
    today = localdate(clock.now())
    week, weeks = ((today - number * WEEK).isoformat() for number in (1, 2))
    return {
        "total": standing(numbers),
        "recent": sum(number for day, number in numbers["day"].items() if day > week),
        "before": sum(number for day, number in numbers["day"].items() if weeks < day <= week),
    }
