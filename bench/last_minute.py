"""The last minute before midnight: `python -m bench.last_minute`. Loopback only; needs PostgreSQL.

Measures how many people a second can open the form, send it and read the receipt on one core. Then people come at a
rate that rises from half of that to three times as many, whether those before them were answered or not, and the
campaign closes on the way. At the end the account (bench/account.py): whoever arrived in time is in, everybody else is
out, to the last one. Ends with 1 when it does not agree, when there was a 5xx, or an answer took over 30 seconds.
"""

import argparse
import asyncio
import contextlib
import math
import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

from bench import databases, machine, sites
from bench.account import account, by_stretch, faults, stored_since, times
from bench.senders import Crowd, at_moments, in_circles

NAME = "last_minute"
SENDERS_AT_ONCE, WARMING_SECONDS, MEASURED_SECONDS = 12, 4, 15
FROM, TO, CLOSES_AFTER = 0.5, 3.0, 0.8
# For each sender so many who only look at a page.
LOOKING = 0.3
MOST_SENDERS = 20_000
MOST_DRAINING_SECONDS = 300


@contextlib.contextmanager
def queue(environment, folder):
    """Run the site's queue (a context)."""
    process = sites.start_queue(environment, folder / "queue.log")
    try:
        yield
    finally:
        sites.kill_group(process)


def typed(units):
    """Return what the person of a number types, as a function; every third gives an e-mail address."""

    def values(number):
        top, unit = units[number % len(units)]
        return {
            "full_name": "Nguyễn Thị Hoà",
            "phone": f"09{number % 10**8:08d}",
            "email": f"hoa{number}@example.vn" if number % 3 == 0 else "",
            "job_title": "Công nhân may",
            "top": top,
            "unit": unit,
            "workplace": f"Xưởng may số {number}",
            "block": "enterprise",
            "field": "production",
            "title": f"Cải tiến bàn cắt vải số {number}",
            "description": "Trước đây cắt từng lớp vải nên chậm. Tôi gắn thêm thước và kẹp để cắt nhiều lớp. " * 5,
            "effect": "Giảm một nửa thời gian cắt.",
            "started_on": "15/02/2021",
        }

    return values


def moments(rate, seconds):
    """Return when people come (seconds from now) at a rate that rises evenly from FROM to TO times `rate` a second."""
    slope = (TO - FROM) / (2 * seconds)
    total = int(rate * seconds * (FROM + TO) / 2)
    return [(math.sqrt(FROM**2 + 4 * slope * number / rate) - FROM) / (2 * slope) for number in range(total)]


def open_until(moment):
    """Let the campaign take initiatives from yesterday until then."""
    from initiatives.models import Campaign  # noqa: PLC0415 (Django is set up by now)

    Campaign.objects.filter(is_running=True).update(opens_at=datetime.now(UTC) - timedelta(days=1), closes_at=moment)


def all_written():
    """Wait until nothing is kept any more; return the seconds that it took."""
    from initiatives.kept_forms import KeptForm  # noqa: PLC0415 (Django is set up by now)

    begun = time.time()
    while KeptForm.objects.exists() and time.time() - begun < MOST_DRAINING_SECONDS:
        time.sleep(1)
    return time.time() - begun


async def served(crowd):
    """Return how many people a second are served when a few come again and again."""

    async def once(number):
        await crowd.send(20 * number + 1)  # opens the form, makes no mistake, taps once

    await in_circles(SENDERS_AT_ONCE, WARMING_SECONDS, once)
    return await in_circles(SENDERS_AT_ONCE, MEASURED_SECONDS, once)


async def rush(crowd, rate, seconds):
    """Let the crowd come; returns (sendings, by how many seconds the latest one was late to begin)."""
    (sendings, late), _ = await asyncio.gather(
        at_moments(moments(rate, seconds), crowd.send),
        at_moments(moments(rate * LOOKING, seconds), crowd.look_around),
    )
    return sendings, late


def last_minute(port, seconds):
    """Measure and rush; return the report's lines, and what is wrong."""
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)

    units = Union.objects.filter(level="UPPER", is_active=True).values_list("parent__code", "code")
    values = typed(list(units))
    open_until(datetime.now(UTC) + timedelta(days=1))
    calm = Crowd(port, sites.CAMPAIGN, values)
    rate = asyncio.run(served(calm))
    if wrong := faults(calm):
        raise SystemExit("\n".join(wrong[:5]))
    if rate * seconds * (FROM + TO) / 2 > MOST_SENDERS:
        raise SystemExit("More senders than one run may have: shorten it with --seconds.")
    print(f"serves {rate:.1f} people a second; now they come", file=sys.stderr, flush=True)
    time.sleep(3)
    closes_at = (datetime.now(UTC) + timedelta(seconds=seconds * CLOSES_AFTER + 1)).replace(microsecond=0)
    open_until(closes_at)
    crowd, begun, spent = Crowd(port, sites.CAMPAIGN, values), time.time(), time.process_time()
    sendings, late = asyncio.run(rush(crowd, rate, seconds))
    busy = (time.process_time() - spent) / (time.time() - begun)
    closes_at, drained = closes_at.timestamp(), all_written()
    lines, wrong = account(sendings, stored_since(begun), closes_at)
    wrong += faults(crowd)
    return [
        f"The site serves {rate:.1f} people a second: form, sending, receipt. In {seconds} s came {FROM * rate:.1f} to "
        f"{TO * rate:.1f} a second, and {LOOKING:.0%} more to look.",
        f"What those who left had sent was written {drained:.0f} s after the last one had an answer, by the queue.",
        f"The crowd itself: began at most {late:.2f} s late, kept its core busy for {busy:.0%}.",
        "",
        *lines,
        "**The numbers agree.**" if not wrong else f"**Wrong: {len(wrong)}**",
        *wrong[:20],
        "",
        *times(crowd, sendings),
        "",
        *by_stretch(crowd, begun, closes_at),
    ], wrong


def main():
    parser = argparse.ArgumentParser(prog="bench.last_minute", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long the crowd comes")
    seconds = parser.parse_args().seconds
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))  # servers stop with the contexts below
    os.sched_setaffinity(0, machine.CLIENT_CORE)
    with tempfile.TemporaryDirectory(dir=sites.ROOT / "var", prefix="bench-") as name:
        folder = Path(name)
        sites.make_site(NAME, folder)
        # As behind a front server, on real time; the crowd stands where that server would.
        more = {"TRUST_REQUEST_START": "on", "CLOCK_START": "", "EMAIL_URL": "dummymail://"}
        environment = sites.surroundings(databases.address_of(NAME), folder, **more)
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="config.settings")
        django.setup()
        with sites.site(databases.address_of(NAME), folder, **more) as site, queue(environment, folder):
            lines, wrong = last_minute(site.port, seconds)
    report = [*machine.description(databases.server_version()), "", *lines]
    print("\n".join(report))
    keep(report)
    databases.drop(NAME)
    return int(bool(wrong))


def keep(report):
    path = sites.ROOT / "bench" / "results" / time.strftime("last-minute-%Y-%m-%d-%H%M.md", time.gmtime())
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(report) + "\n")
    print(f"bench: kept as {path.relative_to(sites.ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
