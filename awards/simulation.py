"""What the list would be if the places were shared out otherwise: shown to think about, never stored."""

from collections import defaultdict
from dataclasses import dataclass

from awards.line import drawn


@dataclass(frozen=True)
class Group:
    """One field, block or union with its share of the places: who would have one, and who ties for its last."""

    name: str
    candidates: int
    share: int
    above: list
    tied: list


@dataclass(frozen=True)
class Simulation:
    """The groups, the entries that would come in and drop out against the plain order, and what ties decide."""

    groups: list
    gained: list
    lost: list


# By what candidates may be divided: what it is called, and which part an entry belongs to.
BASES = {
    "field": ("lĩnh vực", lambda entry: entry.get_field_display()),
    "block": ("khối", lambda entry: entry.get_block_display()),
    "union": ("đơn vị", lambda entry: str(entry.dossier.union)),
}


def shares_of(sizes, limit):
    """Share out so many places over {group: candidates} in proportion, by largest remainders; each has one if it can.

    No group gets more places than it has candidates; equal claims go to the group that is larger, then by name.
    """
    limit = min(limit, sum(sizes.values()))
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    shares = dict.fromkeys(order[:limit], 1) | dict.fromkeys(order[limit:], 0)
    total = sum(sizes.values())
    while sum(shares.values()) < limit:
        open_to = [name for name in order if shares[name] < sizes[name]]
        best = max(open_to, key=lambda name: sizes[name] * limit - shares[name] * total)
        shares[best] += 1
    return shares


def simulated(standings, limit, basis):
    """Return the Simulation of giving so many places by a basis of BASES among standings that have a rank."""
    name_of = BASES[basis][1]
    ranked = [standing for standing in standings if standing.rank is not None and not standing.entry.is_held]
    parts = defaultdict(list)
    for standing in ranked:
        parts[name_of(standing.entry)].append(standing)
    shares = shares_of({name: len(part) for name, part in parts.items()}, limit)
    groups = [group_of(name, parts[name], share) for name, share in sorted(shares.items())]
    plain = drawn({s.entry.pk: s.average for s in ranked}, limit)
    sure = {standing.entry.pk for group in groups for standing in group.above}
    maybe = {standing.entry.pk for group in groups for standing in group.tied}
    gained = [s for s in ranked if s.entry.pk in sure and s.entry.pk not in plain.above | plain.tied]
    lost = [s for s in ranked if s.entry.pk in plain.above and s.entry.pk not in sure | maybe]
    return Simulation(groups, gained, lost)


def group_of(name, part, share):
    line = drawn({standing.entry.pk: standing.average for standing in part}, share)
    above, tied = ([s for s in part if s.entry.pk in keys] for keys in (line.above, line.tied))
    return Group(name, len(part), share, above, tied if share else [])
