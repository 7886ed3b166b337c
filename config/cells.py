"""Cells of workbooks that the site writes."""

import re

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Excel reads _x000D_ as a character; what only looks like that is written so that it stays as it is.
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write_text(cell, text):
    """Write text into a cell as text: nothing that a user typed is ever a formula or an error value."""
    cell.value = CODED.sub("_x005F_", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RISKY_STARTS)
    return cell
