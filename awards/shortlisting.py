"""Publish a plan's candidates for objections, as a frozen list with its digest (R13, R20).

A corrected list is a new version with a reason; the ones before stay readable.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from awards.candidates import in_the_running, lock_plan
from awards.findings import checked_reason
from awards.letters_about_lists import tell_listed
from awards.limits import SHORTLIST_FEWEST_DAYS, SHORTLIST_MOST_DAYS
from awards.models import Shortlist
from awards.open_lists import ask_anew
from awards.publishing import considered
from config import clock
from config.text import clean, sort_key
from dossiers.models import Dossier, DossierEntry
from initiatives.models import Initiative
from initiatives.querysets import midnight_of
from record.models import canonical
from record.writing import write


@dataclass(frozen=True)
class Draft:
    """A list as it would be published now."""

    content: dict
    version: int
    closes_at: datetime
    reason: str

    @property
    def entries(self):
        return self.content["entries"]

    @cached_property
    def sha256(self):
        return digest_of(self.content)

    @property
    def last_day(self):
        return self.closes_at - timedelta(microseconds=1)

    @property
    def mark(self):
        """Another text as soon as another list, or another version of it, would be published."""
        return f"{self.version}-{self.sha256}"


def draft_of(plan, days, reason=""):
    """Return the Draft of a plan's next list, open for so many whole days after today, never shorter than promised."""
    former = Shortlist.objects.filter(plan=plan).newest_first().first()
    closes_at = midnight_of(clock.today() + timedelta(days=days + 1))
    return Draft(
        content=content_of(plan),
        version=former.version + 1 if former else 1,
        closes_at=max(closes_at, former.closes_at) if former else closes_at,
        reason=clean(reason),
    )


def content_of(plan):
    """Return the list of a plan's candidates in an order that says nothing about them: by union and title."""
    entries = in_the_running(plan).select_related("dossier__union", "initiative")
    ordered = sorted(entries, key=lambda e: (sort_key(e.dossier.union.name), sort_key(e.title), e.pk))
    rows = [frozen(number, entry) for number, entry in enumerate(ordered, start=1)]
    return {"plan": plan.number, "union": plan.union.name, "entries": rows}


def frozen(number, entry):
    """Return what a list says of an entry: no more than the results do."""
    return {
        "number": number,
        "entry": entry.pk,
        "title": entry.title,
        "authors": entry.authors,
        "union": entry.dossier.union.name,
        "field": entry.get_field_display(),
        "workplace": entry.initiative.workplace,
    }


def digest_of(content):
    return hashlib.sha256(canonical(content)).hexdigest()


@transaction.atomic
def publish_shortlist(plan, days, *, by, reason="", seen=None):
    """Publish the next list of a plan and tell the authors; `seen` is the mark of the list that was looked at.

    Raises ValidationError: `published`, `list_changed`, `nothing_listed`, `days_out_of_range`, `reason_missing`,
    `reason_too_long`.
    """
    plan = lock_plan(plan)
    former = Shortlist.objects.filter(plan=plan).newest_first().first()
    lock_listed(plan, former)
    draft = draft_of(plan, days, reason)
    if seen is not None and seen != draft.mark:
        raise ValidationError("Danh sách vừa thay đổi. Hãy xem lại rồi công bố.", code="list_changed")
    refuse_unless_ready(draft, days)
    shortlist = Shortlist.objects.create(
        plan=plan,
        version=draft.version,
        reason=draft.reason if former else "",
        content=draft.content,
        sha256=draft.sha256,
        published_at=clock.now(),
        published_by=by,
        closes_at=draft.closes_at,
    )
    after = {"version": draft.version, "sha256": draft.sha256, "closes_at": draft.closes_at}
    write(plan, "shortlist_published", by=by, after=after, reason=shortlist.reason)
    tell_listed(shortlist, former, by=by)
    ask_anew(plan.campaign_id)
    return shortlist


def refuse_unless_ready(draft, days):
    if not draft.entries:
        raise ValidationError("Chưa có hồ sơ hợp lệ nào nên chưa có gì để công bố.", code="nothing_listed")
    if not SHORTLIST_FEWEST_DAYS <= days <= SHORTLIST_MOST_DAYS:
        raise ValidationError(
            f"Thời gian lấy ý kiến từ {SHORTLIST_FEWEST_DAYS} đến {SHORTLIST_MOST_DAYS} ngày.",
            code="days_out_of_range",
        )
    if draft.version > 1:
        checked_reason(draft.reason)


def lock_listed(plan, former):
    """Lock a plan's dossiers, then the initiatives of this list and the one before, in the order of their keys."""
    list(Dossier.objects.select_for_update(no_key=True).filter(plan=plan).order_by("pk"))
    before = [row["entry"] for row in former.entries] if former else []
    listed = DossierEntry.objects.filter(Q(pk__in=considered(plan)) | Q(pk__in=before))
    initiatives = Initiative.objects.filter(pk__in=listed.values("initiative")).order_by("pk")
    list(initiatives.select_for_update(no_key=True))
