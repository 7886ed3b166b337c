"""`make audit`: run a copy of the site, let axe, Lighthouse and the Nu HTML checker look at it, print one table.

Ends with 1 when a bar is missed. What was found in detail is in var/audit.json, the pages as pictures in
var/screenshots/. The bars and how to read the table: docs/quality.md.
"""

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from audit import lighthouse, nu
from tests.browser.axe import findings
from tests.browser.server import CHROMIUM, CHROMIUM_FLAGS, ROOT, load
from tests.browser.states import PUBLIC, STAFF
from tests.browser.visiting import WIDTHS, Tour, running_sites

VAR = ROOT / "var"
SCREENSHOTS = VAR / "screenshots"
MOST_SECONDS = 15 * 60


def main():
    if not CHROMIUM:
        return "audit: no Chromium found (set CHROMIUM)"
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(MOST_SECONDS)  # the servers stop with the contexts below
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=VAR, prefix="audit-") as name:
        folder = Path(name)
        say("loading a site with demo data")
        (folder / "loaded").mkdir()
        load(folder / "loaded")
        with running_sites(folder / "loaded", folder) as servers:
            pages = look_at_all(servers)
            say("Lighthouse")
            scores, first_visit = lighthouse.measure(servers)
    say("Nu HTML checker")
    faults = nu.check({name: page.pop("html") for name, page in pages.items()})
    rows = [*rows_of_pages(pages, faults), *lighthouse.rows(scores, first_visit)]
    missed = [row for row in rows if row[-1] == "MISSED"]
    report = {"pages": pages, "nu": faults, "lighthouse": scores, "first_visit": first_visit, "missed": missed}
    (VAR / "audit.json").write_text(json.dumps(report, ensure_ascii=False, indent=1))
    print_table(rows)
    print(f"{len(rows)} checks, {len(missed)} missed, {time.monotonic() - started:.0f} s. Details: var/audit.json")
    skipped = faults is None
    if skipped:
        print(f"SKIPPED the Nu HTML checker: {nu.MISSING}")
    return int(bool(missed) or (skipped and os.environ.get("REQUIRE_ALL") == "1"))


def give_up(*_):
    raise TimeoutError(f"The audit did not end within {MOST_SECONDS} s.")


def say(doing):
    print(f"audit: {doing} …", file=sys.stderr, flush=True)


def look_at_all(servers):
    """Return {state: {"staff", "html" as the server sent it, "axe": {width: findings}}}, and leave pictures."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seen = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        tour = Tour(browser, servers)
        for state in [*PUBLIC, *STAFF]:
            say(state.name)
            visit = tour.to(state)
            seen[state.name] = {"staff": bool(state.who), "html": visit.html, "axe": {}}
            for width in visit.at_each(WIDTHS):
                seen[state.name]["axe"][width] = findings(visit.page)
                visit.page.screenshot(path=SCREENSHOTS / f"{state.name}-{width}.png", full_page=True)
        browser.close()
    return seen


def rows_of_pages(pages, faults):
    """Return a row (what, findings, bar, verdict) for each page and checker; Django's own HTML is not ours to mend."""
    for name, page in pages.items():
        kind = "staff page" if page["staff"] else "page"
        for width, found in page["axe"].items():
            yield f"axe, {kind} {name}, {width} px", len(found), 0, "MISSED" if found else "ok"
        if faults is not None and not name.startswith("board"):
            yield f"Nu, {kind} {name}", len(faults[name]), 0, "MISSED" if faults[name] else "ok"


def print_table(rows):
    widths = [max(len(str(row[column])) for row in rows) for column in range(4)]
    for what, value, bar, verdict in rows:
        print(f"{what:<{widths[0]}}  {value!s:>{widths[1]}}  {bar!s:>{widths[2]}}  {verdict}")


if __name__ == "__main__":
    sys.exit(main())
