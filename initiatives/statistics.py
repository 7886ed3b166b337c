"""Figures of a campaign, at most a minute old (R18). Withdrawn and rejected initiatives do not count."""

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count
from django.db.models.functions import TruncDate

from accounts.models import Union
from config import clock
from initiatives.models import Block, Field, Initiative

KEPT_SECONDS = 60


def figures_of(campaign):
    """Return the campaign's figures as plain values: what `thong-ke.json` shows."""
    key = f"figures-{campaign.pk}"
    try:
        return cache.get_or_set(key, lambda: counted(campaign), KEPT_SECONDS)
    except DatabaseError:
        raise
    except Exception:  # a cache that is away, each in its own way, must not take the page with it
        return counted(campaign)


def counted(campaign):
    """Count the figures from the rows."""
    rows = Initiative.objects.filter(campaign=campaign).standing().order_by()
    by_top = {row["top"]: row["n"] for row in rows.values("top").annotate(n=Count("pk"))}
    tops = [
        {"code": top.code, "name": top.plain_name, "is_sector": top.is_sector, "count": by_top.get(top.pk, 0)}
        for top in Union.objects.tops()
    ]
    days = rows.annotate(day=TruncDate("arrived_at")).values("day").annotate(n=Count("pk")).order_by("day")
    return {
        "total": sum(by_top.values()),
        "target": campaign.target,
        "counted_at": clock.now().isoformat(timespec="seconds"),
        "by_day": [{"day": row["day"].isoformat(), "count": row["n"]} for row in days],
        "by_field": parts(rows, "field", Field),
        "by_block": parts(rows, "block", Block),
        "by_top": sorted(tops, key=lambda top: (-top["count"], top["code"])),
    }


def parts(rows, name, choices):
    counts = {row[name]: row["n"] for row in rows.values(name).annotate(n=Count("pk"))}
    return [{"code": code, "name": label, "count": counts.get(code, 0)} for code, label in choices.choices]
