"""The list of chosen entries as papers have it, with points and rank where the council marked, and its mark."""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Award, ScoreSheet
from awards.publishing import chosen_entries, mark_of
from awards.ranking import standings
from dossiers.models import DossierEntry

SHOWN, GROUP = 16, 4


@dataclass(frozen=True)
class Line:
    """One entry on a list; `points` and `rank` are texts, empty where nobody marked.

    `reason` tells of a tie, and why people chose it where its rank alone gave it no place (R15).
    """

    number: int
    entry: DossierEntry
    is_nominated: bool
    points: str = ""
    rank: str = ""
    reason: str = ""

    @property
    def honour(self):
        return "Khen thưởng và đề nghị biểu dương" if self.is_nominated else "Khen thưởng"


def lines_of(plan, *, nominated_only=False):
    """Return the Lines of a plan's chosen entries, nominated ones first, as they are published."""
    entries = [entry for entry in chosen_entries([plan]) if entry.is_nominated or not nominated_only]
    ranked, reasons = ranked_of(plan, entries), reasons_of(plan)
    return [
        Line(number, entry, entry.is_nominated, *facts_of(ranked.get(entry.pk), reasons[entry.pk]))
        for number, entry in enumerate(entries, start=1)
    ]


def ranked_of(plan, entries):
    """Return {key of an entry: its Standing} of those that have a rank; without any mark nothing is reckoned."""
    if not ScoreSheet.objects.counting().filter(entry__in=entries).exists():
        return {}
    return {standing.entry.pk: standing for standing in standings(plan) if standing.rank}


def reasons_of(plan):
    """Return {key of an entry: the reasons with which it was chosen, in the order of the kinds of places}."""
    reasons = defaultdict(list)
    chosen = Award.objects.standing().filter(plan=plan).exclude(reason="").order_by("-kind")
    for entry, reason in chosen.values_list("entry", "reason"):
        reasons[entry].append(reason)
    return reasons


def facts_of(standing, reasons):
    """Return points, rank and reason of a Line."""
    written = f"Lý do chọn: {' '.join(reasons)}" if reasons else ""
    if standing is None:
        return "", "", written
    points, rank = shown_average(standing.average), str(standing.rank)
    if standing.is_tied or reasons:
        place = f"{'Đồng hạng' if standing.is_tied else 'Hạng'} {rank}, {points} điểm"
        return points, rank, f"{place}. {written}" if written else place
    return points, rank, ""


def shown_average(average):
    """Return an exact average with two decimals, as papers write it: "86,25"."""
    return f"{float(average):.2f}".replace(".", ",")


def kept_list(plan):
    """Return the list as minutes keep it: without names, so that a person can be forgotten in it (R19)."""
    return [vars(line) | {"entry": line.entry.pk} for line in lines_of(plan)]


def lines_kept(listed):
    """Return the Lines of a list that minutes kept; what their entries say is read afresh."""
    entries = DossierEntry.objects.select_related("dossier__union", "initiative").in_bulk(
        [row["entry"] for row in listed]
    )
    for row in listed:
        entries[row["entry"]].is_nominated = row["is_nominated"]
    return [Line(**row | {"entry": entries[row["entry"]]}) for row in listed]


def shown_mark(entries):
    """Return the mark of a list (entries with `is_nominated`) as paper and system show it: "1A2B 3C4D 5E6F 7081"."""
    mark = mark_of(entries)[:SHOWN].upper()
    return " ".join(mark[at : at + GROUP] for at in range(0, SHOWN, GROUP))
