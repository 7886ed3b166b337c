"""How long the background needs to count, at the size of the database: `python -m bench.statistics`.

What a busy minute changes (5,000 verdicts) is counted, a page's figures are read, and both must equal a recount of all
rows. Nothing that is changed stays.
"""

import os
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 (Django first)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import Union  # noqa: E402
from bench.apart import at_most, main, row, seconds  # noqa: E402
from initiatives.counting import count_changes, recount  # noqa: E402
from initiatives.counting_models import Counted, Uncounted  # noqa: E402
from initiatives.desk_figures import read_of_union  # noqa: E402
from initiatives.models import Campaign, Initiative, Status  # noqa: E402
from initiatives.statistics import read, read_of_top  # noqa: E402

BUSY_MINUTE = 5000
COUNT_BAR = 1.0
READ_BAR_MS = 100


def measure():
    count_changes()  # a database that is new to this has to be counted first
    campaign = Campaign.objects.running().get()
    largest = max(
        Counted.objects.filter(campaign=campaign, union__in=Union.objects.tops().values("pk")),
        key=lambda row: sum(row.counts["block"].values()),
    )
    top = Union.objects.get(pk=largest.union_id)
    total = read(campaign)["total"]
    yield row("initiatives that stand", f"{total:,}")
    with transaction.atomic():
        for _ in range(3):
            change(BUSY_MINUTE)
            waiting = Uncounted.objects.count()
            yield at_most(f"counting {waiting:,} changes, in the queue", seconds(count_changes), COUNT_BAR, "s")
        for what, reading in (
            ("reading the country's figures", lambda: read(campaign)),
            (f"reading {top}'s figures", lambda: read_of_top(campaign, top)),
            (f"reading the desk of {top}", lambda: read_of_union(top, campaign)),
        ):
            yield at_most(what, 1000 * median(seconds(reading) for _ in range(9)), READ_BAR_MS, "ms")
            yield asks_no_initiatives(what, reading)
        wrong = []
        taken = seconds(lambda: wrong.append(recount()))
        yield row(
            "recount of all rows, once a day",
            f"{taken:,.1f} s",
            bar="equal",
            is_met=wrong == [0] and read(campaign)["total"] == Initiative.objects.standing().count(),
        )
        transaction.set_rollback(True)


def change(number):
    """Turn the verdict on so many initiatives, spread over all."""
    rows = Initiative.objects.filter(decided_at=None, anonymised_at=None).order_by()
    last = rows.order_by("-pk").values_list("pk", flat=True).first()
    keys = list(range(last, 0, -max(1, last // number)))[:number]
    for start in range(0, len(keys), 500):
        some = rows.filter(pk__in=keys[start : start + 500])
        turned = list(some.exclude(status=Status.ACCEPTED).values_list("pk", flat=True))
        some.filter(status=Status.ACCEPTED).update(status=Status.REJECTED)
        some.filter(pk__in=turned).update(status=Status.ACCEPTED)


def asks_no_initiatives(what, reading):
    with CaptureQueriesContext(connection) as queries:
        reading()
    asking = [query["sql"] for query in queries if '"initiatives_initiative"' in query["sql"]]
    return row(f"… asks {len(queries)} questions", f"{len(asking)} of initiatives", bar="none", is_met=not asking)


if __name__ == "__main__":
    main(measure)
