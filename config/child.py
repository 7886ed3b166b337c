"""Look into a file that somebody uploaded in a process of its own, with bounded memory and time.

A file of one megabyte may unpack to a thousand times that while it is parsed: then the child ends, not the site. A
module that looks into files calls `limit` and `say` when it is run by itself; the site calls `answer_of`.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def answer_of(module, content, *, seconds, arguments=()):
    """Run `python -m module` with these bytes; return what it says, or None when it failed or was stopped."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=True, cwd=ROOT)  # noqa: S603
        return json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None


def limit(memory, cpu_seconds):
    """Let this process have at most so many bytes of memory and seconds of computing."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))


def given():
    """Return the bytes that this process was given to look into."""
    return sys.stdin.buffer.read()


def say(answer):
    """Answer with something that JSON can hold."""
    sys.stdout.write(json.dumps(answer))
