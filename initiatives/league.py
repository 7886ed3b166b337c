"""The league table of the top unions: places, and finding one by any name that people know it by."""

import re

from config.text import fold


def placed(rows):
    """Return the rows, which come by their number, each with its place; equal numbers share one (1, 2, 2, 4)."""
    first_of = {}
    for place, row in enumerate(rows, start=1):
        first_of.setdefault(row["count"], place)
    return [row | {"place": first_of[row["count"]]} for row in rows]


def found(rows, text):
    """Return the rows that a search text names; an empty text names all. Case, tones and đ do not matter.

    What is tried first wins: the text as a phrase ("ha nam"), all its words ("minh, tp ho chi"), initials ("tp.hcm").
    """
    words = words_of(text)
    if not words:
        return rows
    for names in (has_phrase, has_words, has_initials):
        if named := [row for row in rows if names(row, words)]:
            return named
    return []


def has_phrase(row, words):
    return any(f" {' '.join(words)}" in f" {name}" for name in names_of(row))


def has_words(row, words):
    return all(has_phrase(row, [word]) for word in words)


def has_initials(row, words):
    return any("".join(word[0] for word in name.split()).endswith("".join(words)) for name in names_of(row))


def names_of(row):
    """Return what a union is called, folded, also with "tp" for "thành phố"."""
    names = [" ".join(words_of(row[name])) for name in ("name", "union", "short_name")]
    return [*names, names[1].replace("thanh pho", "tp")]


def words_of(text):
    return re.findall(r"\w+", fold(text))
