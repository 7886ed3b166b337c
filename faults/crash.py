"""Kill the site under its users and count: `python -m faults.crash`. Loopback only; needs PostgreSQL's programs.

The site, its queue and a PostgreSQL of its own run as they would be deployed, a small mail server beside them. While
workers send and correct and unions file, one part after another is ended with -9 and started again as systemd would.
At the end the account (faults/account.py): whatever somebody was told has happened is there, once and whole. Ends
with 1 when anything was lost or doubled, when somebody was shown a fault, or a part did not come back.
"""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import django

from bench import databases, machine, sites
from bench.client import Connection
from bench.last_minute import typed
from faults.mail_server import MailServer
from faults.people import KEPT_WORDS, Crowd
from faults.stage import WORKERS, Stage

NAME = "crash"
HEALTH = "/suc-khoe/"
FIRST_PORT, SENDERS = 8110, 6
# Between two rounds people work undisturbed for so long; a part that is not back in time has not come back.
CALM_SECONDS, BACK_SECONDS = 6, 120
LETTERS_SECONDS = 420
UNIONS = ["TN08", "TN03", "TN05"]
KINDS = {
    "web worker": Stage.kill_a_web_worker,
    "site, all workers": Stage.kill_the_site,
    "sender of letters": Stage.kill_the_sender_of_letters,
    "any part of the queue": Stage.kill_a_process_of_the_queue,
    "queue, all parts": Stage.kill_the_queue,
    "PostgreSQL, -9": Stage.kill_the_database,
    "PostgreSQL, immediate": Stage.stop_the_database,
    "reload (HUP)": Stage.reload_the_site,
}


@dataclass
class Round:
    """One blow: how many processes it ended, and after how many seconds site and queue did their work again."""

    kind: str
    begun: float = field(default_factory=time.time)
    killed: int = 0
    site: float | None = None
    queue: float | None = None


# --- One round ------------------------------------------------------------------------------------


def site_answers(port):
    connection = Connection(port)
    try:
        return connection.get(HEALTH).status == 200
    except OSError:
        return False
    finally:
        connection.close()


def within(seconds, happens):
    """Wait until `happens()`; returns whether it did."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happens():
            return True
        time.sleep(0.05)
    return False


def queue_works(seconds):
    """Whether the queue does a task that is given to it now."""
    from django_q.tasks import async_task, fetch  # noqa: PLC0415 (Django is set up by now)

    task = async_task("time.monotonic")
    return within(seconds, lambda: fetch(task) is not None)


def strike(stage, kind):
    """Strike, and measure from the moment when the part is started again; a part that stays away has None."""
    blow = Round(kind)
    blow.killed, again = KINDS[kind](stage)
    if within(BACK_SECONDS, lambda: site_answers(stage.port)):
        blow.site = max(0, time.monotonic() - again)
    django.db.connection.close()  # ours was cut, too
    if queue_works(BACK_SECONDS):
        blow.queue = max(0, time.monotonic() - again)
    print(f"{kind}: {blow.killed} killed, {seconds_of([blow.site])}, {seconds_of([blow.queue])}", file=sys.stderr)
    return blow


# --- The run --------------------------------------------------------------------------------------


def prepare(stage):
    """Make database, accounts and dossiers that only have to be filed; returns how staff sign in, for a Crowd."""
    databases.ADDRESS = stage.postgres.address("faults")
    stage.postgres.start()
    address = databases.address_of(NAME)
    mail = f"smtp://127.0.0.1:{stage.mail_port}"
    stage.environment = sites.surroundings(address, stage.folder, EMAIL_URL=mail, CLOCK_ORIGIN=str(time.time()))
    os.environ.update(stage.environment, DJANGO_SETTINGS_MODULE="config.settings")
    sites.make_site(NAME, stage.folder)
    django.setup()
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)
    from dossiers.models import Plan  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    plan = Plan.objects.get()
    plan.mailbox = "hoi-dong@example.vn"
    plan.save()
    signed = []
    for code in UNIONS:
        union = Union.objects.by_code(code).get()
        dossier = factories.make_complete(factories.make_dossier(union, plan, entries=2))
        signed.append((factories.make_staff(union).username, "sangkien-demo", dossier.pk, factories.a_pdf()))
    return signed


def words():
    """Return what the person of a number types, as a function; no text looks like a copy of another."""
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)

    units = Union.objects.filter(level="UPPER", is_active=True).values_list("parent__code", "code")
    values = typed(list(units))
    return lambda number: values(number) | {"description": f"{KEPT_WORDS}. {secrets.token_hex(200)}"}


def all_sent():
    from outbox.models import Message  # noqa: PLC0415 (Django is set up by now)

    return not Message.objects.waiting().exists()


def run(stage, kinds):
    """Strike so often; returns (rounds, what people were told, Message-IDs that were taken)."""
    signed = prepare(stage)
    with MailServer(stage.mail_port) as mail, stage.site, stage.queue:
        if not within(BACK_SECONDS, lambda: site_answers(stage.port)):
            raise SystemExit("faults: the site did not start.")
        crowd = Crowd(stage.port, words(), signed, senders=SENDERS)
        crowd.start()
        rounds = []
        try:
            for kind in kinds:
                time.sleep(CALM_SECONDS)
                rounds.append(strike(stage, kind))
            time.sleep(CALM_SECONDS)
        finally:
            crowd.finish()
        within(LETTERS_SECONDS, all_sent)
    return rounds, crowd.told, mail.taken


# --- The report -----------------------------------------------------------------------------------


def seconds_of(values):
    """Return median and longest in words; one that never came is told."""
    if None in values:
        return "not back"
    return f"{median(values):.1f} / {max(values):.1f} s" if len(values) > 1 else f"{values[0]:.1f} s"


def moments_of(told):
    """Return the moment of each confirmation that somebody was shown."""
    return [one.told_at for one in told.sent] + list(told.filed.values()) + told.corrected


def table(rounds, told):
    """Return the table's lines: by kind, what was confirmed between its blows and the next ones."""
    ends = [one.begun for one in rounds[1:]] + [time.time()]
    yield "| what was ended | rounds | processes | confirmed until the next | site answers after | queue works after |"
    yield "|---|---|---|---|---|---|"
    for kind in KINDS:
        blows = [(one, end) for one, end in zip(rounds, ends, strict=True) if one.kind == kind]
        if not blows:
            continue
        confirmed = sum(one.begun <= moment < end for moment in moments_of(told) for one, end in blows)
        times = [seconds_of([one.site for one, _ in blows]), seconds_of([one.queue for one, _ in blows])]
        killed = sum(one.killed for one, _ in blows)
        yield f"| {kind} | {len(blows)} | {killed} | {confirmed} | {' | '.join(times)} |"


def account(rounds, told, taken):
    """Return (the report's lines, what is wrong)."""
    from faults import account as book  # noqa: PLC0415 (Django is set up by now)

    found, lost, doubled = book.account_of_sendings(told.sent)
    filed, lost_filings = book.account_of_filings(told.filed)
    letters, lost_letters, twice = book.account_of_letters(taken)
    broken = book.broken_record()
    away = [f"{one.kind}: a part did not come back" for one in rounds if None in (one.site, one.queue)]
    idle = [f"nobody was told of {what}" for what in ("sent", "filed", "corrected") if not getattr(told, what)]
    wrong = [*lost, *doubled, *lost_filings, *lost_letters, *broken, *told.wrong, *away, *idle]
    again = f"{sum(many - 1 for many in twice.values())} with the same Message-ID"
    return [
        *table(rounds, told),
        "",
        "Seconds are median / longest, from the moment when the part was started again. The queue does one task after "
        "another: the one that is asked for waits for letters on their way.",
        "",
        "| | confirmed | found | lost or not whole | doubled |",
        "|---|---|---|---|---|",
        f"| initiatives | {len(told.sent)} | {len(found)} | {len(lost)} | {len(doubled)} |",
        f"| of them corrected | {len(told.corrected)} | | | |",
        f"| filings | {len(told.filed)} | {len(filed)} | {len(lost_filings)} | 0 |",
        f"| letters | {letters} | {letters - len(lost_letters)} | {len(lost_letters)} | {again} |",
        "",
        f"The record: {broken[0] if broken else 'holds'}.",
        "What people met meanwhile, and tried again: "
        + (", ".join(f"{what} × {many}" for what, many in told.troubles.most_common()) or "nothing"),
        "",
        "**Nothing is lost, nothing doubled.**" if not wrong else f"**Wrong: {len(wrong)}**",
        *(f"- {sentence}" for sentence in wrong[:30]),
    ], wrong


def keep(report, name):
    path = sites.ROOT / "faults" / "results" / time.strftime(f"%Y-%m-%d-%H%M-{name}.md", time.gmtime())
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(report) + "\n")
    print("\n".join(report))
    print(f"faults: kept as {path.relative_to(sites.ROOT)}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(prog="faults.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how many blows in all, the kinds in turn")
    parser.add_argument("--only", choices=KINDS, help="strike this part only")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first of three free ports")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("faults: ended"))  # what was started stops with the blocks
    kinds = [given.only] if given.only else list(KINDS)
    with tempfile.TemporaryDirectory(prefix="faults-crash-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's own account goes through it to its data
        stage = Stage(folder, given.port)
        try:
            rounds, told, taken = run(stage, [kinds[number % len(kinds)] for number in range(given.rounds)])
            lines, wrong = account(rounds, told, taken)
            description = machine.description(databases.server_version())
        finally:
            stage.postgres.end()
        if wrong:
            print(
                (folder / "site.log").read_text()[-6000:], (folder / "queue.log").read_text()[-6000:], file=sys.stderr
            )
    here = f"Here: {WORKERS} workers, the queue beside them, {SENDERS} senders and {len(UNIONS)} unions at a time"
    keep([*description, here, "", *lines], "crash")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
