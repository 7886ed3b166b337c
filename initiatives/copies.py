"""How alike two texts are, whatever their order, tone marks, Unicode form or spelling of tones: in whole words.

A text is its words, folded; what is compared are runs of WORDS_TOGETHER of them. `Words.prints` is a sample of these by
winnowing (Schleimer, Wilkerson and Aiken, 2003): of each WINDOW neighbouring runs the one with the least number. Two
texts that share WORDS_TOGETHER + WINDOW - 1 words in a row therefore share a print, also where one is far longer.
Why so, and why these numbers: docs/decisions/0015-copies.md.
"""

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

from config.text import clean, without_marks

# Who changes what a word is, or one of the next two numbers, counts METHOD up and empties the table of prints by a
# migration: then every text is signed anew.
METHOD = 2
WORDS_TOGETHER = 4
WINDOW = 8
# Alike: so many words in a hundred of one text stand in the other, and no less than so many words.
ALIKE_PERCENT = 25
ALIKE_WORDS = 14
# From here on also what very many texts have counts: they are copies of one.
MOSTLY_PERCENT = 50

# A print that more texts than this have is common; as many are looked at, the earliest.
COMMON = 64

WORD = re.compile(r"[^\W_]+")
# Runs have numbers of four bytes: of two texts with a hundred runs each, one pair in 200,000 shares one by chance.
PRIME = (1 << 31) - 1
BASE = 0x1F3D5B79A2C4E687 % PRIME
CUBE, SQUARE = pow(BASE, 3, PRIME), pow(BASE, 2, PRIME)


@lru_cache(maxsize=1 << 16)
def number_of(word):
    """Return the number that stands for a word in all its spellings."""
    return int.from_bytes(blake2b(without_marks(word.casefold()).encode(), digest_size=7).digest())


def runs_of(numbers):
    """Return a number for each WORDS_TOGETHER neighbouring words, in their order."""
    rows = zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)
    return [(a * CUBE + b * SQUARE + c * BASE + d) % PRIME for a, b, c, d in rows]


class Runs:
    """What is compared of a text, and kept: its runs, in order and as a set."""

    def __init__(self, runs):
        self.runs = runs
        self.length = len(runs) + WORDS_TOGETHER - 1 if runs else 0
        self.known = frozenset(runs)

    @cached_property
    def prints(self):
        """Numbers below PRIME; none for less than WORDS_TOGETHER words."""
        starts = range(max(1, len(self.runs) - WINDOW + 1)) if self.runs else ()
        return frozenset(min(self.runs[start : start + WINDOW]) for start in starts)

    @cached_property
    def print_places(self):
        """Where the runs that are prints begin, in order."""
        return [place for place, run in enumerate(self.runs) if run in self.prints]

    def near_common(self, start, common):
        """Whether the print that is nearest to a run is one of these."""
        places = self.print_places
        at = bisect(places, start)
        nearest = min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - start))
        return self.runs[nearest] in common


class Words(Runs):
    """A text made ready for comparing, and as it is shown."""

    def __init__(self, text):
        self.shown = clean(text)
        words = WORD.findall(self.shown)
        super().__init__(runs_of([number_of(word) for word in words]))
        self.length = len(words)

    @cached_property
    def spans(self):
        """Where in the shown text each word stands."""
        return [match.span() for match in WORD.finditer(self.shown)]


def covered(words, other, common=frozenset()):
    """Return the places of those words that stand in a run which the other text has too.

    `common` are prints that very many texts have: runs next to such a one are left out.
    """
    shared = [start for start, run in enumerate(words.runs) if run in other.known]
    if common:
        shared = [start for start in shared if not words.near_common(start, common)]
    return {place for start in shared for place in range(start, start + WORDS_TOGETHER)}


def stretches(starts):
    """Return rising numbers parted where one is left out."""
    parted = []
    for start in starts:
        if parted and parted[-1][-1] == start - 1:
            parted[-1].append(start)
        else:
            parted.append([start])
    return parted


def likeness(one, other, common=frozenset()):
    """Return 0–100: how many words in a hundred of one text stand in the other, where that is more; 0 unless alike.

    What is `common` counts only where it is MOSTLY of a text: then the whole is copied by many, not a form's sentence.
    """
    percent, number = share(one, other)
    if common and percent < MOSTLY_PERCENT:
        percent, number = share(one, other, common)
    return percent if percent >= ALIKE_PERCENT and number >= ALIKE_WORDS else 0


def share(one, other, common=frozenset()):
    """Return (how many words in a hundred of a text stand in the other, how many words), of the text with more."""
    numbers = [(len(covered(a, b, common)), a.length) for a, b in ((one, other), (other, one))]
    return max(100 * number // (length or 1) for number, length in numbers), max(numbers)[0]


@dataclass(frozen=True)
class Passage:
    """A stretch of a text, and whether the other text has it too."""

    text: str
    is_shared: bool


def passages_of(words, other):
    """Return a text as Passages that together are the whole of it."""
    passages, done = [], 0
    for stretch in stretches(sorted(covered(words, other))):
        start, end = words.spans[stretch[0]][0], words.spans[stretch[-1]][1]
        passages += [Passage(words.shown[done:start], False), Passage(words.shown[start:end], True)]
        done = end
    return [passage for passage in [*passages, Passage(words.shown[done:], False)] if passage.text]
