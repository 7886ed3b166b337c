"""What this process remembers for a moment, so that in a rush it is asked for and made once, not for each visitor.

Processes share nothing here, so nobody has to be told of a change: what is remembered is made anew when its seconds are
over. It is for what may be that old. What is sent may be taken by it where the database has the last word; nobody is
ever sent away by it.
"""

from dataclasses import dataclass
from threading import Lock
from time import monotonic

MOST = 300
# Nothing is remembered longer.
LONGEST_SECONDS = 60
_remembered, _lock = {}, Lock()


@dataclass
class Memory:
    value: object
    until: float


def remembered(key, make, seconds):
    """Return what is remembered under a key, or `make()`, which is then remembered for so many seconds.

    While one visitor waits for it to be made anew, others get what was there: at most twice that old.
    """
    memory, now, seconds = _remembered.get(key), monotonic(), min(seconds, LONGEST_SECONDS)
    if memory and now < memory.until:
        return memory.value
    if memory:
        memory.until = now + seconds
    try:
        value = make()
    except Exception:
        with _lock:
            _remembered.pop(key, None)
        raise
    with _lock:
        _remembered.pop(key, None)
        while len(_remembered) >= MOST:  # what was made longest ago goes
            del _remembered[next(iter(_remembered))]
        _remembered[key] = Memory(value, now + seconds)
    return value


def forget_all():
    with _lock:
        _remembered.clear()
