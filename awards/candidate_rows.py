"""What the selection page shows of a plan's candidates: rank, marks as this person may see them, flags, and balance."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from awards.alike import likest_earlier
from awards.line import Line, line_of
from awards.models import Award, Kind
from awards.ranking import Standing, standings_for
from awards.simulation import BASES
from dossiers.models import Filing
from initiatives.copies_models import Resemblance


@dataclass(frozen=True)
class Row:
    """One candidate. `place` says where the marks put it: "above" the line, "tied" across it, or nothing."""

    standing: Standing
    kinds: frozenset
    reason: str
    place: str
    is_late: bool
    alike: Resemblance | None = None

    @property
    def entry(self):
        return self.standing.entry

    @property
    def is_held(self):
        return self.entry.is_held

    @property
    def is_awarded(self):
        return Kind.PROVINCE in self.kinds

    @property
    def is_nominated(self):
        return Kind.NATIONAL in self.kinds


@dataclass(frozen=True)
class Candidates:
    """All Rows of a plan, the best first where ranks may be seen; whether any are; entries whose marks are hidden."""

    rows: list
    standings: list
    line: Line
    is_marked: bool
    hidden: int

    @property
    def by_rank(self):
        """Keys of the entries that have a place by their marks alone and do not stand on it yet."""
        return {row.entry.pk for row in self.rows if row.place == "above" and not row.is_awarded}


def candidates_for(user, plan):
    """Return the Candidates of a plan as a user may see them, in a constant number of queries."""
    seen = standings_for(user, plan)
    # A line among marks that one may not see yet would tell of them.
    line = Line(is_drawn=False) if seen.hidden else line_of(plan, Kind.PROVINCE, seen.standings)
    kinds, reasons = defaultdict(set), defaultdict(list)
    for entry, kind, reason in Award.objects.standing().filter(plan=plan).values_list("entry", "kind", "reason"):
        kinds[entry].add(kind)
        if reason:
            reasons[entry].append(reason)
    late = set(
        Filing.objects.filter(dossier__plan=plan, arrived_at__gte=plan.dossier_deadline).values_list(
            "dossier", flat=True
        )
    )
    alike = likest_earlier([standing.entry.initiative_id for standing in seen.standings])
    rows = [
        Row(
            standing,
            frozenset(kinds[standing.entry.pk]),
            " ".join(reasons[standing.entry.pk]),
            "above" if standing.entry.pk in line.above else "tied" if standing.entry.pk in line.tied else "",
            standing.entry.dossier_id in late,
            alike.get(standing.entry.initiative_id),
        )
        for standing in seen.standings
    ]
    is_marked = any(standing.average is not None or standing.is_hidden for standing in seen.standings)
    return Candidates(rows, seen.standings, line, is_marked, seen.hidden)


FLAGS = {
    "awarded": ("Đã chọn khen thưởng", lambda row: row.is_awarded),
    "open": ("Chưa chọn", lambda row: not row.is_awarded),
    "above": ("Trong suất theo thứ hạng", lambda row: row.place == "above"),
    "tied": ("Bằng điểm ở suất cuối", lambda row: row.place == "tied"),
    "held": ("Đang giữ lại vì có đơn", lambda row: row.is_held),
    "alike": ("Giống sáng kiến gửi trước", lambda row: row.alike is not None),
    "late": ("Nộp trong thời gian gia hạn", lambda row: row.is_late),
}


@dataclass
class Count:
    candidates: int = 0
    awarded: int = 0
    nominated: int = 0


@dataclass
class Balance:
    """How one way of dividing the candidates stands: {name: Count}."""

    name: str
    parts: dict = field(default_factory=dict)


def balances_of(rows):
    """Return the Balances of all rows: by field, by block, by union."""
    return [Balance(name.capitalize(), counts_of(rows, part_of)) for name, part_of in BASES.values()]


def counts_of(rows, part_of):
    counted = Counter()
    for row in rows:
        part = part_of(row.entry)
        counted[part, "candidates"] += 1
        counted[part, "awarded"] += row.is_awarded
        counted[part, "nominated"] += row.is_nominated
    names = sorted({part for part, _ in counted})
    return {name: Count(*(counted[name, what] for what in ("candidates", "awarded", "nominated"))) for name in names}
