"""What staff of a top union read about typed names of units: who sent them, what they most likely mean.

What is done with them is in mapping.py.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.likeness import Likeness
from accounts.models import Level, Union
from initiatives.limits import MOST_UNITS, NAMES_A_PAGE
from initiatives.models import Initiative, Status
from initiatives.unit_aliases import UnitAlias


@dataclass(frozen=True)
class TypedName:
    """One name, however it was written, and the initiatives that wait with it."""

    key: str
    written: list
    number: int
    workplaces: list
    first: object
    last: object
    unit: Union | None
    alias: UnitAlias | None


def tops_that_map(user):
    """Return the top unions that this person works for; not the 83 that national staff may look after."""
    return [union for union in dict.fromkeys(user.unions_as("STAFF", "BOARD")) if union.level == Level.TOP]


def tops_with_names(user):
    """Return the top unions in which names wait for this person."""
    waits = Exists(Initiative.objects.without_unit(OuterRef("pk")))
    return list(Union.objects.mapped_by(user).filter(waits))


def units_of(top):
    """Return the units that a name can be mapped to, as a list."""
    return list(Union.objects.pickable_below(top))


def units_to_move_to(initiative, user):
    """Return the units to which this person may move an initiative; none where that cannot be done any more."""
    is_final = initiative.decided_at or initiative.status == Status.WITHDRAWN
    if is_final or not Union.objects.mapped_by(user).filter(pk=initiative.top_id).exists():
        return []
    return units_of(initiative.top)


def names_of(top, units, *, after=""):
    """Return (one page of TypedNames in the order of their keys, the key to go on after or None)."""
    rows = list(Initiative.objects.without_unit(top).typed_names(after=after)[: NAMES_A_PAGE + 1])
    goes_on = rows[NAMES_A_PAGE - 1]["unit_key"] if len(rows) > NAMES_A_PAGE else None
    return described(top, rows[:NAMES_A_PAGE], units), goes_on


def name_of(top, key, units):
    """Return the TypedName with this key, or None when nothing waits with it."""
    rows = Initiative.objects.without_unit(top).known_by(key).typed_names()
    return next(iter(described(top, rows, units)), None)


def described(top, rows, units):
    """Return rows of `typed_names()` as TypedNames, the oldest and the newest initiative speaking for all."""
    ends = {row[end] for row in rows for end in ("first", "last")}
    samples = Initiative.objects.only("unit_other", "workplace", "arrived_at").in_bulk(ends)
    aliases = UnitAlias.objects.filter(top=top, key__in=[row["unit_key"] for row in rows])
    known = {alias.key: alias for alias in aliases.select_related("unit", "mapped_by")}
    likeness = Likeness(units[:MOST_UNITS])
    return [one_name(row, samples, known.get(row["unit_key"]), likeness) for row in rows]


def one_name(row, samples, alias, likeness):
    first, last = samples[row["first"]], samples[row["last"]]
    return TypedName(
        key=row["unit_key"],
        written=list(dict.fromkeys([first.unit_other, last.unit_other])),
        number=row["number"],
        workplaces=list(dict.fromkeys([first.workplace, last.workplace])),
        first=first.arrived_at,
        last=last.arrived_at,
        unit=alias.unit if alias and alias.unit.is_active else likeness.most_like(last.unit_other),
        alias=alias,
    )
