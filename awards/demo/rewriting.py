"""New texts out of the demonstration's 600: one is followed for some words, then another from a word that both have.

What comes out has the words of the language in their usual neighbourhood, and no sense: it is for trying the site at
size, never for showing to people as somebody's idea. No two of them share more than a few words in a row.
"""

import math
import random
import re
from collections import defaultdict

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
NUMBER = re.compile(r"(\d{1,3})([%.,;:)]*)")
NUMBERS = 30
# At one word in three the way leads on from another place where the same word stands.
CHANGES = 0.35
STAYS = math.log(1 - CHANGES)
# Words of a description and of an effect; the sentence that is begun then is brought to its end.
DESCRIPTION, EFFECT = (36, 72), (4, 20)
MOST_LETTERS, MOST_IN_TITLE = 980, 180
MODELS = 0.04
LETTERS = "ABCDGHKLMNPQSTVX"


class Ways:
    """Sentences, and the ways that lead from one to another."""

    def __init__(self):
        self.words, self.is_end, self.begins = [], [], []

    def add(self, sentences):
        """Add sentences and return the place where the first begins."""
        begins = len(self.words)
        for sentence in sentences:
            words = sentence.split(" ")
            self.begins.append(len(self.words))
            self.words += words
            self.is_end += [False] * (len(words) - 1) + [True]
        return begins

    def connect(self):
        """Find for each word where else it stands, within a sentence; numbers take another value each time."""
        places = defaultdict(list)
        for place, word in enumerate(self.words):
            if not self.is_end[place]:
                places[word].append(place)
        self.same = [places.get(word, ()) for word in self.words]
        rng = random.Random(0)  # noqa: S311 — the same for every seed
        self.values = [values_like(word, rng) for word in self.words]
        # How many words from here on are neither numbers nor the last of a sentence.
        self.plain = [0] * len(self.words)
        for place in range(len(self.words) - 2, -1, -1):
            if not self.is_end[place] and not self.values[place]:
                self.plain[place] = self.plain[place + 1] + 1

    def follow(self, place, least, rng):
        """Return text that begins at a place, with so many words at least; it ends where a sentence does."""
        chance, words, made = rng.random, self.words, []
        is_end, same, values, begins, plain = self.is_end, self.same, self.values, self.begins, self.plain
        straight = stays(chance)
        while True:
            # Word by word it would be the same, and take twice the time.
            step = min(straight, plain[place])
            made += words[place : place + step]
            place += step
            if values[place]:
                made.append(values[place][int(chance() * NUMBERS)])
            else:
                made.append(words[place])
            if is_end[place]:
                if len(made) >= least:
                    return " ".join(made)
                straight -= step
                place = begins[int(chance() * len(begins))]
            elif straight == step:
                others = same[place]
                place = others[int(chance() * len(others))] + 1
                straight = stays(chance)
            else:
                straight -= step + 1
                place += 1


def stays(chance):
    """Return after how many words the way leads on from another place."""
    return int(math.log(1 - chance()) / STAYS)


def values_like(word, rng):
    """Return other numbers with as many digits, None for what is no number."""
    if not (number := NUMBER.fullmatch(word)):
        return None
    smallest = 10 ** (len(number[1]) - 1)
    return [f"{rng.randrange(smallest, 10 * smallest)}{number[2]}" for _ in range(NUMBERS)]


class Mixer:
    """Makes titles, descriptions and effects that begin as a given text does, and go on through others of its block."""

    def __init__(self, texts):
        self.bodies, self.titles = defaultdict(Ways), defaultdict(Ways)
        self.places = {}
        for text in texts:
            sentences = [
                [s for s in SENTENCE.split(part) if s] for part in (text.description or text.effect, text.effect)
            ]
            starts = [self.bodies[text.block].add(part) for part in sentences]
            self.places[text] = (self.titles[text.block].add([text.title]), *starts)
        for ways in (*self.bodies.values(), *self.titles.values()):
            ways.connect()
        self.words = sorted({word for ways in self.bodies.values() for word in ways.words})

    def title(self, text, rng):
        """Return a title of three words or more; a few name a model, so that there are rare words."""
        place, *_ = self.places[text]
        made = self.titles[text.block].follow(place, 0, rng)[:MOST_IN_TITLE].strip()
        if rng.random() < MODELS:
            return f"{made}, mẫu {rng.choice(LETTERS)}{rng.choice(LETTERS)}-{rng.randrange(1000, 10_000)}"
        return made

    def description(self, text, rng):
        _, place, _ = self.places[text]
        return fitting(self.bodies[text.block].follow(place, rng.randint(*DESCRIPTION), rng))

    def effect(self, text, rng):
        *_, place = self.places[text]
        return fitting(self.bodies[text.block].follow(place, rng.randint(*EFFECT), rng))

    def reworded(self, text, share, rng):
        """Return a text in which this share of the words is exchanged for any others, as a copyist would."""
        chance, words = rng.random, self.words
        return " ".join([words[int(chance() * len(words))] if chance() < share else w for w in text.split(" ")])


def fitting(text):
    """Return a text no longer than may be stored, ended at a word."""
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rsplit(' ', 1)[0]}."
