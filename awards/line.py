"""Where the places end in the order of the marks, and who shares a rank across that line (R15)."""

from dataclasses import dataclass

from awards.candidates import limit_of
from awards.models import Award, Kind
from awards.ranking import ranks_of, standings, standings_for

TIE, RANK, UNSEEN = "tie", "rank", "unseen"
WANTED = {
    TIE: "Sáng kiến này bằng điểm với sáng kiến khác ngay ở suất cuối cùng. Hãy ghi lý do chọn.",
    RANK: "Sáng kiến này chưa tới lượt theo thứ hạng điểm. Hãy ghi lý do chọn.",
    UNSEEN: "Bạn chưa xem được hết điểm nên chưa thấy thứ hạng. Muốn chọn lúc này, hãy ghi lý do chọn.",
}


@dataclass(frozen=True)
class Line:
    """Keys of the entries that have a place by their rank alone, and of those that share the rank of the line.

    `is_drawn` is false while nothing is marked: then there is no order to depart from. `is_seen` is false for who may
    not see all marks yet: every choice wants a reason then, or being asked for one would tell of the marks.
    """

    is_drawn: bool
    above: frozenset = frozenset()
    tied: frozenset = frozenset()
    is_seen: bool = True

    def wants_reason(self, entry):
        """Return why choosing an entry wants a written reason (`tie`, `rank`, `unseen`), or nothing."""
        if not self.is_seen:
            return UNSEEN
        if not self.is_drawn or entry.pk in self.above:
            return ""
        return TIE if entry.pk in self.tied else RANK


def drawn(averages, limit):
    """Return the Line among {entry's key: average} for so many places; equal averages stand or fall together."""
    ranks = ranks_of(averages)
    sharing = {}
    for key, rank in ranks.items():
        sharing.setdefault(rank, set()).add(key)
    above, tied = set(), set()
    for rank, keys in sharing.items():
        if rank + len(keys) - 1 <= limit:
            above |= keys
        elif rank <= limit:
            tied = keys
    return Line(bool(ranks), frozenset(above), frozenset(tied))


def unseen_by(user, plan):
    """Return the Line for somebody who may not see all marks of a plan; None for who may."""
    return Line(is_drawn=True, is_seen=False) if standings_for(user, plan).hidden else None


def line_of(plan, kind, found=None):
    """Return the Line for the places of a kind: among all that nothing holds, or among the awarded for nominations.

    `found` are the plan's standings where they are at hand; else they are read, in a constant number of queries.
    """
    ranked = [standing for standing in (standings(plan) if found is None else found) if standing.rank is not None]
    averages = {s.entry.pk: s.average for s in ranked if not s.entry.is_held}
    if kind == Kind.NATIONAL:
        awarded = set(Award.objects.standing().filter(plan=plan, kind=Kind.PROVINCE).values_list("entry", flat=True))
        averages = {key: average for key, average in averages.items() if key in awarded}
        return Line(bool(ranked)) if not averages else drawn(averages, limit_of(plan, kind))
    return drawn(averages, limit_of(plan, kind))
