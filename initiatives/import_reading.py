"""Read the cells of an uploaded workbook, in a process of its own with bounded memory and time (`config.child`).

The child knows nothing of the site: it says which texts stand where. Hidden rows are read like others; of merged cells
the first one has the text; a formula is not computed but named, for its stored result may be missing or old.
"""

import io
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from config import child
from initiatives.xlsx_check import Refused, refuse_unfit

MOST_MEMORY = 280 * 1024 * 1024
MOST_CPU_SECONDS = 8
# Computing is what is bounded; on a machine with much else to do it takes its time. Only the queue waits.
MOST_SECONDS = 60
MOST_ROWS = 5000
ROWS_ABOVE = 20  # what may stand above the first filled row: a title, the union, the headers
MOST_COLUMNS = 60
MOST_CHARACTERS = 15_000_000
SHEET = "Nhập liệu"


def read(content):
    """Return {"rows": [[row number, [text or None, …]], …], "formulas": [[row, column], …]} or {"refused": why}.

    Why is a word of `xlsx_check`, or `too_many_rows`, `too_much_text`, `broken`; `bomb` of a stopped child.
    """
    return child.answer_of("initiatives.import_reading", content, seconds=MOST_SECONDS) or {"refused": "bomb"}


def look_into(content):
    try:
        refuse_unfit(content)
        return cells_of(content)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "bomb"}
    except Exception:  # a hostile file breaks the parser in many ways; each is the same answer
        return {"refused": "broken"}


def cells_of(content):
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False, rich_text=False)
    if not book.worksheets:
        raise Refused("broken")
    sheet = next((sheet for sheet in book.worksheets if sheet.title.strip() == SHEET), book.worksheets[0])
    sheet.reset_dimensions()  # a wrong dimension would lose rows in silence
    rows, formulas, characters, last = [], [], 0, None
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if cells is last:  # one empty row stands for all that a gap leaves out, a million perhaps
            continue
        last = cells
        texts = [text_of(cell) for cell in cells]
        if not any(texts):
            continue
        if len(rows) == MOST_ROWS + ROWS_ABOVE:
            raise Refused("too_many_rows")
        characters += sum(len(text) for text in texts if text)
        if characters > MOST_CHARACTERS:
            raise Refused("too_much_text")
        formulas += [[number, at] for at, cell in enumerate(cells) if cell.value is not None and cell.data_type == "f"]
        while texts[-1] is None:
            texts.pop()
        rows.append([number, texts])
    return {"rows": rows, "formulas": formulas}


def text_of(cell):
    """Return what a cell says as somebody would type it, or None for an empty one."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return "="
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, (datetime, date)):
        return f"{value:%d/%m/}{value.year:04d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    if isinstance(value, (int, float, time)):
        return str(value)
    text = unescape(str(value))  # Excel writes the returns of pasted text as _x000D_
    return text if text.strip() else None


if __name__ == "__main__":
    child.limit(MOST_MEMORY, MOST_CPU_SECONDS)
    child.say(look_into(child.given()))
