"""What is shown of two initiatives that are alike, side by side, and of one that its reader may not see.

Of such a one: where and when it was sent, and the passages that match. These are by their nature in the text that the
reader may see; its title, its other words, its author and every contact are not shown.
"""

from dataclasses import dataclass

from django.db.models import Case, Value, When

from initiatives.copies import Words, passages_of
from initiatives.copies_index import text_of
from initiatives.copies_models import Resemblance
from initiatives.models import Initiative

MOST_SHOWN = 20


@dataclass(frozen=True)
class Side:
    """One of two initiatives: whole, or only what the other has too; `is_own` where the page is about it."""

    initiative: Initiative
    passages: list
    is_visible: bool
    is_own: bool


@dataclass(frozen=True)
class Pair:
    """Two initiatives that are alike, the earlier first; as whom the reader speaks about them, if at all."""

    row: Resemblance
    earlier: Side
    later: Side
    voice: str

    @property
    def may_speak(self):
        """Whether the reader may say that it is no copy."""
        return bool(self.voice) and self.row.said not in {self.voice, "BOARD"}

    @property
    def may_take_back(self):
        return bool(self.row.said) and self.voice in {self.row.said, "BOARD"}

    @property
    def box(self):
        return f"reason_{self.row.pk}"

    @property
    def second_box(self):
        return f"again_{self.row.pk}"

    def has_box(self, deed):
        return self.may_speak if deed == "no_copy" else self.may_take_back


def pairs_about(initiative):
    """Return the Resemblances of an initiative, those on top with an earlier one that nobody spoke about."""
    is_later = Case(When(later=initiative, then=Value(0)), default=Value(1))
    return Resemblance.objects.about(initiative).standing().order_by("said", is_later, "-percent", "pk")


def pairs_shown(initiative, user, voices_of):
    """Return the first Pairs of an initiative as a user may see them, in a constant number of queries."""
    places = [f"{side}__{name}" for side in ("earlier", "later") for name in ("top", "unit", "campaign")]
    rows = list(pairs_about(initiative).select_related("said_by", *places)[:MOST_SHOWN])
    keys = {key for row in rows for key in (row.earlier_id, row.later_id)}
    seen = set(Initiative.objects.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    voices = voices_of(user, rows)
    return [pair_of(row, initiative, seen, voices.get(row.pk, "")) for row in rows]


def pair_of(row, about, seen, voice):
    earlier, later = Words(text_of(row.earlier)), Words(text_of(row.later))
    sides = [
        side_of(initiative, passages_of(words, other), initiative.pk in seen, initiative == about)
        for initiative, words, other in ((row.earlier, earlier, later), (row.later, later, earlier))
    ]
    return Pair(row, *sides, voice)


def side_of(initiative, passages, is_visible, is_own):
    shown = passages if is_visible else [passage for passage in passages if passage.is_shared]
    return Side(initiative, shown, is_visible, is_own)
