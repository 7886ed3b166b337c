"""Cells of workbooks that the site writes."""

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_text(cell, text):
    """Write text into a cell as text: nothing that a user typed is ever a formula or an error value."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RISKY_STARTS)
    return cell
