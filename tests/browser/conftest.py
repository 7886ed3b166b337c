"""A real server with demo data for each test, and a Chromium to visit it."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "var" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
CAMPAIGN = "/75nghin-sangkien-vuotkho-phattrien/"
START_SECONDS = 30


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if not CHROMIUM:
        pytest.skip("needs Chromium: set CHROMIUM")
    quiet = ["gpu", "quic", "background-networking", "component-update", "sync"]
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{part}" for part in quiet)]
    return {"executable_path": CHROMIUM, "args": arguments}


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


@pytest.fixture(scope="session")
def loaded_site(tmp_path_factory):
    """A folder with the database and files of a freshly loaded site, to be copied."""
    folder = tmp_path_factory.mktemp("site")
    environment = surroundings(folder)
    for command in ("migrate", "load_reference", "load_demo"):
        manage(environment, command)
    return folder


class Server:
    """A running site: its address, its folder, and what it printed."""

    def __init__(self, folder, clock_start):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        environment = surroundings(folder, CLOCK_START=clock_start, CLOCK_ORIGIN=str(time.time()))
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--preload", "--threads", "4"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*gunicorn, "--bind", f"127.0.0.1:{self.port}"], cwd=ROOT, env=environment, stdout=log, stderr=log
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

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        assert "Traceback" not in self.log.read_text()

    def rows(self, sql, *values):
        """Read the site's database from outside."""
        with sqlite3.connect(self.folder / "db.sqlite3") as database:
            return database.execute(sql, values).fetchall()


@pytest.fixture
def start_server(loaded_site, tmp_path):
    """Start a fresh site whose clock starts at the given time; it stops with the test."""
    servers = []

    def start(clock_start="2021-04-01T08:00+07:00"):
        folder = tmp_path / f"site-{len(servers)}"
        shutil.copytree(loaded_site, folder)
        servers.append(Server(folder, clock_start))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def new_page(browser):
    """Open a page in a browser of its own; it waits at most eight seconds for anything."""
    contexts = []

    def open_page(size, *, with_script=True):
        contexts.append(browser.new_context(viewport=size, java_script_enabled=with_script))
        contexts[-1].set_default_timeout(8000)
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def shoot(page, name):
    """Leave a screenshot of the whole page in var/screenshots/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
