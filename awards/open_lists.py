"""Whether lists of a campaign lie open for objections: asked whenever the landing page is opened, so kept a minute."""

from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from awards.models import Shortlist
from config import clock
from initiatives.statistics import kept


def is_any_open(campaign):
    """Tell whether some list is open now, of a plan whose decisions are not published."""
    closes_at = kept(key_of(campaign.pk), lambda: last_closing(campaign))
    return bool(closes_at) and clock.now() < datetime.fromisoformat(closes_at)


def ask_anew(campaign_pk):
    """Let the next page look again once this transaction is over; without a cache that answers, it does anyhow."""
    transaction.on_commit(lambda: cache.delete(key_of(campaign_pk)), robust=True)


def key_of(campaign_pk):
    return f"lists-open-{campaign_pk}"


def last_closing(campaign):
    """Return the last moment at which a list is open, as text; empty when there is none."""
    lists = Shortlist.objects.filter(plan__campaign=campaign, plan__publication=None)
    closes_at = lists.aggregate(last=Max("closes_at"))["last"]
    return closes_at.isoformat() if closes_at else ""
