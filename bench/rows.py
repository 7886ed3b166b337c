"""What a row of the table is."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Result:
    """One line of the table, in words; `is_met` is None where the row could not be measured, and `ours` says why."""

    what: str
    ours: str
    against: str
    ratio: str
    bar: str
    is_met: bool | None


def not_measured(what, bar, reason):
    return Result(what, reason, "", "", bar, None)


def in_turn(rounds, ours, floor):
    """Measure both by turns and return the medians (of ours, of the floor, of the ratios of a round)."""
    pairs = []
    for number in range(rounds):
        # Who comes first changes: a machine that grows slower or faster favours neither.
        first, second = (floor, ours) if number % 2 else (ours, floor)
        values = first(), second()
        pairs.append(values[::-1] if number % 2 else values)
    return median(o for o, _ in pairs), median(f for _, f in pairs), median(o / f for o, f in pairs)


def at_least(what, bar, measured, *, unit):
    """Return the Result of a row whose ratio must reach the bar; `measured` is what `in_turn` returned."""
    ours, floor, ratio = measured
    return Result(what, f"{ours:,.0f} {unit}", f"{floor:,.0f} {unit}", f"{ratio:.2f}", f"≥ {bar}", ratio >= bar)
