"""A published list as pages show it now: frozen rows, with what has become of them and without forgotten names."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import TextChoices

from awards.candidates import candidates
from awards.models import Shortlist
from config.text import fold
from dossiers.models import DossierEntry, Plan
from initiatives.personal import FORGOTTEN_NAME


class Mark(TextChoices):
    """All that is public about a row beside the row itself: no number, kind or text of any complaint."""

    NONE = "", ""
    CONSIDERED = "CONSIDERED", "Đang được xem xét"
    GONE = "GONE", "Không còn trong danh sách xét chọn"


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    number: int
    entry: int
    title: str
    authors: str
    union: str
    field: str
    workplace: str
    mark: Mark


def rows_of(plan, entries):
    """Return the Rows of a frozen list, or of one that is about to be."""
    standing = dict(candidates(plan).values_list("pk", "is_held"))
    upheld = set(candidates(plan).filter(initiative__complaints__state="UPHELD").values_list("pk", flat=True))
    of_plan = DossierEntry.objects.filter(plan=plan)
    forgotten = set(of_plan.exclude(initiative__anonymised_at=None).values_list("pk", flat=True))

    def row(frozen):
        pk = frozen["entry"]
        mark = Mark.GONE if pk not in standing or pk in upheld else Mark.CONSIDERED if standing[pk] else Mark.NONE
        authors = FORGOTTEN_NAME if pk in forgotten else frozen["authors"]
        return Row(**{**frozen, "authors": authors}, mark=mark)

    return [row(frozen) for frozen in entries]


def found_among(rows, query):
    """Return the rows in which these words stand, however they are spelled."""
    words = fold(query).split()
    texts = [fold(text_of(row)) for row in rows]
    return [row for row, text in zip(rows, texts, strict=True) if all(word in text for word in words)]


def text_of(row):
    return f"{row.title} {row.authors} {row.union} {row.field} {row.workplace}"


def by_union(rows):
    """Return [(union, its rows)] in their order."""
    return [(union, list(group)) for union, group in groupby(rows, key=lambda row: row.union)]


def latest_lists(campaign):
    """Return the plans of a campaign that published a list, each with `shortlist`, the newest one, and `is_decided`."""
    lists = Shortlist.objects.filter(plan__campaign=campaign).defer("content").order_by("version")
    newest = {shortlist.plan_id: shortlist for shortlist in lists}
    plans = Plan.objects.filter(pk__in=newest).select_related("union", "publication").order_by("union__name")
    for plan in plans:
        plan.shortlist, plan.is_decided = newest[plan.pk], is_decided(plan)
    return list(plans)


def is_decided(plan):
    """Whether a plan's decisions are published."""
    return hasattr(plan, "publication")


def listed_entry(plan, entry_pk):
    """Return the newest list of a plan, and the entry with this key that stands on it or stood on an earlier one.

    An earlier one is enough: somebody may still have the form open. Either is None when it is not there.
    """
    lists = list(Shortlist.objects.filter(plan=plan).newest_first())
    if not any(row["entry"] == entry_pk for shortlist in lists for row in shortlist.entries):
        return None, None
    return lists[0], DossierEntry.objects.select_related("initiative", "dossier__union").get(pk=entry_pk)
