"""The list of chosen entries as papers have it, with points and rank where the council marked, and its mark."""

from collections import defaultdict
from dataclasses import dataclass, replace

from awards.models import Award, ScoreSheet
from awards.publishing import chosen_entries, mark_of
from awards.ranking import standings, standings_for
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


def lines_of(plan, user, *, nominated_only=False):
    """Return the Lines of a plan's chosen entries, nominated ones first, as they are published.

    Points and ranks only for who may see all marks: a paper must not tell what the pages keep back.
    """
    entries = [entry for entry in chosen_entries([plan]) if entry.is_nominated or not nominated_only]
    found = standings_for(user, plan).standings if are_marked(entries) else []
    return numbered(entries, ranked_of(found, entries), reasons_of(plan))


def numbered(entries, ranked, reasons):
    return [
        Line(number, entry, entry.is_nominated, *facts_of(ranked.get(entry.pk), reasons[entry.pk]))
        for number, entry in enumerate(entries, start=1)
    ]


def are_marked(entries):
    return ScoreSheet.objects.counting().filter(entry__in=entries).exists()


def ranked_of(found, entries):
    """Return {key of an entry: its Standing} of those Standings that have a rank."""
    keys = {entry.pk for entry in entries}
    return {standing.entry.pk: standing for standing in found if standing.rank and standing.entry.pk in keys}


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
    entries = list(chosen_entries([plan]))
    found = standings(plan) if are_marked(entries) else []
    lines = numbered(entries, ranked_of(found, entries), reasons_of(plan))
    return [vars(line) | {"entry": line.entry.pk} for line in lines]


def lines_kept(meeting, user):
    """Return the Lines of the list that minutes kept, as a user may see them; what their entries say is read afresh."""
    listed, is_hidden = meeting.listed, standings_for(user, meeting.plan).hidden
    entries = DossierEntry.objects.select_related("dossier__union", "initiative").in_bulk(
        [row["entry"] for row in listed]
    )
    for row in listed:
        entries[row["entry"]].is_nominated = row["is_nominated"]
    lines = [Line(**row | {"entry": entries[row["entry"]]}) for row in listed]
    return [replace(line, points="", rank="", reason="") for line in lines] if is_hidden else lines


def shown_mark(entries):
    """Return the mark of a list (entries with `is_nominated`) as paper and system show it: "1A2B 3C4D 5E6F 7081"."""
    mark = mark_of(entries)[:SHOWN].upper()
    return " ".join(mark[at : at + GROUP] for at in range(0, SHOWN, GROUP))
