"""What one initiative costs: processor time, rows, bytes. `python -m bench.cost` on a filled database (DATABASE_URL).

It sends some thousand initiatives as people do, counts them as the queue does, and looks at how large the tables are
for each that they hold. What finding copies costs: `bench/copies_speed.py`. `docs/scale.md` reckons with both.
"""

import os
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402 (Django first)

from bench import sites, visits  # noqa: E402
from bench.apart import computed_by, computing_below, main, row  # noqa: E402
from bench.client import rate  # noqa: E402
from initiatives.counting import count_changes  # noqa: E402
from initiatives.models import Initiative  # noqa: E402

SECONDS = 10
TABLES = {
    "initiatives": ["initiatives_initiative"],
    "the record": ["record_event"],
    "figures": ["initiatives_counted", "initiatives_uncounted"],
}


def ask(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def database_seconds():
    """Return how many seconds the database's processes for this database have computed."""
    found = ask(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    )
    return computed_by(pid for (pid,) in found)


def written():
    return ask("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")[0][0]


def sent(server, what, work):
    """Let some people do this for a while; yield what each time costs."""
    rate(server.port, work, seconds=2)
    before = computing_below(server.process.pid), database_seconds(), written(), Initiative.objects.count()
    begun = time.perf_counter()
    done = rate(server.port, work, seconds=SECONDS) * (time.perf_counter() - begun)
    after = computing_below(server.process.pid), database_seconds(), written(), Initiative.objects.count()
    web, database, log, stored = (new - old for new, old in zip(after, before, strict=True))
    number = stored or done
    yield row(what, f"{1000 * web / number:.2f} ms site", against=f"{1000 * database / number:.2f} ms database")
    if stored:
        yield row("… written ahead, for a standby and for restoring", f"{log / number / 1024:.1f} kB")


def queued(what, work, number):
    """Do what the queue does for so many initiatives; return what each costs."""
    before = time.process_time(), database_seconds()
    work()
    site, database = (new - old for new, old in zip((time.process_time(), database_seconds()), before, strict=True))
    return row(what, f"{1000 * site / number:.2f} ms site", against=f"{1000 * database / number:.2f} ms database")


def sizes(number):
    """Yield rows and bytes, with indexes, for each initiative."""
    for what, tables in TABLES.items():
        bytes_, rows = ask(
            "SELECT sum(pg_total_relation_size(oid)), sum(reltuples) FROM pg_class WHERE relname = ANY(%s)", tables
        )[0]
        yield row(f"stored: {what}", f"{float(bytes_) / number:,.0f} bytes", against=f"{rows / number:.2f} rows")
    ((whole,),) = ask("SELECT pg_database_size(current_database())")
    yield row("stored: the whole database", f"{whole / number:,.0f} bytes", against=f"{whole / 1e9:.1f} GB")


def measure():
    count_changes()
    number = Initiative.objects.count()
    yield row("initiatives in the database", f"{number:,}")
    address = os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sites.site(address, Path(folder)) as server:
        yield from sent(server, "the form page", visits.page(visits.SITE.form))
        yield from sent(server, "sending", visits.sending(visits.SITE))
        yield from sent(server, "form, sending, receipt", visits.whole_sending(visits.SITE))
    new = Initiative.objects.count() - number
    yield queued("counting it, in the queue", count_changes, new)
    yield from sizes(Initiative.objects.count())


if __name__ == "__main__":
    main(measure)
