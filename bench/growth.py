"""Rows of the lists, searches and admin pages: what they take at the largest size against the smallest."""

import json
import subprocess
import sys
from statistics import median

from bench import databases, sites
from bench.rows import Result

MOST_GROWTH = 1.3
MOST_MS = 150
BAR = f"≤ {MOST_GROWTH}, ≤ {MOST_MS} ms"


def measure(sizes, folder, *, rounds, wanted=""):
    """Yield a Result for each page whose name has these words; the databases of both sizes are there."""
    small, large = min(sizes), max(sizes)
    words, seen = None, {small: [], large: []}
    for _ in range(rounds):
        for size in (small, large):
            found = look(size, folder, words)
            words = words or found["words"]
            seen[size].append(found["pages"])
    for name in seen[small][0]:
        if wanted in name:
            yield compared(name, [pages[name] for pages in seen[small]], [pages[name] for pages in seen[large]], large)


def look(size, folder, words):
    """Measure the pages of one database in a process of its own."""
    environment = sites.surroundings(databases.address_of(str(size)), folder)
    command = [sys.executable, "-m", "bench.staff_pages", *([json.dumps(words)] if words else [])]
    done = subprocess.run(command, cwd=sites.ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(done.stdout)


def compared(name, small, large, size):
    """Return the Result of a page from [ms, queries] of each round at both sizes."""
    few, many = (median(ms for ms, _ in rounds) for rounds in (small, large))
    queries, before = large[0][1], small[0][1]
    is_met = many <= MOST_GROWTH * few and many <= MOST_MS and queries == before
    ours = f"{many:.0f} ms, {queries} queries"
    return Result(f"{name}, {size:,}", ours, f"{few:.0f} ms, {before} queries", f"{many / few:.2f}", BAR, is_met)
