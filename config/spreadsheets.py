"""Cells that hold what people typed as text, whatever it begins with: never a formula, never an error value."""

import functools
import re
from datetime import date, datetime
from operator import itemgetter

from config.text import clean, is_clean

# What spreadsheet programs take for the beginning of a formula.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
READ_OTHERWISE = (*RISKY_STARTS, "#")  # and of an error value
# Excel reads _x000D_ as a character; what only looks like that is written so that it stays as it is.
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FIRST, LAST = itemgetter(slice(1)), itemgetter(slice(-1, None))
# A column whose beginning holds only so few different values is written value by value, not cell by cell.
BEGINNING, FEW = 100, 10


def write_text(cell, text):
    """Write text into a cell as text."""
    cell.value = as_stored(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(READ_OTHERWISE)
    return cell


def as_stored(text):
    """Return how a workbook stores a text, so that Excel shows it as it was typed."""
    return CODED.sub("_x005F_", text) if "_x" in text else text


def csv_lines(columns):
    """Return the lines of a CSV file as one text, given a sequence of values for each column.

    Dates are as people write them; an apostrophe stands before what would run as a formula. What can be told of a whole
    column is not asked value by value: so this takes a third of the time of `csv.writer`.
    """
    return "\r\n".join([*map(",".join, zip(*map(csv_column, columns), strict=True)), ""])


def csv_column(values):
    kinds = {*map(type, values)}
    if len(kinds) == 1 and len({*values[:BEGINNING]}) <= FEW:
        few = [*{*values}]
        return [*map(dict(zip(few, csv_cells(few, kinds), strict=True)).get, values)]
    return csv_cells(values, kinds)


def csv_cells(values, kinds):
    """Return the cells of some values; `kinds` are their types."""
    if str in kinds and type(None) in kinds:
        values, kinds = ["" if value is None else value for value in values], kinds - {type(None)}
    if str not in kinds:
        return [CSV_CELLS.get(type(value), str)(value) for value in values]  # none of these has a mark in it
    if kinds != {str} or not stays(values, together := ".".join(["", *values, ""])):
        values = [csv_cell(value) for value in values]
        together = "".join(values)
    if '"' in together:
        values = [text.replace('"', '""') for text in values]
    return [f'"{text}"' for text in values] if any(mark in together for mark in ',\n"') else values


def stays(texts, together):
    """Whether `csv_cell` would surely leave all these texts as they are."""
    ends = {*map(FIRST, texts), *map(LAST, texts)}
    return ends.isdisjoint((*RISKY_STARTS, " ", "\n")) and is_clean(together)


def csv_cell(value):
    if not isinstance(value, str):
        return CSV_CELLS.get(type(value), str)(value)
    text = clean(value)
    return f"'{text}" if text.startswith(RISKY_STARTS) else text


def csv_moment(moment):
    iso = moment.isoformat()  # formatting by "%d/%m/%Y" takes three times as long
    return f"{iso[11:16]} {iso[8:10]}/{iso[5:7]}/{iso[:4]}"


CSV_CELLS = {
    type(None): lambda nothing: "",
    date: functools.cache(lambda day: f"{day:%d/%m/%Y}"),  # the same few in all rows
    datetime: csv_moment,
}
