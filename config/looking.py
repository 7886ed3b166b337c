"""Looking for rows in a list of millions, in the order that one of its indexes has, without ever reading it whole.

A filter that fits one row in a million would make the database walk all of them for a page. So a look has three steps,
each bounded: a short walk along the list, which fills a page when many rows fit; a leap by another index (words, pairs
alike), which finds few rows wherever they are, and gives up when it takes long or finds many; a long walk, which tells
where it stopped. What comes back is right as far as it goes: the next page goes on where the look stopped.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

# Rows read along the list; rows that a leap may find; how long it may take, in milliseconds.
SHORT_WALK = 2000
LONG_WALK = 20_000
MOST_LEAPT = 5000
LEAP_TIME = 80


@dataclass(frozen=True)
class Sought:
    """What is looked for: `rows` of the list `among`, whose order an index has; the very same where all are wanted.

    `leap` are the same rows for an index of another kind; None where there is none. SQLite, which cannot be told to
    stop after a time, never leaps.
    """

    among: QuerySet
    rows: QuerySet
    leap: QuerySet | None = None

    def first(self, order, size, *, behind=None, backwards=False):
        """Return (the first rows behind a row in an Order, `size` at most; the key of the row where the look stopped).

        No key: there are no more rows than these, or as many as were asked for.
        """
        if self.rows is self.among:
            return list(order.beyond(self.rows, behind, backwards=backwards)[:size]), None
        keys, stop = self.first_keys(order, size, behind, backwards)
        there = self.rows.order_by().in_bulk(keys)
        found = [there[key] for key in keys if key in there]
        if len(keys) == size > len(found):  # one changed meanwhile: the list goes on all the same
            stop = keys[-1]
        return found, stop

    def first_keys(self, order, size, behind, backwards):
        if self.leap is None or connection.vendor != "postgresql":
            return self.walk(order, size, behind, backwards, LONG_WALK)
        keys, stop = self.walk(order, size, behind, backwards, SHORT_WALK)
        if stop is None:
            return keys, None
        if len(keys) * LONG_WALK < size * SHORT_WALK:
            leapt = self.leapt(order, size, behind, backwards)
            return self.walk(order, size, behind, backwards, LONG_WALK) if leapt is None else (leapt, None)
        # So many fit that walking on most likely fills the page, and a leap would find too many.
        keys, stop = self.walk(order, size, behind, backwards, LONG_WALK)
        leapt = None if stop is None else self.leapt(order, size, behind, backwards)
        return (keys, stop) if leapt is None else (leapt, None)

    def walk(self, order, size, behind, backwards, most):
        """Look at the next `most` rows of the list."""
        listed = order.beyond(self.among, behind, backwards=backwards).values_list("pk", order.column)
        ends = list(listed[most - 1 : most + 1])
        rows = order.beyond(self.rows, behind, backwards=backwards)
        if ends:
            rows = order.up_to(rows, *ends[0], backwards=backwards)
        keys = list(rows.values_list("pk", flat=True)[:size])
        is_cut = len(ends) == 2 and len(keys) < size
        return keys, ends[0][0] if is_cut else None

    def leapt(self, order, size, behind, backwards):
        """Return the keys that a leap finds, or None where there are too many or it takes too long."""
        rows = order.beyond(self.leap, behind, backwards=backwards).order_by().values_list(order.column, "pk")
        try:
            with hurried(LEAP_TIME):
                found = list(rows[: MOST_LEAPT + 1])
        except OperationalError:
            return None
        if len(found) > MOST_LEAPT:
            return None
        found.sort(key=sortable, reverse=order.falls != backwards)
        return [key for _, key in found[:size]]


def sortable(pair):
    """Bytes come as memoryview, which has no order."""
    value, key = pair
    return (bytes(value) if isinstance(value, memoryview) else value), key


@contextmanager
def hurried(milliseconds):
    """Let PostgreSQL stop statements after this time (OperationalError) and use indexes, whatever it guesses."""
    wanted = {"statement_timeout": str(milliseconds), "enable_seqscan": "off"}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('enable_seqscan')")
        before = dict(zip(wanted, cursor.fetchone(), strict=True))
        set_here(cursor, wanted)
        yield
        set_here(cursor, before)


def set_here(cursor, values):
    """Set parameters of the database until the end of this transaction."""
    pairs = [part for pair in values.items() for part in pair]
    cursor.execute(f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(values))}", pairs)
