"""Prints how well copies are found, by kind: `make bench-copies`. The texts are those of bench/copied_texts.py.

Recall of a kind: of its copies, how many are called alike. Precision: of all that is called alike when each text is
compared with its copy and with every other text, how much is a copy.
"""

import functools
import os
import time
from collections import Counter
from itertools import combinations

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench.copied_texts import COPIES, bodies, copies, same_form, same_trade  # noqa: E402 (Django first)
from initiatives.copies import COMMON, Words, likeness  # noqa: E402


def found(pairs, common=frozenset()):
    """Return (how many pairs share a print and are called alike, how many there are)."""
    alike = total = 0
    ready = functools.cache(Words)
    for one, other in pairs:
        one, other = ready(one), ready(other)
        total += 1
        alike += bool(one.prints & other.prints) and likeness(one, other, common) > 0
    return alike, total


def common_in(texts):
    """Return the prints that more than COMMON of these texts have."""
    counted = Counter(number for text in texts for number in Words(text).prints)
    return frozenset(number for number, texts in counted.items() if texts > COMMON)


def main():
    wrong, different = found(combinations([text for _, text in bodies()], 2))
    print(f"{'kind of copy':<28} {'recall':>7} {'precision':>10}")
    for way in COPIES:
        right, total = found(copies(way))
        print(f"{way:<28} {right / total:7.3f} {right / (right + wrong):10.3f}")
    print(f"{'different':<28} {wrong} of {different} pairs called alike")
    print("{:<28} {} of {} pairs called alike".format("different, same trade", *found(same_trade())))
    form = list(same_form())
    for words, common in (
        ("few have it", frozenset()),
        ("many have it", common_in({text for pair in form for text in pair})),
    ):
        wrong, different = found(form, common)
        print(f"same form sentence, {words:<12} {wrong} of {different} pairs called alike ({wrong / different:.1%})")
    texts, begun = [text for _, text in bodies()], time.perf_counter()
    for text in texts * 3:
        Words(text).prints  # noqa: B018 (reckoned when read)
    print(f"{3 * len(texts) / (time.perf_counter() - begun):,.0f} texts signed a second")


if __name__ == "__main__":
    main()
