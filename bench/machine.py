"""What the figures were measured on; no names of machines or places."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
# The servers have the first core for themselves, the client the last one.
SERVER_CORE, CLIENT_CORE = {CORES[0]}, {CORES[-1]}
LIBRARIES = ["django", "gunicorn", "psycopg2-binary", "openpyxl"]


def description(postgresql):
    """Return the lines that stand above a table."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    shared = "" if len(CORES) > 1 else "; server and client share it"
    return [
        f"{len(CORES)} cores of {cpu()}, {memory()} of memory{shared}",
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}, {libraries}",
        f"PostgreSQL {postgresql}; gunicorn with 2 workers of 4 threads on one core, the client on another",
        f"commit {commit()}; before the run, {os.getloadavg()[1]:.1f} other processes wanted a core on average",
    ]


def cpu():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown kind")


def memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def commit():
    """Return the commit that was measured, with a mark when files were changed since."""
    done = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def resident(pid):
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def children(pid):
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
