"""Back up while people send, restore elsewhere, and count: `python -m faults.backup`. Loopback only; needs PostgreSQL.

A site with the demonstration and 25,000 initiatives takes more of them from people who send one after the other. In the
midst of that it is backed up; the backup is restored into an empty database and folder. Whoever was acknowledged before
the snapshot must be there, once. Ends with 1 when one is lost or doubled, or when the restore does not verify itself.
"""

import argparse
import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

from bench import databases, machine, sites
from bench.last_minute import all_written, open_until, queue, typed
from bench.senders import Crowd

SOURCE, TARGET = "faults_backup", "faults_restored"
PEOPLE, BEFORE, AFTER = 4, 8, 4
MOST_SECONDS = 900
TOLD = re.compile(r"(\S+): ([\d,]+) rows and ([\d,]+) files as of (\S+), ([\d,]+) bytes, (\d+) s\.")
MEMBERS = "SELECT count(*), count(DISTINCT submission_id), array_agg(submission_id::text) FROM "


@dataclass
class Measured:
    """A command that ran to its end: what it printed, how long it took, the memory of its largest process in MB."""

    printed: str
    seconds: float
    memory: float


def measured(command, environment, log):
    """Run a command of the site; raise RuntimeError with what it said when it fails."""
    begun = time.monotonic()
    with log.open("w+") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *map(str, command)], cwd=sites.ROOT, env=environment, stdout=out, stderr=out
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read()
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{printed[-3000:]}")
    return Measured(printed, time.monotonic() - begun, used.ru_maxrss / 1024)


def make_source(folder, size):
    """Make the site that is backed up: reference data, the demonstration, made-up initiatives."""
    databases.make(SOURCE)
    address = databases.address_of(SOURCE)
    for command in (["migrate"], ["load_reference"], ["load_demo"], ["generate_initiatives", str(size)]):
        sites.manage(address, folder, *command)
    databases.analyse(SOURCE)


async def sent_meanwhile(crowd, work):
    """Let people send before, during and after `work`; return (its answer, {submission: when its sender knew})."""
    numbers, known, done = iter(range(10**9)), {}, asyncio.Event()

    async def go_round():
        while not done.is_set():
            sending = await crowd.send(next(numbers))
            if sending.outcome in {"receipt", "left"}:
                known[sending.submission_id] = time.time()

    async def backed_up():
        try:
            await asyncio.sleep(BEFORE)
            answer = await asyncio.wait_for(asyncio.to_thread(work), MOST_SECONDS)
            await asyncio.sleep(AFTER)
            return answer
        finally:
            done.set()

    answer, *_ = await asyncio.gather(backed_up(), *(go_round() for _ in range(PEOPLE)))
    return answer, known


def back_up_under_load(folder, environment, more):
    """Return (what the backup was, {submission: when its sender knew}, what went wrong on the way)."""
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)

    units = Union.objects.filter(level="UPPER", is_active=True).values_list("parent__code", "code")
    values = typed(list(units))
    open_until(datetime.now(UTC) + timedelta(days=1))
    (folder / "backups").mkdir()
    public = sites.run([sys.executable, "manage.py", "backup_keys", str(folder / "key")], environment).strip()
    command = ["back_up", folder / "backups", "--to", public]
    with sites.site(databases.address_of(SOURCE), folder, **more) as site, queue(environment, folder):
        crowd = Crowd(site.port, sites.CAMPAIGN, values)
        work = lambda: measured(command, environment, folder / "back_up.log")  # noqa: E731
        taken, known = asyncio.run(sent_meanwhile(crowd, work))
        all_written()
    failed = [f"{answer.what}: {answer.status}" for answer in crowd.all if answer.status >= 500]
    return taken, known, [*crowd.broken, *failed]


def stored(name):
    """Return (rows, different submissions, the submissions) of a database, those that still wait to be written too."""
    found = [0, 0, set()]
    with contextlib.closing(databases.connect(name)) as connection, connection.cursor() as cursor:
        for table in ("initiatives_initiative", "initiatives_keptform"):
            cursor.execute(MEMBERS + table)
            rows, different, submissions = cursor.fetchone()
            found = [found[0] + rows, found[1] + different, found[2] | set(submissions or [])]
    return found


def report(taken, restored, known, wrong, size):
    """Return the lines of the report, and what is wrong."""
    _, rows, files, moment, length, _ = TOLD.search(taken.printed).groups()
    snapshot = datetime.fromisoformat(moment).timestamp()
    before = {submission for submission, at in known.items() if at <= snapshot}
    all_rows, different, found = stored(TARGET)
    lost, doubled = before - found, all_rows - different
    wrong = [*wrong, *(f"lost: {submission}" for submission in lost)]
    wrong += [f"doubled: {doubled}"] if doubled else []
    cells = [
        ("initiatives before the senders came", f"{size:,} and the demonstration"),
        ("rows in the backup", rows),
        ("files in the backup", files),
        ("bytes of the backup", length),
        ("seconds to back up, under load", f"{taken.seconds:.0f}"),
        ("seconds to restore and verify", f"{restored.seconds:.0f}"),
        ("peak memory backing up (the largest process)", f"{taken.memory:.0f} MB"),
        ("peak memory restoring", f"{restored.memory:.0f} MB"),
        ("acknowledged in all", f"{len(known):,}"),
        ("acknowledged before the snapshot", f"{len(before):,}"),
        ("of these found after the restore", f"{len(before & found):,}"),
        ("lost", f"{len(lost)}"),
        ("duplicated", f"{doubled}"),
    ]
    verdict = "**Nothing acknowledged was lost or doubled.**" if not wrong else f"**Wrong: {len(wrong)}**"
    table = ["| what | measured |", "|---|---|", *(f"| {name} | {value} |" for name, value in cells)]
    return [*table, "", restored.printed.strip(), "", verdict, *wrong[:20]], wrong


def main():
    parser = argparse.ArgumentParser(prog="faults.backup", description=__doc__)
    parser.add_argument("--size", type=int, default=25_000, help="how many initiatives are there before")
    size = parser.parse_args().size
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("faults: ended"))  # servers stop with the contexts below
    with tempfile.TemporaryDirectory(dir=sites.ROOT / "var", prefix="faults-") as name:
        folder = Path(name)
        try:
            make_source(folder, size)
            more = {"TRUST_REQUEST_START": "on", "CLOCK_START": "", "EMAIL_URL": "dummymail://"}
            environment = sites.surroundings(databases.address_of(SOURCE), folder, **more)
            os.environ.update(environment, DJANGO_SETTINGS_MODULE="config.settings")
            django.setup()
            taken, known, wrong = back_up_under_load(folder, environment, more)
            databases.make(TARGET)
            elsewhere = sites.surroundings(databases.address_of(TARGET), folder / "restored", **more)
            backup = next((folder / "backups").glob("*.age"))
            command = ["restore", backup, "--identity", folder / "key"]
            restored = measured(command, elsewhere, folder / "restore.log")
            lines, wrong = report(taken, restored, known, wrong, size)
        finally:
            databases.drop(SOURCE)
            databases.drop(TARGET)
    lines = [*machine.description(databases.server_version()), "", *lines]
    print("\n".join(lines))
    keep(lines)
    return int(bool(wrong))


def keep(lines):
    path = sites.ROOT / "faults" / "results" / time.strftime("%Y-%m-%d-%H%M-backup.md", time.gmtime())
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    print(f"faults: kept as {path.relative_to(sites.ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
