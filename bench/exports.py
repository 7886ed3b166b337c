"""How fast long files are written, and in how much memory: `python -m bench.exports`.

Ours reads the rows from the database and cleans them. The yardstick of XLSX is openpyxl's write-only writer alone, with
the same values ready in memory; that of CSV is csv.writer over a server-side cursor with the same columns.
"""

import csv
import math
import os
import tempfile
from itertools import chain, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 (Django first)
from openpyxl import Workbook  # noqa: E402

from accounts.models import Union, User  # noqa: E402
from bench.apart import at_most, in_turn, main, most_memory, row  # noqa: E402
from config.long_workbook import LongWorkbook  # noqa: E402
from config.spreadsheets import csv_lines  # noqa: E402
from initiatives.export_columns import COLUMNS, Reader  # noqa: E402
from initiatives.exporting import chunks_of, listed  # noqa: E402
from initiatives.exports import Export, Kind  # noqa: E402
from initiatives.limits import EXPORT_CHUNK, MOST_IN_XLSX  # noqa: E402
from initiatives.models import Initiative  # noqa: E402

ROWS = int(os.environ.get("BENCH_EXPORT_ROWS", 100_000))
ROUNDS = 3
BAR = 0.8
MEMORY_BAR_MB = 150


class AllColumns(Reader):
    """What staff of a union read of its own initiatives: contacts too."""

    def __init__(self, user):
        super().__init__(user)
        self.columns, self.unions = COLUMNS, {*Union.objects.values_list("pk", flat=True)}


def chunks(number):
    """Yield the newest so many initiatives as exports read them."""
    user = User.objects.filter(is_superuser=True).first()
    export = Export(made_by=user, kind=Kind.XLSX, query="")
    return islice(chunks_of(export, AllColumns(user)), math.ceil(number / EXPORT_CHUNK))


def write_xlsx(number):
    with tempfile.TemporaryFile() as file, LongWorkbook(file, "Sáng kiến", COLUMNS) as book:
        for chunk in chunks(number):
            book.write(list(zip(*chunk, strict=True)))


def write_xlsx_with_openpyxl(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for values in rows:
        sheet.append(values)
    with tempfile.TemporaryFile() as file:
        book.save(file)


def write_csv(number):
    with tempfile.TemporaryFile() as file:
        for chunk in chunks(number):
            file.write(csv_lines(chunk).encode())


def write_csv_with_a_cursor(number):
    user = User.objects.filter(is_superuser=True).first()
    rows, order = listed(user, "")
    question, values = order.sort(rows).values_list(*(column.of for column in COLUMNS))[:number].query.sql_with_params()
    with transaction.atomic(), tempfile.TemporaryFile("w", newline="") as file:
        if connection.vendor == "postgresql":
            cursor = connection.connection.cursor(name="all", scrollable=False)
            cursor.itersize = EXPORT_CHUNK
        else:
            cursor = connection.connection.cursor()
            question = question.replace("%s", "?")
        cursor.execute(question, values)
        csv.writer(file).writerows(cursor)
        cursor.close()


def measure():
    write_xlsx(min(ROWS, 20_000))
    write_csv(min(ROWS, 20_000))
    little = most_memory()
    yield at_most(f"memory, {min(ROWS, 20_000):,} rows", little, MEMORY_BAR_MB, "MB")
    found = min(MOST_IN_XLSX, Initiative.objects.count())
    write_xlsx(found)
    much = most_memory()
    yield at_most(f"memory, {found:,} rows of XLSX", much, MEMORY_BAR_MB, "MB")
    yield row("… and with fewer rows", f"{much / little:.2f} ×", bar="≤ 1.20 ×", is_met=much / little <= 1.2)
    number = min(ROWS, found)
    yield compared("CSV", number, lambda: write_csv(number), lambda: write_csv_with_a_cursor(number), ROUNDS)
    ready = list(chain.from_iterable(zip(*chunk, strict=True) for chunk in chunks(number)))
    yield compared("XLSX", number, lambda: write_xlsx(number), lambda: write_xlsx_with_openpyxl(ready), 1)


def compared(what, number, ours, other, rounds):
    mine, theirs, ratio = in_turn(rounds, ours, other)
    return row(
        f"{what}, {number:,} rows of {len(COLUMNS)} columns",
        f"{number / mine:,.0f} rows/s",
        against=f"{number / theirs:,.0f} rows/s",
        ratio=f"{ratio:.2f}",
        bar=f"≥ {BAR}",
        is_met=ratio >= BAR,
    )


if __name__ == "__main__":
    main(measure)
