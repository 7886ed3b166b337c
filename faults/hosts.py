"""The hosts of deploy/ha on this machine: started through its script, killed and brought back one by one."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from contextlib import suppress

from bench.machine import children
from bench.sites import ROOT, run
from deploy.ha.one_machine import NODES, Machine

SCRIPTS = ROOT / "deploy" / "ha"
BACK_SECONDS = 120


class Hosts:
    def __init__(self, folder, port, environment):
        self.folder, self.port, self.environment = folder, port, environment

    def __enter__(self):
        self.start()
        self.machine = Machine(self.folder)
        return self

    def __exit__(self, *error):
        subprocess.run([SCRIPTS / "stop", self.folder], check=False, timeout=180)

    def start(self, *parts):
        run([SCRIPTS / "start", self.folder, str(self.port), *parts], self.environment)

    def address(self):
        return self.machine.database("sangkien", "sangkien")

    # --- Killing ----------------------------------------------------------------------------------

    def kill(self, part):
        """Kill -9 a part and all that it started."""
        kill_all(self.machine.pid(part))

    def kill_server(self, node):
        """Kill -9 PostgreSQL of a node with all its processes; returns False when there is none."""
        with suppress(OSError):
            kill_all(int((self.machine.folder / "nodes" / node / "postmaster.pid").read_text().split()[0]))
            return True
        return False

    def kill_host(self, node):
        """Kill -9 what a machine that loses its power loses: Patroni and PostgreSQL."""
        self.kill(node)
        self.kill_server(node)

    # --- Looking ----------------------------------------------------------------------------------

    def primary(self):
        return next((node for node in NODES if self.machine.role(node) == "leader"), None)

    def standby(self):
        return next(node for node in NODES if node != self.primary())

    def wait_for_both(self):
        """Wait until the primary has a standby that its commits wait for; return the seconds that it took."""
        begun = time.monotonic()
        while sorted(map(self.machine.role, NODES)) != ["leader", "sync_standby"]:
            if time.monotonic() - begun > BACK_SECONDS:
                raise TimeoutError("the standby did not come back")
            time.sleep(0.5)
        return time.monotonic() - begun

    def switch_over(self):
        """Let the standby become primary, as planned work does."""
        words = json.dumps({"leader": self.primary(), "candidate": self.standby()}).encode()
        address = f"http://{self.machine.at(f'{self.primary()}_rest')}/switchover"
        with urllib.request.urlopen(urllib.request.Request(address, words), timeout=60) as answer:
            return answer.read()


def kill_all(pid):
    """Kill -9 a process and all below it; the children first, lest they be somebody else's."""
    for child in children(pid):
        kill_all(child)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
