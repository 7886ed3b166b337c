"""A process of its own, with bounded memory and time, for looking into what somebody uploaded.

A file of one megabyte may unpack to a hundred times that while it is read: then this process ends, not the site's.
"""

import json
import resource
import subprocess
import sys

MOST_MEMORY = 600 * 1024 * 1024
MOST_CPU_SECONDS = 10
MOST_SECONDS = 20


def ask(module, content, *, memory=MOST_MEMORY):
    """Run `python -m module` with the file on standard input and return the JSON object that it prints.

    A child that fails or is stopped found the file "broken".
    """
    command = [sys.executable, "-m", module, str(memory)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=MOST_SECONDS, check=True)  # noqa: S603
        return json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"broken": True}


def answer(look_into):
    """Be that child: bound yourself, read, print what `look_into` finds."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    print(json.dumps(look_into(sys.stdin.buffer.read())))
