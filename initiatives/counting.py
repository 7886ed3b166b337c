"""Count initiatives for the statistics, by union: the work of the queue, never of a request (R18).

The database notes each initiative more or less in `Uncounted`, in the transaction that makes it so (`triggers.py`).
`count_changes` adds what waits there to the numbers in `Counted`; `recount` makes them anew from the initiatives.
"""

import logging
import time

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from config import clock
from initiatives.choices import Status
from initiatives.counting_models import Counted, Counting, Uncounted
from initiatives.models import Initiative

log = logging.getLogger(__name__)

HERE = get_default_timezone()
# What an initiative adds to: its values in this order.
PARTS = ("status", "day", "field", "block", "mapped")
NOT_STANDING = {Status.WITHDRAWN, Status.REJECTED}
COUNTED_TOGETHER = 10_000
# Letters wait as long in the same queue.
COUNT_SECONDS = 20
STORED_TOGETHER = 500
REMOVED_TOGETHER = 1000

WHERE = ["campaign_id", "top_id", "branch_id", "unit_id"]
WHAT = ["field", "block", "status"]
CHANGE = [*WHERE, "arrived_at", *WHAT, "number"]


def nothing():
    """Return the numbers of a union that nothing came from."""
    return {part: {} for part in PARTS}


def counted(changes):
    """Return {(campaign, union): numbers} of changes in the order of CHANGE, days as text instead of `arrived_at`.

    What is not standing counts by status only; "mapped" tells whether its branch is known.
    """
    found = {}
    for campaign, top, branch, unit, day, field, block, status, number in changes:
        mapped = "no" if branch is None else "yes"
        values = (status,) if status in NOT_STANDING else (status, day, field, block, mapped)
        for union in {top, branch, unit} - {None}:
            counts = found.get((campaign, union)) or found.setdefault((campaign, union), nothing())
            for part, value in zip(PARTS, values, strict=False):
                counts[part][value] = counts[part].get(value, 0) + number
    return found


def with_days(changes):
    """Return changes as `counted` wants them."""
    return [(*change[:4], change[4].astimezone(HERE).date().isoformat(), *change[5:]) for change in changes]


def summed(several):
    """Return the sum of the numbers of several unions, or of one union and what came since, without zeros."""
    result = nothing()
    for counts in several:
        for part, numbers in counts.items():
            for value, number in numbers.items():
                result[part][value] = result[part].get(value, 0) + number
    return {part: {value: n for value, n in sorted(numbers.items()) if n} for part, numbers in result.items()}


def standing(counts):
    """Return how many stand: neither withdrawn nor rejected."""
    return sum(number for status, number in counts["status"].items() if status not in NOT_STANDING)


# --- Storing ------------------------------------------------------------------------------------


def lock():
    """Return the Counting, its row locked: one counts at a time."""
    Counting.objects.get_or_create(pk=1)
    return Counting.objects.select_for_update(no_key=True).get(pk=1)


def count_changes():
    """Add to the numbers all that has changed; return how many changes. Run by the queue each minute."""
    if Counting.objects.filter(pk=1, number=0).exists():
        recount()
    ends_at, number, taken = time.monotonic() + COUNT_SECONDS, 0, COUNTED_TOGETHER
    while taken == COUNTED_TOGETHER and time.monotonic() < ends_at:
        taken = count_some()
        number += taken
    return number


@transaction.atomic
def count_some():
    """Add COUNTED_TOGETHER changes at most; when no more wait, all up to now is counted."""
    state, now = lock(), clock.now()
    changes = take()
    found = counted(with_days(changes))
    stored = {key: one.counts for one in stored_of(found) if (key := (one.campaign_id, one.union_id)) in found}
    store({key: summed([stored.get(key, {}), more]) for key, more in found.items()})
    state.number += 1
    if len(changes) < COUNTED_TOGETHER:
        state.counted_at = now
    state.save()
    return len(changes)


def take():
    """Remove some changes, whichever are committed, and return them: what comes meanwhile waits for the next time."""
    rows = list(Uncounted.objects.values_list("pk", *CHANGE)[:COUNTED_TOGETHER])
    for start in range(0, len(rows), REMOVED_TOGETHER):
        Uncounted.objects.filter(pk__in=[row[0] for row in rows[start : start + REMOVED_TOGETHER]]).delete()
    return [row[1:] for row in rows]


def stored_of(keys):
    campaigns, unions = ({key[at] for key in keys} for at in (0, 1))
    return Counted.objects.filter(campaign__in=campaigns, union__in=unions)


def store(found):
    """Store {(campaign, union): numbers} in place of those that were there."""
    Counted.objects.bulk_create(
        [Counted(campaign_id=campaign, union_id=union, counts=counts) for (campaign, union), counts in found.items()],
        batch_size=STORED_TOGETHER,
        update_conflicts=True,
        unique_fields=["campaign", "union"],
        update_fields=["counts"],
    )


# --- Counting anew ------------------------------------------------------------------------------


def recount(*, alone=False):
    """Count all initiatives anew and put right what differs; return how many unions' numbers did. A daily task.

    Senders go on meanwhile: the initiatives and what is still to be counted of them are read in one statement, so that
    what comes during it is in neither. Who keeps everybody from writing initiatives says `alone`: then nothing waits.
    """
    with transaction.atomic():
        state = lock()
        if alone:
            Uncounted.objects.all().delete()
            state.counted_at = clock.now()
        found = {key: summed([more]) for key, more in counted(kinds()).items()}
        stored = {(one.campaign_id, one.union_id): one.counts for one in Counted.objects.iterator()}
        right = {key: found.get(key, nothing()) for key in {*found, *stored}}
        wrong = {key: counts for key, counts in right.items() if counts != stored.get(key, nothing())}
        if wrong and state.number and not alone:
            log.error("the numbers of %d unions differed from a recount and were put right", len(wrong))
        store(wrong)
        state.number += 1
        state.save()
    return len(wrong)


def kinds():
    """Yield what `counted` takes, for all initiatives but the changes that wait, alike ones together."""
    names = [*WHERE, "day", *WHAT]
    rows = Initiative.objects.order_by().annotate(day=TruncDate("arrived_at")).values_list(*names)
    waiting = Uncounted.objects.order_by().annotate(day=TruncDate("arrived_at")).values_list(*names)
    both = rows.annotate(times=Count("pk")).union(waiting.annotate(times=-Sum("number")), all=True)
    for *where, day, field, block, status, times in both.iterator():
        yield (*where, day.isoformat(), field, block, status, times)
