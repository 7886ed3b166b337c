"""A site of its own on this machine, with a database of its own, for as long as a block lasts; and senders to it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
FORM = "/75nghin-sangkien-vuotkho-phattrien/gui-sang-kien/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ANSWERS = {
    "full_name": "Nguyễn Thị Hoà",
    "birth_year": "1985",
    "gender": "female",
    "job_title": "Công nhân may",
    "top": "19",
    "unit": "TN08",
    "workplace": "Xưởng may số 2",
    "block": "enterprise",
    "field": "production",
    "title": "Cải tiến bàn cắt vải",
    "description": "Gắn thêm thước.\r\nCắt một lần được nhiều lớp vải.",
    "effect": "Giảm một nửa thời gian cắt.",
    "started_on": "15/02/2021",
    "consent": "on",
}


@contextmanager
def local_site(address=None, *, workers=2):
    """Yield (port, process of gunicorn) of a site with this database, else a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        surroundings = os.environ | {
            "DATABASE_URL": address or f"sqlite:///{folder}/db.sqlite3",
            "STORAGE_URL": f"file://{folder}/media",
            "EMAIL_URL": "dummymail://",
            "CLOCK_START": "2021-04-01T08:00+07:00",
        }
        if address is None:
            for command in (["migrate", "-v0"], ["load_reference"]):
                manage = [sys.executable, "manage.py", *command]
                subprocess.run(manage, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.DEVNULL)
        free.close()
        where = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4"]
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", *where, "--preload", "--log-level", "error"]
        server = subprocess.Popen(gunicorn, cwd=ROOT, env=surroundings)
        try:
            wait_for(port)
            yield port, server
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(port, seconds=60):
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError("the site did not start")


class Visitor:
    """One browser with a kept connection, as far as it takes to open pages and to send an initiative."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""

    def ask(self, method, path, body=None, **headers):
        """Return (status, text, Location)."""
        self.connection.request(method, path, body, {"Cookie": self.cookie, **headers})
        response = self.connection.getresponse()
        text = response.read().decode()
        if cookie := response.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        return response.status, text, response.getheader("Location")

    def open_form(self):
        _, page, _ = self.ask("GET", FORM)
        return TOKEN.search(page)[1]

    def send(self, token):
        """Send an initiative that nobody has sent; return (status, where the receipt is)."""
        key = uuid.uuid4()
        own = {"csrfmiddlewaretoken": token, "submission_id": str(key), "phone": f"0912{key.int % 10**6:06}"}
        body = urlencode(ANSWERS | own)
        status, _, receipt = self.ask("POST", FORM, body, **{"Content-Type": "application/x-www-form-urlencoded"})
        return status, receipt
