"""Measurements that want a process of their own: `run("bench.statistics", address)` returns the rows of its table.

Each module says what it measures as `measure()`, which yields rows, and ends with `main(measure)`: `python -m
bench.statistics` prints them, for the database of DATABASE_URL.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median


def run(module, address=None, **more):
    """Run a measurement on the database at this address, `more` in its environment; return its rows, made by `row`."""
    surroundings = os.environ | ({"DATABASE_URL": address} if address else {}) | more
    done = subprocess.run(
        [sys.executable, "-m", module, "--json"], env=surroundings, check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main(measure):
    is_met = True
    for row in measure():
        is_met &= row["is_met"] is not False
        if "--json" in sys.argv:
            print(json.dumps(row, ensure_ascii=False), flush=True)
        else:
            said = {True: "met", False: "MISSED", None: ""}[row["is_met"]]
            cells = [row["what"], row["ours"], row["against"], row["ratio"], row["bar"]]
            print(" | ".join(f"{cell:<{width}}" for cell, width in zip(cells, (44, 20, 20, 6, 12), strict=True)), said)
    sys.exit(0 if "--json" in sys.argv else not is_met)


def row(what, ours, *, bar="", is_met=None, against="", ratio=""):
    return {"what": what, "ours": ours, "against": against, "ratio": ratio, "bar": bar, "is_met": is_met}


def at_most(what, value, bar, unit):
    return row(what, f"{value:,.2f} {unit}", bar=f"≤ {bar} {unit}", is_met=value <= bar)


def in_turn(rounds, ours, other):
    """Return the medians of both in seconds, and of the ratio other : ours of each round; who begins changes."""
    pairs = []
    for number in range(rounds):
        order = (ours, other) if number % 2 else (other, ours)
        times = {each: seconds(each) for each in order}
        pairs.append((times[ours], times[other]))
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(b / a for a, b in pairs)


def seconds(do):
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def most_memory():
    """Return the most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory_of(pid, *, with_children=False):
    """Return the resident memory of a process in MB."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2
    except OSError:  # it ended meanwhile
        return 0
    return own + sum(memory_of(child) for child in children_of(pid)) if with_children else own


def children_of(pid):
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]


def computing_below(pid):
    """Return how many seconds the children of a process have computed."""
    return computed_by(children_of(pid))


def computed_by(pids):
    """Return how many seconds these processes have computed."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(found[11]) + int(found[12]) for found in stats) / os.sysconf("SC_CLK_TCK")
