"""Prints how quickly the nearest of an initiative are found, and how large the index is.

    python -m bench.copies_speed --database postgres://… [--texts 200] [--seed 75]

Reads only. The database was filled by `manage.py generate_initiatives`, its prints by `manage.py find_copies` (which
may be stopped once all are signed). The first time that a text is asked for is told apart from the second: by then
what it needs is in memory.
"""

import argparse
import os
import random
import statistics
import time

import django

COUNT = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass"
SIZES = "SELECT pg_table_size(%s), pg_indexes_size(%s)"
MB = 1_000_000


def main():
    asked = arguments()
    os.environ["DATABASE_URL"] = asked.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    keys = some_keys(asked.texts, random.Random(asked.seed))
    sizes()
    for name in ("first time", "second time"):
        taken, own, found = measured(keys)
        cuts = statistics.quantiles(taken, n=10)
        print(
            f"nearest ten, {name:<12} median {statistics.median(taken):6.1f} ms, nine in ten below {cuts[8]:6.1f} ms, "
            f"slowest {max(taken):6.1f} ms; {statistics.median(own):.1f} ms of processor here "
            f"({len(taken)} texts, {found} of them like another)"
        )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a PostgreSQL database that holds signed initiatives")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=75)
    return parser.parse_args()


def some_keys(number, rng):
    """Return the keys of so many signed initiatives, from all over the table."""
    from initiatives.copies_models import Signature  # noqa: PLC0415 (Django first)

    last = Signature.objects.order_by("-pk").values_list("pk", flat=True)[0]
    picked = (Signature.objects.filter(pk__gte=rng.randint(1, last)).order_by("pk") for _ in range(number))
    return [signatures.values_list("pk", flat=True)[0] for signatures in picked]


def measured(keys):
    """Return (milliseconds of each search, those that this process computed, how many found something).

    On a busy machine the first say how long it waited, too.
    """
    from initiatives.copies_index import OF_TEXT, nearest  # noqa: PLC0415
    from initiatives.models import Initiative  # noqa: PLC0415

    taken, own, found = [], [], 0
    for key in keys:
        initiative = Initiative.objects.only(*OF_TEXT).get(pk=key)
        begun, computed = time.perf_counter(), time.process_time()
        found += bool(nearest(initiative))
        taken.append(1000 * (time.perf_counter() - begun))
        own.append(1000 * (time.process_time() - computed))
    return taken, own, found


def sizes():
    """Print how many rows the index has and how much room they take, a million signed initiatives too."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(COUNT, ["initiatives_signature"])
        signed = cursor.fetchone()[0]
        for table in ("initiatives_fingerprint", "initiatives_signature"):
            cursor.execute(COUNT, [table])
            rows = cursor.fetchone()[0]
            cursor.execute(SIZES, [table, table])
            data, indexes = cursor.fetchone()
            print(
                f"{table:<24} {rows:>12,} rows, {data / MB:8,.0f} MB and {indexes / MB:8,.0f} MB of indexes: "
                f"{(data + indexes) / MB * 1_000_000 / max(1, signed):8,.0f} MB a million"
            )


if __name__ == "__main__":
    main()
