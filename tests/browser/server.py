"""A copy of the site with demo data on a free port of this machine, and the Chromium that visits it."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CAMPAIGN = "/75nghin-sangkien-vuotkho-phattrien/"
START_SECONDS = 30
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    *(f"--disable-{part}" for part in ["gpu", "quic", "background-networking", "component-update", "sync"]),
]


def manage(environment, *command):
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE
    )


def surroundings(folder, **more):
    """The environment of a site whose every file lies in this folder."""
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "STORAGE_URL": f"file://{folder / 'media'}",
        "EMAIL_URL": "filemail://",
        "CLOCK_START": "2021-04-01T08:00+07:00",
        **more,
    }


def load(folder):
    """Fill a folder with the database of a freshly loaded site."""
    for command in ("migrate", "load_reference", "load_demo"):
        manage(surroundings(folder), command)


class Server:
    """A running site: its address, its folder, and what it printed."""

    def __init__(self, folder, clock_start):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        self.environment = surroundings(folder, CLOCK_START=clock_start, CLOCK_ORIGIN=str(time.time()))
        self.queue = None
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--preload", "--threads", "4"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*gunicorn, "--bind", f"127.0.0.1:{self.port}"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.wait()

    def wait(self):
        for _ in range(START_SECONDS * 10):
            try:
                with urllib.request.urlopen(f"{self.address}/suc-khoe/", timeout=2):  # noqa: S310 (our own server)
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.log.read_text())

    def start_queue(self):
        """Start the queue that does what pages leave to it, with its children in a session of their own."""
        with (self.folder / "queue.log").open("wb") as log:
            self.queue = subprocess.Popen(
                [sys.executable, "manage.py", "qcluster"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def stop(self):
        if self.queue:
            os.killpg(self.queue.pid, signal.SIGKILL)
            self.queue.wait(timeout=20)
        self.process.terminate()
        self.process.wait(timeout=20)
        log = self.log.read_text()
        assert "Traceback" not in log, log[-3000:]

    def rows(self, sql, *values):
        """Read the site's database from outside."""
        with sqlite3.connect(self.folder / "db.sqlite3") as database:
            return database.execute(sql, values).fetchall()


PUBLISH = """
from accounts.models import User
from awards.models import Kind
from awards.publishing import publish
from awards.candidates import eligible
from awards.selection import choose_all
from config import clock
from dossiers.models import Plan

board, plan = User.objects.get(username="hoi-dong"), Plan.objects.get()
entries = list(eligible(plan))
choose_all(plan, entries[:-1], Kind.PROVINCE, reason="Hội đồng thống nhất.", by=board)
choose_all(plan, entries[:1], Kind.NATIONAL, reason="Hội đồng thống nhất.", by=board)
publish(plan, "212/QĐ-LĐLĐ", clock.today(), by=board)
"""


LIST = """
from accounts.models import User
from awards.shortlisting import publish_shortlist
from dossiers.models import Plan

publish_shortlist(Plan.objects.get(), 15, by=User.objects.get(username="hoi-dong"))
"""


def publish_list(folder):
    """Let the board of a loaded site publish its candidates for objections."""
    manage(surroundings(folder), "shell", "-c", LIST)


def publish_results(folder):
    """Let the board of a loaded site decide and publish: some awarded, one of them nominated, one left out."""
    manage(surroundings(folder, CLOCK_START="2021-05-05T08:00+07:00"), "shell", "-c", PUBLISH)
