"""Standings of a plan's entries by the council's marks (R15), and the same with strict and mild markers made equal.

Exact fractions throughout: a tie is equality, never a matter of rounding. The model and its limits: decision 11.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from awards.criteria import rules_of
from awards.models import ComplaintState, CouncilMember, ScoreSheet
from awards.scoring import marks_wanted
from awards.selection import candidates
from dossiers.models import DossierEntry
from initiatives.models import Initiative


@dataclass(frozen=True)
class Mark:
    member: CouncilMember
    total: Decimal


@dataclass(frozen=True)
class Standing:
    """Where an entry stands. `rank` is shared on a tie and None while marks are wanted (`waits_for`) or it is excluded.

    `adjusted` and `adjusted_rank` are the average after equalising, to be shown as such and never used by themselves;
    None where the marks cannot be compared.
    """

    entry: DossierEntry
    marks: list
    average: Fraction | None
    median: Fraction | None
    spread: Decimal | None
    waits_for: int
    is_excluded: bool = False
    rank: int | None = None
    adjusted: Fraction | None = None
    adjusted_rank: int | None = None
    is_tied: bool = False


@dataclass(frozen=True)
class Equalised:
    """Averages without the markers' own measure, and how much each gives above (mild) or below (strict) the others."""

    averages: dict
    effects: dict
    is_connected: bool


def average_of(totals):
    return Fraction(sum(map(Fraction, totals)), len(totals)) if totals else None


def median_of(totals):
    ordered, half = sorted(map(Fraction, totals)), len(totals) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread_of(totals):
    return max(totals) - min(totals) if totals else None


def ranks_of(values):
    """Return {key: rank} of {key: value}, the highest first; equal values share a rank: 1, 2, 2, 4."""
    ordered = sorted(values.values(), reverse=True)
    first = {}
    for rank, value in enumerate(ordered, start=1):
        first.setdefault(value, rank)
    return {key: first[value] for key, value in values.items()}


def equalised(marks):
    """Fit `mark = entry + marker` by least squares to [(entry, marker, total)] and return Equalised.

    Solved exactly. The markers' effects, weighted by the number of their marks, sum to nothing, so that the average of
    all marks stays. Where the markers fall into groups without a common entry nothing can be compared: then
    `is_connected` is false and both dicts are empty.
    """
    of_entry = defaultdict(dict)
    for entry, marker, total in marks:
        of_entry[entry][marker] = Fraction(total)
    markers = sorted({marker for given in of_entry.values() for marker in given})
    if not are_connected(markers, of_entry.values()):
        return Equalised({}, {}, is_connected=False)
    effects = solved(*normal_equations(markers, list(of_entry.values())))
    effects = dict(zip(markers, effects, strict=True))
    averages = {
        entry: sum(total - effects[marker] for marker, total in given.items()) / len(given)
        for entry, given in of_entry.items()
    }
    return Equalised(averages, effects, is_connected=True)


def are_connected(markers, given_by):
    """Whether every marker is tied to every other by a chain of entries that both of a pair marked."""
    groups = [set(given) for given in given_by]
    reached, waiting = set(), markers[:1]
    while waiting:
        marker = waiting.pop()
        reached.add(marker)
        waiting += [other for group in groups if marker in group for other in group - reached - set(waiting)]
    return len(reached) == len(markers)


def normal_equations(markers, given_by):
    """Return (matrix, right side) for the markers' effects, the entries' own values eliminated.

    The equations leave one degree of freedom; the first of them is replaced by the weighted sum that must be nothing.
    """
    place = {marker: number for number, marker in enumerate(markers)}
    matrix = [[Fraction(0)] * len(markers) for _ in markers]
    right = [Fraction(0)] * len(markers)
    weights = [0] * len(markers)
    for given in given_by:
        average = average_of(list(given.values()))
        for marker, total in given.items():
            row = place[marker]
            weights[row] += 1
            right[row] += total - average
            matrix[row][row] += 1
            for other in given:
                matrix[row][place[other]] -= Fraction(1, len(given))
    if markers:
        matrix[0], right[0] = [Fraction(weight) for weight in weights], Fraction(0)
    return matrix, right


def solved(matrix, right):
    """Return the solution of a regular system of equations, by elimination in exact fractions."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(len(rows)):
        pivot = next(number for number in range(column, len(rows)) if rows[number][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for number, row in enumerate(rows):
            if number != column and row[column]:
                factor = row[column]
                rows[number] = [value - factor * own for value, own in zip(row, rows[column], strict=True)]
    return [row[-1] for row in rows]


def standings(plan):
    """Return the Standings of a plan's candidates, the best first; those without a rank follow."""
    return standings_and_effects(plan)[0]


def standings_and_effects(plan):
    """Return (standings, Equalised) in four queries."""
    rules = rules_of(plan)
    entries = list(
        candidates(plan).select_related("dossier__union", "initiative").order_by("dossier__union__name", "rank")
    )
    upheld = Initiative.objects.filter(entries__plan=plan, complaints__state=ComplaintState.UPHELD)
    excluded = set(upheld.values_list("pk", flat=True))
    marks = defaultdict(list)
    for sheet in ScoreSheet.objects.counting().filter(entry__in=entries).select_related("member").order_by("member"):
        marks[sheet.entry_id].append(Mark(sheet.member, sheet.total))
    found = [standing_of(entry, marks[entry.pk], rules, entry.initiative_id in excluded) for entry in entries]
    return ranked(found)


def standing_of(entry, marks, rules, is_excluded):
    totals = [mark.total for mark in marks]
    return Standing(
        entry=entry,
        marks=marks,
        average=average_of(totals),
        median=median_of(totals),
        spread=spread_of(totals),
        waits_for=marks_wanted(rules, totals),
        is_excluded=is_excluded,
    )


def ranked(found):
    """Return (the standings with their ranks, the best first; Equalised)."""
    complete = [standing for standing in found if not standing.waits_for and not standing.is_excluded]
    ranks = ranks_of({standing.entry.pk: standing.average for standing in complete})
    fit = equalised((s.entry.pk, mark.member.pk, mark.total) for s in complete for mark in s.marks)
    adjusted_ranks = ranks_of(fit.averages)
    shared = list(ranks.values())
    placed = [
        replace(
            standing,
            rank=ranks.get(standing.entry.pk),
            adjusted=fit.averages.get(standing.entry.pk),
            adjusted_rank=adjusted_ranks.get(standing.entry.pk),
            is_tied=shared.count(ranks.get(standing.entry.pk)) > 1,
        )
        for standing in found
    ]
    return sorted(placed, key=lambda s: (s.rank is None, s.rank or 0, -(s.average or 0))), fit
