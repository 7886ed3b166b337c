"""Figures of a campaign and of its top unions, a minute or two old (R18). Withdrawn and rejected do not count.

`figures_of` and `figures_of_top` are the only doors: pages, pictures and data all show what these return. They read
what `initiatives/counting.py` counts in the background, and never count initiatives themselves.
"""

from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError
from django.utils.timezone import localdate, localtime

from accounts.models import Level, Union
from config import clock
from initiatives.counting import CHANGE, counted, nothing, standing, summed, with_days
from initiatives.counting_models import Counted, Counting, Uncounted
from initiatives.limits import UNCOUNTED_READ
from initiatives.models import Block, Field

KEPT_SECONDS = 60


def figures_of(campaign):
    """Return the campaign's figures as plain values: what `thong-ke.json` shows."""
    return kept(f"figures-{campaign.pk}", lambda: read(campaign))


def figures_of_top(campaign, top):
    """Return the figures of a top union in a campaign as plain values, its branches by their number."""
    return kept(f"figures-{campaign.pk}-{top.pk}", lambda: read_of_top(campaign, top))


def kept(key, make):
    """Return what the cache holds under a key for a minute, made anew when it holds nothing."""
    try:
        return cache.get_or_set(key, make, KEPT_SECONDS)
    except DatabaseError:
        raise
    except Exception:  # a cache that is away, each in its own way, must not take the page with it
        return make()


def seconds_left(figures):
    """Return how long these figures may still be shown, in whole seconds."""
    age = clock.now() - datetime.fromisoformat(figures["counted_at"])
    return max(0, KEPT_SECONDS - int(age.total_seconds()) - 1)


def numbers_of(campaign, unions):
    """Return ({key: numbers} of these unions and all below them, the moment up to which all is counted).

    While few changes wait for the queue they are added at once: a quiet site shows each sending.
    """
    while True:
        now, before = clock.now(), counting()
        stored = Counted.objects.filter(campaign=campaign, union__in=[union.pk for union in unions])
        found = {union.pk: nothing() for union in unions} | {row.union_id: row.counts for row in stored}
        waiting = list(Uncounted.objects.values_list(*CHANGE)[: UNCOUNTED_READ + 1])
        if counting().number == before.number:
            break  # otherwise somebody counted between the two, and they do not fit together
    if len(waiting) > UNCOUNTED_READ or before.is_due:
        return found, before.counted_at or min(now, campaign.opens_at)
    more = counted(with_days(waiting))
    for union in unions:
        if (campaign.pk, union.pk) in more:
            found[union.pk] = summed([found[union.pk], more[campaign.pk, union.pk]])
    return found, now


def counting():
    return Counting.objects.filter(pk=1).first() or Counting()


def read(campaign):
    """Put a campaign's figures together."""
    tops = list(Union.objects.filter(level=Level.TOP))
    numbers, counted_at = numbers_of(campaign, tops)
    counts = {top.pk: standing(numbers[top.pk]) for top in tops}
    rows = [
        {
            "code": top.code,
            "name": top.plain_name,
            "union": top.name,
            "short_name": top.short_name,
            "is_sector": top.is_sector,
            "count": counts[top.pk],
        }
        for top in tops
        if top.is_active or counts[top.pk]
    ]
    return {
        "total": sum(counts.values()),
        "target": campaign.target,
        **parts_of(summed(numbers.values()), counted_at),
        "by_top": sorted(rows, key=lambda row: (-row["count"], row["code"])),
    }


def read_of_top(campaign, top):
    """Put a top union's figures together."""
    branches = list(Union.objects.filter(parent=top))
    numbers, counted_at = numbers_of(campaign, [top, *branches])
    counts = {branch.pk: standing(numbers[branch.pk]) for branch in branches}
    rows = [
        {"code": branch.code, "name": branch.name, "count": counts[branch.pk]}
        for branch in branches
        if branch.is_active or counts[branch.pk]
    ]
    return {
        "code": top.code,
        "name": top.plain_name,
        "union": top.name,
        "total": standing(numbers[top.pk]),
        **parts_of(numbers[top.pk], counted_at),
        "by_branch": sorted(rows, key=lambda row: (-row["count"], row["code"])),
    }


def parts_of(numbers, counted_at):
    by_day = [{"day": day, "count": count} for day, count in sorted(numbers["day"].items())]
    return {
        "counted_at": localtime(counted_at).isoformat(timespec="seconds"),
        "by_day": by_day,
        "peak": peak_of(by_day),
        "by_field": named(numbers["field"], Field),
        "by_block": named(numbers["block"], Block),
        "unmapped": numbers["mapped"].get("no", 0),
    }


def named(numbers, choices):
    return [{"code": code, "name": label, "count": numbers.get(code, 0)} for code, label in choices.choices]


def peak_of(by_day):
    """Return the shortest run of days that holds at least half of all: of equally short ones the fullest, then the
    first. None where there is nothing."""
    total = sum(row["count"] for row in by_day)
    runs, start, held = [], 0, 0
    for row in by_day:
        held += row["count"]
        while 2 * (held - by_day[start]["count"]) >= total:
            held -= by_day[start]["count"]
            start += 1
        if 2 * held >= total:
            first, last = by_day[start]["day"], row["day"]
            days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            runs.append((days, -held, first, last))
    if not runs:
        return None
    days, held, first, last = min(runs)
    return {"first": first, "last": last, "days": days, "count": -held}


def every_day(figures, campaign):
    """Return [(day, count)] without gaps, from the campaign's opening to its last day or to when it was counted."""
    found = {date.fromisoformat(row["day"]): row["count"] for row in figures["by_day"]}
    until = min(localdate(campaign.last_day), localdate(datetime.fromisoformat(figures["counted_at"])))
    first = min([localdate(campaign.opens_at), *found])
    last = max([first, until, *found])
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day, found.get(day, 0)) for day in days]
