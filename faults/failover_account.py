"""The account of a run of faults.failover: what was acknowledged, what is there, how long nobody was served."""

import statistics
import sys
import time
from collections import Counter

from bench import machine, sites

LONGEST_SECONDS = 30
COUNTED_WITHIN = 90


def account(people):
    """Return (how many were acknowledged, found among these, keys that are lost, workplaces that are there twice)."""
    from initiatives.models import Initiative  # noqa: PLC0415 (Django is set up by now)

    acknowledged = {one.submission_id for one in people.all if one.acknowledged}
    rows = Initiative.objects.values_list("submission_id", "workplace")
    stored = {str(key) for key, _ in rows}
    doubled = [place for place, many in Counter(place for _, place in rows).items() if many > 1]
    return len(acknowledged), len(acknowledged & stored), sorted(acknowledged - stored), doubled


def table(events):
    yield "| what happened | taken again after | longest silence | what was answered meanwhile, other than taken | |"
    yield "|---|---|---|---|---|"
    for one in events:
        answers = ", ".join(
            f"{many} × {status or 'no answer'} ({whose})" for (status, whose), many in one.answers.items()
        )
        again = "never" if one.again is None else f"{one.again:.1f} s"
        yield f"| {one.what} | {again} | {one.silence:.1f} s | {answers or '–'} | {one.note} |"


def wrong_of(run, numbers, record):
    """Return what is wrong with a run."""
    _, _, lost, doubled = numbers
    return [
        *(f"lost: {key}" for key in lost),
        *(f"there twice: {place}" for place in doubled),
        *(f"{one.what}: silent for {one.silence:.0f} s" for one in run.events if one.silence >= LONGEST_SECONDS),
        *(f"{one.what}: nothing was taken again" for one in run.events if one.again is None),
        *(f"{one.what}: a page that is not ours" for one in run.events if any(w == "NOT OURS" for _, w in one.answers)),
        *([] if record.startswith("The record holds") else [record]),
    ]


def seconds_to_count():
    """Return after how long the queue had counted all that was sent, or None: it outlived the primaries, too."""
    from initiatives.counting_models import Uncounted  # noqa: PLC0415 (Django is set up by now)

    begun = time.monotonic()
    while Uncounted.objects.exists():
        if time.monotonic() - begun > COUNTED_WITHIN:
            return None
        time.sleep(1)
    return time.monotonic() - begun


def told(drained, counted):
    return f"The queue had written what was kept {drained:.0f} s after the end, and counted all " + (
        f"{counted:.0f} s later." if counted is not None else "never."
    )


def report(run, numbers, record):
    acknowledged, found, lost, doubled = numbers
    outages = [one.silence for one in run.events if one.what.startswith("primary")]
    tries = [one for sending in run.people.all for one in sending.tries]
    return [
        f"Acknowledged {acknowledged}, found {found}, lost {len(lost)}, there twice {len(doubled)}; "
        f"{len(tries)} requests. {record}",
        f"Primary killed {len(outages)} times: silent for {statistics.median(outages):.1f} s in the middle, "
        f"{max(outages):.1f} s at most.",
        "",
        *table(run.events),
        "",
    ]


def description():
    """Return the lines that stand above a table."""
    lines = machine.description("")
    return [line for line in lines if "gunicorn" not in line] + [
        "two PostgreSQL with Patroni, etcd, HAProxy, Redis, two gunicorn of 1 worker and 4 threads, on the same cores"
    ]


def verified(environment):
    try:
        return sites.run([sys.executable, "manage.py", "verify_record"], environment).strip()
    except RuntimeError as broken:
        return str(broken)
