"""What is killed: the site, its queue and its database, each put up again as systemd would."""

import os
import random
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from bench import sites
from bench.machine import children
from faults.postgres import Postgres

WORKERS = 3
# `RestartSec` of the services, and how long the database stays away when it is stopped.
RESTART_SECONDS, AWAY_SECONDS = 1, 5
LOOKS_EACH = 0.1
IN_THE_MIDST_SECONDS = 25
ESTABLISHED = "01"


class Service:
    """A process that is started again whenever it ends; `start()` returns its Popen."""

    def __init__(self, start):
        self.start, self.process, self.is_over = start, None, threading.Event()
        self.keeper = threading.Thread(target=self.keep, daemon=True)

    def __enter__(self):
        self.process = self.start()
        self.keeper.start()
        return self

    def __exit__(self, *exception):
        self.is_over.set()
        self.keeper.join()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=sites.STOP_SECONDS)
        sites.kill_group(self.process)

    def keep(self):
        while not self.is_over.wait(LOOKS_EACH):
            if self.process.poll() is not None:
                sites.kill_group(self.process)
                time.sleep(RESTART_SECONDS)
                self.process = self.start()


class Stage:
    """One site on three neighbouring ports from `port` on: the site's, the database's, the mail server's."""

    def __init__(self, folder, port):
        self.folder, self.port, self.mail_port = folder, port, port + 2
        self.postgres = Postgres(folder / "postgresql", port + 1)
        self.environment = {}
        self.site, self.queue = Service(self.start_site), Service(self.start_queue)

    def start_site(self):
        log = self.folder / "site.log"
        return sites.Server("config.wsgi", self.environment, log, port=self.port, workers=WORKERS).process

    def start_queue(self):
        return sites.start_queue(self.environment, self.folder / "queue.log")

    # --- What may happen: each returns (how many processes it ended, the moment from which on all is put up again) ----

    def kill_a_web_worker(self):
        os.kill(random.choice(children(self.site.process.pid)), signal.SIGKILL)
        return 1, time.monotonic()

    def kill_the_site(self):
        killed = 1 + len(children(self.site.process.pid))
        sites.kill_group(self.site.process)
        return killed, time.monotonic() + RESTART_SECONDS

    def kill_the_sender_of_letters(self):
        """The queue's worker, while it talks with the mail server; whoever is there, when no letter goes out."""
        until = time.monotonic() + IN_THE_MIDST_SECONDS
        while time.monotonic() < until:
            if pid := self.talking():
                os.kill(pid, signal.SIGKILL)
                return 1, time.monotonic()
            time.sleep(LOOKS_EACH)
        return self.kill_a_process_of_the_queue()

    def kill_a_process_of_the_queue(self):
        """Its worker, its monitor or its pusher, busy or not."""
        with suppress(ProcessLookupError):
            os.kill(random.choice(self.queue_processes()), signal.SIGKILL)
        return 1, time.monotonic()

    def kill_the_queue(self):
        killed = 2 + len(self.queue_processes())
        sites.kill_group(self.queue.process)
        return killed, time.monotonic() + RESTART_SECONDS

    def kill_the_database(self):
        killed = len(self.postgres.processes())
        self.postgres.kill()
        time.sleep(AWAY_SECONDS)
        self.postgres.start()
        return killed, time.monotonic()

    def stop_the_database(self):
        killed = len(self.postgres.processes())
        self.postgres.stop("immediate")
        time.sleep(AWAY_SECONDS)
        self.postgres.start()
        return killed, time.monotonic()

    def reload_the_site(self):
        """As a deployment does: every worker ends what it has begun, and a new one takes its place."""
        reloaded = len(children(self.site.process.pid))
        os.kill(self.site.process.pid, signal.SIGHUP)
        return reloaded, time.monotonic()

    # --- Who is who -------------------------------------------------------------------------------

    def queue_processes(self):
        """Return what the queue's own guard has started: worker, monitor, pusher."""
        guards = children(self.queue.process.pid)
        return [pid for guard in guards for pid in children(guard)]

    def talking(self):
        """Return the process of the queue that has a connection to the mail server, or None."""
        sockets = connections_to(self.mail_port)
        for pid in self.queue_processes():
            with suppress(OSError):
                if sockets & {os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()}:
                    return pid
        return None


def connections_to(port):
    """Return the open connections to a port of this machine as /proc names them: {"socket:[number]"}."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {f"socket:[{row[9]}]" for row in rows if row[2].endswith(f":{port:04X}") and row[3] == ESTABLISHED}
