"""Staff of a top union tell which unit a typed name means (R3): all initiatives sent with it move there.

A name is known by its key (`accounts.abbreviations.name_key`), and what it means is remembered: a later initiative with
the same name moves at once. The author changes nothing by that, so status and answers stay as they are.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from config import clock
from initiatives.limits import MOST_MOVED, MOVED_TOGETHER
from initiatives.models import Initiative
from initiatives.unit_aliases import UnitAlias
from record.writing import changes, write, write_many

# What the database says when an accepted initiative would leave the union in whose dossier it stands.
IN_A_DOSSIER = "in_a_dossier"


@dataclass
class Moved:
    """How many initiatives were moved, how many stay since they stand in a dossier; whether that was all of them."""

    number: int = 0
    kept: int = 0
    is_all: bool = True

    @property
    def room(self):
        return min(MOVED_TOGETHER, MOST_MOVED - self.number - self.kept)


def refuse_unit_of_another(top, unit):
    """Refuse what is not an active unit below this top union."""
    if unit is None or not unit.is_active or not unit.branch or unit.top != top:
        raise ValidationError(f"Hãy chọn một đơn vị đang hoạt động của {top}.", code="no_unit_of_top")


@transaction.atomic
def map_unit(top, key, unit, *, by, instead_of=None):
    """Move the initiatives sent with a typed name to a unit, and remember what the name means; return what was Moved.

    `instead_of` is the unit that the name meant until now: what it had received moves too. One call moves MOST_MOVED at
    most; another one goes on. Raises ValidationError: `no_unit_of_top`, `already_mapped` when a colleague has given the
    name another meaning, `nothing_waits`.
    """
    refuse_unit_of_another(top, unit)
    alias = remembered(top, key, unit, by)
    if alias.unit not in (unit, instead_of):
        raise ValidationError(
            f"Đồng nghiệp vừa ghép tên này vào {alias.unit}. Nếu chưa đúng, hãy mở tên này rồi đổi đơn vị.",
            code="already_mapped",
        )
    moved = Moved()
    for origin in dict.fromkeys([None, alias.unit]):
        if origin != unit:
            move_all(Initiative.objects.filter(top=top, unit=origin, unit_key=key), unit, moved, by=by)
    if alias.unit != unit and moved.is_all:
        mean(alias, unit, by)
    elif not (moved.number or moved.kept):
        raise nothing_waits()
    return moved


def nothing_waits():
    return ValidationError(
        "Không còn sáng kiến nào chờ ghép với tên này; có thể đồng nghiệp vừa ghép.", code="nothing_waits"
    )


def remembered(top, key, unit, by):
    """Return the alias of a name, its row locked; a new one means this unit."""
    sample = Initiative.objects.without_unit(top).known_by(key).first() if key else None
    aliases = UnitAlias.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    if not sample:
        if alias := aliases.filter(top=top, key=key).first():
            return alias
        raise nothing_waits()
    values = {"name": sample.unit_other, "unit": unit, "mapped_by": by, "mapped_at": clock.now()}
    alias, is_new = aliases.get_or_create(top=top, key=key, defaults=values)
    if is_new:
        write(alias, "created", by=by, after={"name": alias.name, "unit": unit.pk}, is_first=True)
    return alias


def mean(alias, unit, by):
    """Let a name mean another unit from now on."""
    before, after = changes(alias, {"unit": unit})
    alias.unit, alias.mapped_by, alias.mapped_at = unit, by, clock.now()
    alias.save(update_fields=["unit", "mapped_by", "mapped_at"])
    write(alias, "changed", by=by, before=before, after=after)


def move_all(initiatives, unit, moved, *, by):
    """Move these initiatives, MOVED_TOGETHER at a time, and count them in `moved`."""
    movable = initiatives.filter(decided_at=None).order_by("pk")  # R17
    last = 0
    while moved.room and (chunk := list(locked(movable.filter(pk__gt=last))[: moved.room])):
        move_together(chunk, unit, moved, by=by)
        last = chunk[-1].pk
    if not moved.room and movable.filter(pk__gt=last).exists():
        moved.is_all = False


def locked(initiatives):
    """Return these initiatives with their unions, their rows locked when they are read."""
    return initiatives.select_for_update(of=("self",), no_key=True).select_related("unit", "branch")


def move_together(chunk, unit, moved, *, by):
    """Move a chunk; where the database refuses one of them, find it by halves and leave it where it is."""
    try:
        with transaction.atomic():
            place(chunk, unit, by=by)
        moved.number += len(chunk)
    except IntegrityError as error:
        if IN_A_DOSSIER not in str(error):
            raise
        if len(chunk) == 1:
            moved.kept += 1
            return
        middle = len(chunk) // 2
        move_together(chunk[:middle], unit, moved, by=by)
        move_together(chunk[middle:], unit, moved, by=by)


def place(initiatives, unit, *, by=None):
    """Give locked initiatives a unit. Each one's record keeps what stood there (R20); open pages of it become stale."""
    keys, values = [initiative.pk for initiative in initiatives], {"unit": unit, "branch": unit.branch}
    Initiative.objects.filter(pk__in=keys).update(**values, unit_other="", version=F("version") + 1)
    entries = {"unit_mapped": [], "unit_moved": []}
    for initiative in initiatives:
        deed = "unit_moved" if initiative.unit_id else "unit_mapped"
        reason = f"{initiative.unit_name} → {unit.name}"
        entries[deed].append((initiative, *changes(initiative, {**values, "unit_other": ""}), reason))
    for deed, of_deed in entries.items():
        write_many(deed, of_deed, by=by)


def follow_alias(initiative):
    """Give an initiative, just stored with a typed unit, the one that its name is known to mean; return it."""
    if initiative.unit_id is not None:
        return initiative
    alias = UnitAlias.objects.meaning(initiative.top, initiative.unit_key).select_related("unit__parent").first()
    if not alias:
        return initiative
    place([initiative], alias.unit)
    initiative.refresh_from_db(fields=["unit", "branch", "unit_other", "version"])
    return initiative


def follow_aliases(initiatives):
    """The same for many initiatives of one top union, just stored."""
    typed = [initiative for initiative in initiatives if initiative.unit_id is None]
    if not typed:
        return
    aliases = UnitAlias.objects.meanings(typed[0].top, {initiative.unit_key for initiative in typed})
    for alias in aliases.select_related("unit__parent"):
        named = [initiative for initiative in typed if initiative.unit_key == alias.key]
        for start in range(0, len(named), MOVED_TOGETHER):
            place(named[start : start + MOVED_TOGETHER], alias.unit)


@transaction.atomic
def forget(alias, *, by):
    """Let a name mean nothing from now on; what was moved stays where it is."""
    alias = UnitAlias.objects.select_for_update(of=("self",)).filter(pk=alias.pk).first()
    if alias:
        write(alias, "forgotten", by=by, before={"name": alias.name, "unit": alias.unit_id})
        alias.delete()
