"""What a union and those below it sent: in all, by state, and in the last seven days against the seven before."""

from datetime import timedelta

from django.db.models import Count, Q

from accounts.models import Level, Union
from config import clock
from initiatives.limits import UNIONS_ON_DESK
from initiatives.models import Initiative, Status
from initiatives.statistics import counts, kept

WEEK = timedelta(days=7)


def figures_of_union(union, campaign):
    """Return the figures of a union in a campaign as plain values, at most a minute old."""
    return kept(f"desk-{campaign.pk}-{union.pk}", lambda: counted_of_union(union, campaign))


def counted_of_union(union, campaign):
    """Count a union's figures from the rows; withdrawn and rejected ones count by state only."""
    now = clock.now()
    rows = Initiative.objects.filter(campaign=campaign).under(union).order_by()
    sent = (
        rows.standing()
        .values(child_of(union))
        .annotate(
            total=Count("pk"),
            recent=Count("pk", filter=Q(arrived_at__gt=now - WEEK)),
            before=Count("pk", filter=Q(arrived_at__gt=now - 2 * WEEK, arrived_at__lte=now - WEEK)),
        )
    )
    below = sorted(sent, key=lambda row: (-row["recent"], -row["total"], row[child_of(union)] or 0))
    return {
        "by_status": dict.fromkeys(Status.values, 0) | counts(rows, "status"),
        **{name: sum(row[name] for row in below) for name in ("total", "recent", "before")},
        "below": named([row for row in below if row[child_of(union)] not in (None, union.pk)][:UNIONS_ON_DESK], union),
    }


def child_of(union):
    """Return the column that tells which of the unions right below this one an initiative comes from."""
    return "branch" if union.level == Level.TOP else "unit"


def named(rows, union):
    unions = Union.objects.in_bulk([row[child_of(union)] for row in rows])
    return [
        row | {"code": unions[row[child_of(union)]].code, "name": unions[row[child_of(union)]].name} for row in rows
    ]
