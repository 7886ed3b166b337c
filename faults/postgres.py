"""A PostgreSQL of our own that may be killed: its data folder, its port, its end."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

ROOT_ID = 0
OWNER = "postgres"
LIBRARIES = Path("/usr/lib/postgresql")
START_SECONDS = 60


def programs():
    """Return the folder of the newest installed server's programs."""
    versions = sorted(LIBRARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise SystemExit("faults: no PostgreSQL server is installed here.")
    return versions[-1].parent


class Postgres:
    """One cluster in a folder, with the settings that a new one has: fsync and synchronous_commit are on."""

    def __init__(self, folder, port):
        self.data, self.port, self.log = folder / "data", port, folder / "postgresql.log"
        folder.mkdir(parents=True)
        if os.geteuid() == ROOT_ID:
            shutil.chown(folder, OWNER)
        self.run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def run(self, program, *arguments):
        """Run one of the server's programs as the account that owns the data; a failure is raised with its words."""
        command = [programs() / program, *arguments]
        if os.geteuid() == ROOT_ID:
            command = ["runuser", "-u", OWNER, "--", *command]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def address(self, name):
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/{name}"

    def start(self):
        """Start and wait until it answers; after a kill it first repairs itself from its log."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data}"
        self.run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", self.data, "-l", self.log, "-o", options)

    def processes(self):
        """Return the postmaster and its children."""
        master = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [master, *map(int, children)]

    def kill(self):
        """End the postmaster and every backend with -9."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self, mode="immediate"):
        self.run("pg_ctl", "stop", "-m", mode, "-D", self.data)

    def end(self):
        with suppress(RuntimeError, OSError):
            self.stop()
