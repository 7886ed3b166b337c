"""Cells that hold what people typed as text, whatever it begins with: never a formula, never an error value."""

import re

from openpyxl.cell import WriteOnlyCell

from config.text import clean

# What spreadsheet programs take for the beginning of a formula.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
READ_OTHERWISE = (*RISKY_STARTS, "#")  # and of an error value
# Excel reads _x000D_ as a character; what only looks like that is written so that it stays as it is.
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
DATE_FORMATS = {"date": "DD/MM/YYYY", "datetime": "HH:MM DD/MM/YYYY"}


def write_text(cell, text):
    """Write text into a cell as text."""
    cell.value = as_stored(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(READ_OTHERWISE)
    return cell


def as_stored(text):
    """Return how a workbook stores a text, so that Excel shows it as it was typed."""
    return CODED.sub("_x005F_", text)


def xlsx_cell(sheet, value):
    """Return a cell of a write-only sheet for a text, a number, a date or a moment without time zone."""
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if number_format := DATE_FORMATS.get(type(value).__name__):
            cell.number_format = number_format
        return cell
    text = clean(value)
    # A cell of its own only where it makes a difference: they take most of the time.
    return write_text(WriteOnlyCell(sheet), text) if text.startswith(READ_OTHERWISE) else as_stored(text)


def csv_cell(value):
    """Return a value as CSV has it: dates as people write them, an apostrophe before what would run as a formula."""
    if kind := DATE_FORMATS.get(type(value).__name__):
        return f"{value:{'%d/%m/%Y' if kind == 'DD/MM/YYYY' else '%H:%M %d/%m/%Y'}}"
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = clean(value)
    return f"'{text}" if text.startswith(RISKY_STARTS) else text
