"""What happens when a host dies: `python -m faults.failover [--rounds N]`. Loopback only.

Two PostgreSQL with synchronous replication, two processes of the site, their front server, Redis, etcd (deploy/ha) and
a store for files run on this machine while people send initiatives. One after the other is killed -9. At the end each
acknowledged initiative is looked for. Ends with 1 when one is lost or there twice, or when the site took 30 seconds.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import django
from django.db import connection
from moto.server import ThreadedMotoServer

from bench import sites
from bench.client import Connection
from bench.last_minute import all_written, open_until, typed
from faults.failover_account import account, description, report, seconds_to_count, told, verified, wrong_of
from faults.hosts import Hosts
from faults.steady import People

FIRST_PORT, STORE_PORT = 8130, 8141
STORE = f"s3://key:secret@127.0.0.1:{STORE_PORT}/sangkien?secure=off"
CALM_SECONDS, AWAY_SECONDS, PATIENCE = 4, 8, 90
# Longer than a lead lasts without etcd (patroni.yml: ttl).
ETCD_AWAY_SECONDS = 30


@dataclass
class Event:
    """One thing that went wrong: seconds until a form that was sent after it was taken, and the longest silence."""

    what: str
    begun: float
    again: float | None = None
    silence: float = 0
    answers: Counter | None = None
    note: str = ""


class Run:
    def __init__(self, hosts, people, store):
        self.hosts, self.people, self.store, self.events = hosts, people, store, []

    def happens(self, what, deed, back=None, *, away=AWAY_SECONDS, takes_time=False):
        """Do `deed`, undo it by `back` after `away` seconds, and wait until a form is taken again; return the Event.

        What kills at once counts from when it is done, what `takes_time` from when it begins.
        """
        time.sleep(CALM_SECONDS)
        say(what)
        begun = time.time()
        deed()
        event = Event(what, begun if takes_time else time.time())
        if back:
            time.sleep(away)
            event.note = f"health meanwhile: {self.health()}"
            back()
        until = time.time() + PATIENCE
        while not (taken := self.people.taken_since(event.begun)) and time.time() < until:
            time.sleep(0.1)
        time.sleep(CALM_SECONDS)
        ended = time.time()
        event.again = taken - event.begun if taken else None
        event.silence = self.people.longest_silence(event.begun, ended)
        event.answers = self.people.answers(event.begun, ended)
        self.events.append(event)
        return event

    def primary_dies(self, *, whole_host):
        """Kill the primary, its whole host or the server alone; bring it back as the standby."""
        node = self.hosts.primary()
        kill = self.hosts.kill_host if whole_host else self.hosts.kill_server
        what = f"primary ({node}): {'host' if whole_host else 'server alone'} killed"
        event = self.happens(what, lambda: kill(node))
        self.comes_back(event, node if whole_host else None)

    def standby_dies(self):
        node = self.hosts.standby()
        event = self.happens(f"standby ({node}): host killed", lambda: self.hosts.kill_host(node))
        self.comes_back(event, node)

    def comes_back(self, event, node):
        begun = time.monotonic()
        if node:
            self.hosts.start(node)
        self.hosts.wait_for_both()
        event.note = f"standby again after {time.monotonic() - begun:.0f} s; primary is {self.hosts.primary()}"

    def planned(self):
        event = self.happens("planned switchover", self.hosts.switch_over, takes_time=True)
        self.comes_back(event, None)

    def dies(self, words, *parts, away=AWAY_SECONDS):
        """Kill parts for some seconds and start them again."""

        def kill():
            for part in parts:
                self.hosts.kill(part)

        self.happens(f"{words} killed", kill, lambda: self.hosts.start(*parts), away=away)

    def store_goes(self):
        self.happens("store for files away", self.store.stop, self.store.start, takes_time=True)

    def health(self):
        """Return the parts that do not answer, as the site says."""
        try:
            parts = json.loads(Connection(FIRST_PORT).get("/suc-khoe/").text)
        except (OSError, ValueError):
            return "no answer"
        return ", ".join(part for part in parts if part != "ok" and parts[part] is False) or "all well"


class Store:
    """An S3 store in this process; what it holds stays while it is stopped."""

    def __init__(self):
        self.server = None

    def start(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=STORE_PORT, verbose=False)
        self.server.start()

    def stop(self):
        self.server.stop()

    def make_bucket(self):
        """Empty the store and make the site's bucket."""
        where = {"endpoint_url": f"http://127.0.0.1:{STORE_PORT}", "region_name": "us-east-1"}
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
        boto3.client("s3", **where, **keys).create_bucket(Bucket="sangkien")


def place(folder):
    return nullcontext(folder) if folder else tempfile.TemporaryDirectory(prefix="failover-")


def readable(name):
    """Let PostgreSQL's own user pass through a folder; return it."""
    folder = Path(name)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return folder


def say(what):
    print(f"{datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)


def go_wrong(run, rounds):
    """Let everything die once, the primary `rounds` times: whole hosts and servers alone in turn."""
    for number in range(rounds):
        run.primary_dies(whole_host=number % 2 == 0)
    run.standby_dies()
    run.planned()
    run.dies("one process of the site", "host1")
    run.dies("both processes of the site", "host1", "host2")
    run.dies("Redis", "redis")
    run.dies("etcd", "etcd", away=ETCD_AWAY_SECONDS)
    run.store_goes()
    time.sleep(CALM_SECONDS)


def keep(lines):
    path = sites.ROOT / "faults" / "results" / time.strftime("%Y-%m-%d-%H%M-failover.md", time.gmtime())
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    say(f"kept as {path.relative_to(sites.ROOT)}")


def units():
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)

    return list(Union.objects.filter(level="UPPER", is_active=True).values_list("parent__code", "code"))


def main():
    parser = argparse.ArgumentParser(prog="faults.failover", description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="how often the primary is killed")
    parser.add_argument("--folder", help="where all lies, to look into it afterwards; else a passing one")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # everything stops with the contexts below
    store = Store()
    store.start()
    store.make_bucket()
    # As behind a front server, on real time.
    environment = sites.surroundings("", "", CLOCK_START="", STORAGE_URL=STORE, EMAIL_URL="dummymail://")
    with place(asked.folder) as folder, Hosts(readable(folder), FIRST_PORT, environment) as hosts:
        environment |= {"DATABASE_URL": hosts.address(), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.update(environment)
        django.setup()
        open_until(datetime.now(UTC) + timedelta(days=1))
        with People(FIRST_PORT, f"{sites.CAMPAIGN}gui-sang-kien/", typed(units())) as people:
            run = Run(hosts, people, store)
            go_wrong(run, asked.rounds)
        connection.close()  # ours went to a primary that was killed meanwhile
        drained, counted, numbers, record = all_written(), seconds_to_count(), account(people), verified(environment)
    lines = [*description(), "", *report(run, numbers, record), told(drained, counted)]
    wrong = wrong_of(run, numbers, record) + ([] if counted is not None else ["the queue counts no more"])
    lines += ["", "**The numbers agree.**" if not wrong else f"**Wrong: {len(wrong)}**", *wrong[:20]]
    print("\n".join(lines))
    keep(lines)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
