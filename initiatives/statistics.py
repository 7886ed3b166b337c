"""Figures of a campaign and of its top unions, at most a minute old (R18). Withdrawn and rejected do not count.

`figures_of` and `figures_of_top` are the only doors: pages, pictures and data all show what these return.
"""

from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from accounts.models import Level, Union
from config import clock
from initiatives.models import Block, Field, Initiative

KEPT_SECONDS = 60


def figures_of(campaign):
    """Return the campaign's figures as plain values: what `thong-ke.json` shows."""
    return kept(f"figures-{campaign.pk}", lambda: counted(campaign))


def figures_of_top(campaign, top):
    """Return the figures of a top union in a campaign as plain values, its branches by their number."""
    return kept(f"figures-{campaign.pk}-{top.pk}", lambda: counted_of_top(campaign, top))


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


def counted(campaign):
    """Count a campaign's figures from the rows."""
    rows = Initiative.objects.filter(campaign=campaign).standing().order_by()
    found = list(rows.values("top").annotate(n=Count("pk"), mapped=Count("branch")))
    by_top = {row["top"]: row["n"] for row in found}
    tops = [
        {
            "code": top.code,
            "name": top.plain_name,
            "union": top.name,
            "short_name": top.short_name,
            "is_sector": top.is_sector,
            "count": by_top.get(top.pk, 0),
        }
        for top in Union.objects.filter(level=Level.TOP)
        if top.is_active or top.pk in by_top
    ]
    return {
        "total": sum(by_top.values()),
        "target": campaign.target,
        **counted_parts(rows),
        "unmapped": sum(row["n"] - row["mapped"] for row in found),
        "by_top": sorted(tops, key=lambda top: (-top["count"], top["code"])),
    }


def counted_of_top(campaign, top):
    """Count a top union's figures from the rows."""
    rows = Initiative.objects.filter(campaign=campaign).standing().under(top).order_by()
    by_branch = counts(rows, "branch")
    branches = [
        {"code": union.code, "name": union.name, "count": by_branch.get(union.pk, 0)}
        for union in Union.objects.filter(parent=top)
        if union.is_active or union.pk in by_branch
    ]
    return {
        "code": top.code,
        "name": top.plain_name,
        "union": top.name,
        "total": sum(by_branch.values()),
        **counted_parts(rows),
        "unmapped": by_branch.get(None, 0),
        "by_branch": sorted(branches, key=lambda branch: (-branch["count"], branch["code"])),
    }


def counted_parts(rows):
    days = counts(rows.annotate(day=TruncDate("arrived_at")), "day")
    by_day = [{"day": day.isoformat(), "count": count} for day, count in sorted(days.items())]
    return {
        "counted_at": clock.now().isoformat(timespec="seconds"),
        "by_day": by_day,
        "peak": peak_of(by_day),
        "by_field": parts(rows, "field", Field),
        "by_block": parts(rows, "block", Block),
    }


def counts(rows, name):
    return {row[name]: row["n"] for row in rows.values(name).annotate(n=Count("pk"))}


def parts(rows, name, choices):
    found = counts(rows, name)
    return [{"code": code, "name": label, "count": found.get(code, 0)} for code, label in choices.choices]


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
