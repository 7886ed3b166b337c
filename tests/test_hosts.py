"""The front server of several hosts: it stamps what arrives, and says something of ours when nobody else answers."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from deploy.ha.one_machine import HAPROXY, Machine

pytestmark = pytest.mark.once

FOLDER = Path(settings.BASE_DIR) / "deploy" / "ha"
WITH_HAPROXY = pytest.mark.skipif(not shutil.which("haproxy"), reason="needs HAProxy")


class Host(BaseHTTPRequestHandler):
    """A host of the site that tells which headers came to it; below /away/ it is the site that cannot answer."""

    def do_GET(self):
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(503 if self.path.startswith("/away/") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *arguments):
        pass


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def fronts(tmp_path_factory):
    """Run the front server before a host, and once more before none; yields the address of each."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    there, nowhere, processes = host.server_address[1], free_port(), []
    for port in (there, nowhere):
        machine = Machine(tmp_path_factory.mktemp("front"), free_port())
        values = machine.haproxy() | {"HOST1": f"127.0.0.1:{port}", "HOST2": f"127.0.0.1:{nowhere}"}
        process = subprocess.Popen(
            [shutil.which("haproxy"), "-db", "-f", HAPROXY[0]],
            env=values,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        processes.append((process, f"http://{machine.at('web')}/"))
    for _, address in processes:
        wait_for(address)
    yield [address for _, address in processes]
    for process, _ in processes:
        process.kill()
        process.wait()
    host.shutdown()
    host.server_close()


def wait_for(address):
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 (loopback)
        except urllib.error.HTTPError as answer:
            return answer.close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def ask(address, path="", data=None, **headers):
    """Return (status, headers, text) of an answer."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        request = urllib.request.Request(address + path, data, headers)  # noqa: S310 (loopback)
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


@WITH_HAPROXY
def test_the_front_server_stamps_the_arrival_and_overwrites_what_a_client_sends(fronts):
    before = time.time()

    _, _, text = ask(fronts[0], X_Request_Start="t=1", X_Real_IP="203.0.113.7", X_Forwarded_Proto="https")

    came = json.loads(text)
    assert before - 0.5 < float(came["x-request-start"].removeprefix("t=")) < time.time() + 0.5
    assert len(came["x-request-start"].partition(".")[2]) == 6
    assert came["x-real-ip"] == "127.0.0.1"
    assert "x-forwarded-proto" not in came


@WITH_HAPROXY
def test_a_page_that_is_away_opens_itself_again_and_a_form_that_was_sent_stays(fronts):
    for address in fronts:
        status, page, _ = ask(address, "away/")
        sent_status, form, _ = ask(address, "away/", b"a=b")

        assert (status, sent_status) == (503, 503)
        assert (page["Refresh"], form["Refresh"]) == ("10", None)


@WITH_HAPROXY
def test_without_any_host_the_front_server_says_what_to_do(fronts):
    status, headers, text = ask(fronts[1], data=b"a=b")

    assert (status, headers["Retry-After"]) == (503, "10")
    assert "<h1>Hệ thống đang bận</h1>" in text
    assert "gửi lại không tạo ra bản thứ hai" in text


@pytest.mark.parametrize("name", ["waiting", "too-large"])
def test_the_front_servers_own_pages_say_how_long_they_are(name):
    head, _, body = (FOLDER / f"{name}.http").read_bytes().partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
    assert b"Refresh" not in head
    assert b"<script" not in body
    assert b"style" not in body


def test_what_is_missing_is_named_and_nothing_installed(tmp_path):
    command = [sys.executable, FOLDER / "one_machine.py", "start", tmp_path, "1"]
    done = subprocess.run(command, env={"PATH": "/nowhere"}, capture_output=True, text=True, timeout=20, check=False)

    assert done.returncode == 1
    assert "apt install etcd-server" in done.stderr
    assert not list(tmp_path.iterdir())
