"""`python -m faults.hostile`: the Big List of Naughty Strings, and worse, in every field and parameter of every page.

Runs in a database of its own (SQLite, or where DATABASE_URL says), which is gone afterwards. Every string goes into
every field of every form and into every word of an address; each page is opened with other strings in all its
parameters, time and again, and the administrator's with one of them alone. It stops after HOSTILE_MINUTES (40 when
left out) and says how far it came. Prints a table and keeps it in `faults/results/`. Ends with 1 when anything was
wrong, or when it did not come to the end.
"""

import io
import logging
import os
import sys
import time
from contextlib import contextmanager, redirect_stderr
from datetime import UTC, datetime
from pathlib import Path

import django

RESULTS = Path(__file__).parent / "results"
MINUTES = float(os.environ.get("HOSTILE_MINUTES", "40"))
MOST_FAULTS_SHOWN = 100
# Strings that go to every place before the next ones do: when time is up, all places got the same ones.
TOGETHER = 1


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("CLOCK_START", "2021-04-01T08:00+07:00")
    django.setup()
    logging.disable(logging.CRITICAL)
    started = datetime.now(UTC)
    with own_database() as vendor, redirect_stderr(io.StringIO()):
        report, reached = attack(time.monotonic() + MINUTES * 60)
    text = "\n".join(lines(report, reached, vendor, started))
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{started:%Y-%m-%dT%H-%M-%SZ}-hostile.md").write_text(text + "\n", encoding="utf-8")
    sys.exit(1 if report.faults or reached["sent"] < reached["strings"] else 0)


@contextmanager
def own_database():
    from django.db import connection, transaction  # noqa: PLC0415 (settings come first)
    from django.test.utils import (  # noqa: PLC0415
        override_settings,
        setup_test_environment,
        teardown_test_environment,
    )

    plain = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(STORAGES=plain, CACHES={"default": {"BACKEND": LOCAL_CACHE}}), transaction.atomic():
            yield connection.vendor
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"


def attack(until):
    """Send everything to everything until this time; return (Report, how far it came)."""
    from tests.attacking import (  # noqa: PLC0415
        Report,
        ask_each_parameter,
        ask_pages,
        ask_paths,
        send_form,
    )
    from tests.naughty import WORST, whole_list  # noqa: PLC0415
    from tests.probing import explore  # noqa: PLC0415
    from tests.stage import paths_with_words, set_stage  # noqa: PLC0415

    stage, report, payloads = set_stage(), Report(), [*WORST, *whole_list()]
    sites = {person: explore(person, starts) for person, starts in stage.values()}
    forms = {}
    for person, site in sites.items():
        forms |= {key: (person, form) for key, form in site.forms.items() if key not in forms}
    reached = {"people": len(sites), "forms": len(forms), "strings": len(payloads), "sent": 0}
    reached["pages"] = sum(len(site.pages) for site in sites.values())
    reached["fields"] = sum(len(form.values) + len(form.files) for _, form in forms.values())
    reached["parameters"] = sum(len(names) for site in sites.values() for names in site.parameters.values())
    for start in range(0, len(payloads), TOGETHER):
        some = payloads[start : start + TOGETHER]
        for person, form in forms.values():
            send_form(report, person, form, some)
        for person, site in sites.items():
            ask_pages(report, person, site, some)
        ask_each_parameter(report, stage["administrator"][0], sites[stage["administrator"][0]], some)
        ask_paths(report, stage["administrator"][0], paths_with_words(), some)
        reached["sent"] += len(some)
        if time.monotonic() > until:
            break
    return report, reached


def lines(report, reached, vendor, started):
    yield f"# Hostile strings, {started:%Y-%m-%d %H:%M} UTC, {vendor}"
    yield ""
    yield "| what | number |"
    yield "|---|---:|"
    names = {
        "people": "people",
        "pages": "pages, by person",
        "forms": "forms",
        "fields": "fields of forms",
        "parameters": "parameters of pages that a link or a form names, by person",
        "strings": "strings",
        "sent": "strings that were sent to all of them when time was up",
    }
    for key, words in names.items():
        yield f"| {words} | {reached[key]} |"
    for what, number in report.counts.items():
        yield f"| {what} | {number} |"
    for words, sign in {"5xx": "5", "unescaped or active": "a", "typed words not shown again": "lost"}.items():
        yield f"| {words} | {sum(fault[2].startswith(sign) for fault in report.faults)} |"
    yield f"| stored half | {sum(fault[2].startswith('half') for fault in report.faults)} |"
    if report.faults:
        yield ""
        yield "Faults, the first of each kind and place:"
        yield ""
        first = {(where, words[:40]): (who, where, words, sent) for who, where, words, sent in report.faults[::-1]}
        yield from (
            f"- {who}: `{where}`: {words} – {sent}"
            for who, where, words, sent in list(first.values())[:MOST_FAULTS_SHOWN]
        )


if __name__ == "__main__":
    main()
