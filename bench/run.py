"""`make bench`: measure the site against the floor, print one table, keep it in bench/results/.

Ends with 1 when a bar is missed. What is measured and how to read it: docs/bench.md.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench import apart, databases, load, requests, sites
from bench.machine import CLIENT_CORE, description
from bench.rows import Result

ADMINISTRATOR = """
from accounts.models import User
User.objects.get_or_create(
    username="bench-admin", defaults={"full_name": "bench-admin", "is_staff": True, "is_superuser": True}
)
"""
RESULTS = sites.ROOT / "bench" / "results"
# Measured on the largest database, each in a process of its own.
APART = {"statistics": "bench.statistics", "export": "bench.exports", "import": "bench.imports"}
HEAD = ("work", "ours", "against", "ratio", "bar", "")


def options():
    parser = argparse.ArgumentParser(prog="bench.run", description=__doc__)
    parser.add_argument("--scale", default="", help="numbers of initiatives to compare, like 25000,2500000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each row is measured; the median counts")
    parser.add_argument("--minutes", type=float, default=1, help="of load, before a worker's memory is looked at")
    parser.add_argument("--only", default="", help="only the rows whose name has these words; no result is kept")
    chosen = parser.parse_args()
    chosen.sizes = [int(size) for size in chosen.scale.split(",") if size]
    return chosen


def main():
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))  # servers stop with the contexts below
    os.sched_setaffinity(0, CLIENT_CORE)
    started, results, machine = time.monotonic(), [], description(databases.server_version())
    var = sites.ROOT / "var"
    var.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var, prefix="bench-") as name:
        for result in measured(chosen, Path(name)):
            results.append(result)
            say(line(result, [36, 16, 16, 6, 6]))
    table = [*machine, "", *lines(results), "", summary(results, started)]
    print("\n".join(table))
    if not chosen.only:
        keep(table)
    return int(any(result.is_met is False for result in results))


def measured(chosen, folder):
    """Yield the Results of all rows, one after the other."""
    sites.make_floor(folder)
    with sites.floor(folder) as floor:
        for size in chosen.sizes or [0]:
            yield from at_size(size, floor, chosen, folder)
    if chosen.only in "SQLite: sent by 8 at once":
        yield from load.on_sqlite(folder)
    if len(chosen.sizes) > 1:
        yield from measured_apart({"lists": "bench.lists"}, chosen, folder)
    if chosen.sizes:
        yield from measured_apart(APART, chosen, folder)


def measured_apart(modules, chosen, folder):
    """Yield the Results of what is measured by these modules, on the largest database, some beside the smallest."""
    address = databases.address_of(str(max(chosen.sizes)))
    smaller = databases.database_of(str(min(chosen.sizes)))
    sites.manage(address, folder, "shell", "-c", ADMINISTRATOR)
    for what, module in modules.items():
        if chosen.only in what:
            for row in apart.run(module, address, SMALLER=smaller):
                yield Result(**row | {"what": f"{what}: {row['what']}"})


def at_size(size, floor, chosen, folder):
    """Yield the Results of the rows that are measured on one database."""
    say(f"bench: {size:,} initiatives" if size else "bench: a new database")
    if size:
        name = sites.sized(size, folder)
    else:
        name = "site"
        sites.make_site(name, folder)
    with sites.site(databases.address_of(name), folder) as site:
        for result in requests.measure(site, floor, rounds=chosen.rounds, wanted=chosen.only):
            yield replace(result, what=f"{result.what}, {size:,}") if size else result
        if chosen.only in "memory of a worker":
            yield from load.memory(site, chosen.minutes)


def say(words):
    print(words, file=sys.stderr, flush=True)


def verdict(result):
    if not result.bar:
        return ""
    return {True: "met", False: "MISSED", None: "not measured"}[result.is_met]


def line(result, widths):
    cells = [result.what, result.ours, result.against, result.ratio, result.bar]
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + f"  {verdict(result)}"


def lines(results):
    """Return the table in Markdown, its columns as wide as what stands in them."""
    rows = [HEAD, *([*(r.what, r.ours, r.against, r.ratio, r.bar), verdict(r)] for r in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    written = ["| " + " | ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)) + " |" for row in rows]
    return [written[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *written[1:]]


def summary(results, started):
    missed = sum(result.is_met is False for result in results)
    left_out = sum(result.is_met is None for result in results if result.bar)
    more = f", {left_out} not measured" if left_out else ""
    return f"{len(results)} rows, {missed} missed{more}, {time.monotonic() - started:.0f} s."


def keep(table):
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / time.strftime("%Y-%m-%d-%H%M.md", time.gmtime())
    path.write_text("\n".join(table) + "\n")
    say(f"bench: kept as {path.relative_to(sites.ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
