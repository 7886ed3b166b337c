"""Rows of what a web worker needs under load, and of the site as it comes, on SQLite."""

import time

from bench import sites, visits
from bench.client import rate
from bench.rows import Result
from bench.sites import CAMPAIGN

MEMORY_BAR_MB = 120
GROWTH_BAR = 1.1
SENDERS, SENT_BAR = 8, 30
SECONDS = 10
PAGES = ["", "gui-sang-kien/", "thong-ke/", "ket-qua/", "ma-qr/", "huong-dan/", "theo-doi/"]


def memory(site, minutes):
    """Yield the Results of a worker's memory after so many minutes of whole sendings and of every public page."""
    turns = [visits.whole_sending(visits.SITE), visits.one_of([CAMPAIGN + path for path in PAGES])]
    rate(site.port, turns[0], seconds=SECONDS)
    rate(site.port, turns[1], seconds=SECONDS)
    first, until = site.memory(), time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        for work in turns:
            rate(site.port, work, seconds=SECONDS)
    last, what = site.memory(), f"memory of a worker after {minutes:g} minutes of load"
    yield Result(what, f"{last:.0f} MB", "", "", f"≤ {MEMORY_BAR_MB} MB", last <= MEMORY_BAR_MB)
    growth = last / first
    yield Result(
        "… and at their beginning", f"{first:.0f} MB", "", f"{growth:.2f}", f"≤ {GROWTH_BAR}", growth <= GROWTH_BAR
    )


def on_sqlite(folder):
    """Yield the Result of eight people who send at once to the site as `make run` starts it. Nobody may be refused."""
    address = f"sqlite:///{folder / 'bench.sqlite3'}"
    sites.manage(address, folder, "migrate")
    sites.manage(address, folder, "load_reference")
    with sites.site(address, folder) as site:
        work = visits.sending(visits.SITE)
        rate(site.port, work, seconds=2, clients=SENDERS)
        sent = rate(site.port, work, seconds=SECONDS, clients=SENDERS)
    what = f"SQLite: sent by {SENDERS} at once, none refused"
    yield Result(what, f"{sent:,.0f} a second", "", "", f"≥ {SENT_BAR}", sent >= SENT_BAR)
