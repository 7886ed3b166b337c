"""Work in processes of their own, as servers do it: other clocks and zones, and many writers of one SQLite file.

`python -m tests.apart <deed> <arguments as JSON>` prints what came of it as JSON; `apart` starts it.
"""

import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def apart(deed, database, *arguments, **surroundings):
    """Start a deed of this module in a process of its own on this database (a URL); `outcome_of` waits for it."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": database, "EMAIL_URL": "dummymail://"}
    command = [sys.executable, "-m", "tests.apart", deed, json.dumps(arguments)]
    environ = os.environ | settings | {"CLOCK_START": "2021-04-01T08:00+07:00"} | surroundings
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def outcome_of(process):
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(told)


def copied_to(path, connection):
    """Copy the test database of this process (SQLite, nothing uncommitted) into a file; return its URL."""
    connection.ensure_connection()
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
    file.close()
    return f"sqlite:///{path}"


# --- What is done there -----------------------------------------------------------------------------


def arrivals(stamps):
    """Send a form for each stamp to the running programme; return what became of it, and of what day the form speaks.

    Nothing of it stays.
    """
    from django.db import transaction  # noqa: PLC0415 (Django is set up by now)
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from accounts.models import Union  # noqa: PLC0415
    from initiatives.keeping import write_all  # noqa: PLC0415
    from initiatives.models import Campaign, Initiative  # noqa: PLC0415
    from tests.pages import form_address, says, send_form, typed  # noqa: PLC0415

    setup_test_environment()
    campaign, client = Campaign.objects.running().get(), Client()
    unit = Union.objects.filter(level="UPPER").first()
    with transaction.atomic():
        answers = []
        for stamp in stamps:
            sent = send_form(client, campaign, typed(unit), **{"X-Request-Start": f"t={stamp}"})
            write_all()  # what seems to have waited long was kept first
            page = says(client.get(Initiative.objects.latest("pk").private_path)) if sent.status_code == 302 else ""
            answers.append([sent.status_code, page.partition("Nhận lúc ")[2][: len("00:00:00 ngày 10/03/2021")]])
        until = says(client.get(form_address(campaign))).partition("Nhận đến hết ngày ")[2][:10]
        transaction.set_rollback(True)
    return [answers, until]


def together(name, works):
    """Do all works (lists of arguments of `name`) at the same moment, a process each; return how often what came."""
    context = multiprocessing.get_context("fork")
    barrier, told = context.Barrier(len(works)), context.Queue()

    def run(work):
        barrier.wait(timeout=60)
        told.put(dict(Counter(outcome for outcome in WORKS[name](*work))))

    processes = [context.Process(target=run, args=[work]) for work in works]
    for process in processes:
        process.start()
    outcomes = sum((Counter(told.get(timeout=100)) for _ in processes), Counter())
    for process in processes:
        process.join()
    return outcomes


def outcomes_of(call, times):
    from tests.racing import outcome_of  # noqa: PLC0415 (Django is set up by now)

    for _ in range(times):
        yield str(outcome_of(call))


def send_many(campaign, unit, times, submission_id=None):
    """Send an initiative so often, and read a list in between."""
    from accounts.models import Union  # noqa: PLC0415 (Django is set up by now)
    from initiatives.models import Campaign, Initiative  # noqa: PLC0415
    from initiatives.sending import send  # noqa: PLC0415
    from tests.factories import IN_TIME, answers  # noqa: PLC0415

    campaign, values = Campaign.objects.get(pk=campaign), answers(Union.objects.get(pk=unit))

    def once():
        send(campaign, uuid.UUID(submission_id) if submission_id else uuid.uuid4(), values, arrived_at=IN_TIME)
        list(Initiative.objects.order_by("-arrived_at", "-pk")[:20])

    return outcomes_of(once, times)


def put_forward_one(dossier, initiative, by):
    from accounts.models import User  # noqa: PLC0415 (Django is set up by now)
    from dossiers.models import Dossier  # noqa: PLC0415
    from dossiers.quota import put_forward  # noqa: PLC0415
    from initiatives.models import Initiative  # noqa: PLC0415

    rows = Dossier.objects.get(pk=dossier), Initiative.objects.get(pk=initiative)
    return outcomes_of(lambda: put_forward(*rows, by=User.objects.get(pk=by)), 1)


WORKS = {"send": send_many, "put_forward": put_forward_one}
DEEDS = {"arrivals": arrivals, "together": together}

if __name__ == "__main__":
    django.setup()
    json.dump(DEEDS[sys.argv[1]](*json.loads(sys.argv[2])), sys.stdout)
