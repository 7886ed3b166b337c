"""The servers that are measured, the site's and the floor's: started alike, on one core, and stopped again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from bench import databases
from bench.machine import SERVER_CORE, children, resident

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN = "/75nghin-sangkien-vuotkho-phattrien/"
CLOCK_START = "2021-04-01T08:00+07:00"
WORKERS, THREADS = 2, 4
START_SECONDS = 60
STOP_SECONDS = 15
# The queue gets a tenth of what the servers get when both want the core: systemd's CPUWeight=10.
GIVES_WAY = 10
# What a person's own settings must not change about a run.
SETTINGS = ["ALLOWED_HOSTS", "DEBUG", "CACHE_URL", "SECRET_KEY", "SITE_URL", "TRUST_REQUEST_START", "CLOCK_ORIGIN"]


def surroundings(address, folder, **more):
    """Return the environment of the site on this database, whose files lie in this folder."""
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    own = {"DATABASE_URL": address, "STORAGE_URL": f"file://{folder}/media", "EMAIL_URL": "filemail://"}
    return plain | own | {"CLOCK_START": CLOCK_START, **more}


def manage(address, folder, *command):
    """Run one of the site's commands and return what it printed."""
    return run([sys.executable, "manage.py", *command], surroundings(address, folder))


def run(command, environment):
    """Run a command to its end; what it says is shown only when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-3000:]}")
    return done.stdout


class Server:
    """A running gunicorn: its port (a free one where none is given), its log, its workers."""

    def __init__(self, application, environment, log, *, port=0, workers=WORKERS):
        self.log, self.wanted = log, workers
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", port))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}", "--preload"]
        command += ["--workers", str(workers), "--threads", str(THREADS), "--log-level", "warning"]
        with log.open("ab") as out:
            # In a session of its own: Ctrl-C reaches the bench alone, which then stops the server in order.
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
            )
        os.sched_setaffinity(self.process.pid, SERVER_CORE)

    def wait(self):
        """Wait until all workers are there and the port answers."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                if len(self.workers()) == self.wanted:
                    return self
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-3000:]}")

    def workers(self):
        return children(self.process.pid)

    def memory(self):
        """Return the resident memory of the largest worker in MB."""
        return max(resident(pid) for pid in self.workers())

    def stop(self):
        """End the server and every process of its session."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=STOP_SECONDS)
        kill_group(self.process)


def start_queue(environment, log):
    """Start the site's queue on the servers' core, giving way to them as a deployed one does; returns its process.

    In a session of its own it shares the core evenly, however `nice` it is: the session itself must be.
    """
    with log.open("ab") as out:
        command = [sys.executable, "manage.py", "qcluster"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    os.sched_setaffinity(process.pid, SERVER_CORE)
    with contextlib.suppress(OSError):  # a kernel without such groups goes by `nice`
        Path(f"/proc/{process.pid}/autogroup").write_text(str(GIVES_WAY))
    os.setpriority(os.PRIO_PROCESS, process.pid, GIVES_WAY)
    return process


def kill_group(process):
    """End a process and every other of its session with -9."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=STOP_SECONDS)


@contextlib.contextmanager
def serving(application, environment, log):
    server = Server(application, environment, log)
    try:
        yield server.wait()
    finally:
        server.stop()


def site(address, folder, **more):
    """Serve the site on this database (a context)."""
    environment = surroundings(address, folder, CLOCK_ORIGIN=str(time.time()), **more)
    return serving("config.wsgi", environment, folder / f"site-{time.monotonic_ns()}.log")


def floor(folder):
    """Serve the floor on a database that was made for it (a context)."""
    environment = surroundings(databases.address_of("floor"), folder, DJANGO_SETTINGS_MODULE="bench.floor.settings")
    return serving("bench.floor.wsgi", environment, folder / "floor.log")


def make_floor(folder):
    databases.make("floor")
    environment = surroundings(databases.address_of("floor"), folder, DJANGO_SETTINGS_MODULE="bench.floor.settings")
    run([sys.executable, "-m", "django", "migrate", "--run-syncdb"], environment)


def make_site(name, folder, *, size=0):
    """Make the site's database of this name: reference data, the programme, and so many initiatives."""
    databases.make(name)
    address = databases.address_of(name)
    manage(address, folder, "migrate")
    manage(address, folder, "load_reference")
    if size:
        manage(address, folder, "generate_initiatives", str(size), "--seed", "75")
        databases.analyse(name)


def sized(size, folder):
    """Return the name of a database with so many initiatives, up to date; it is filled where there is none yet."""
    name = str(size)
    if not (databases.is_there(name) and size <= databases.count(name) <= 1.1 * size):
        # Under another name until it is whole: a run that was broken off leaves nothing that looks ready.
        make_site(f"{name}_filling", folder, size=size)
        databases.rename(f"{name}_filling", name)
    manage(databases.address_of(name), folder, "migrate")
    manage(databases.address_of(name), folder, "load_reference")
    return name
