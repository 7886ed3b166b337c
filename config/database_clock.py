"""Whether this machine's clock is right: the database, perhaps on another machine, has one of its own.

Rules go by the front server's stamp (config/arrival.py); a clock that is wrong is to be mended, not worked around.
"""

from datetime import UTC, datetime

from django.db import connection

MOST_SECONDS = 2


def real_now():
    return datetime.now(UTC)


def clock_difference():
    """Return by how many seconds the database's clock is ahead of ours; SQLite has no other than ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # so that connecting is over
        before = real_now()
        cursor.execute("SELECT clock_timestamp()")
        (there,) = cursor.fetchone()
        after = real_now()
    return (there - (before + (after - before) / 2)).total_seconds()


def clocks_agree():
    return abs(clock_difference()) < MOST_SECONDS
