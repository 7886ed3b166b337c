"""People who send initiatives one after the other, each until it is acknowledged; all that was answered is noted."""

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from bench.client import Connection

PEOPLE, PAUSE = 4, 0.25
# Whoever is told to wait tries again so soon, in seconds: sooner than any person, to see the first moment that works.
AGAIN_AFTER = 0.3
TOKEN = b"x" * 32
TAKEN = 302
OURS = "Hệ thống đang bận".encode()


@dataclass
class Try:
    """One request with a form: when it began and ended, its status (0 when the connection broke), what came."""

    begun: float
    ended: float
    status: int
    is_ours: bool  # a page of ours that says to come again
    keeps_text: bool  # which shows what was typed


@dataclass
class Sending:
    submission_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    tries: list = field(default_factory=list)

    @property
    def acknowledged(self):
        """When it was, or None."""
        return next((one.ended for one in self.tries if one.status == TAKEN), None)


class People:
    """So many who send through one port for as long as the block lasts (a context)."""

    def __init__(self, port, form, typed):
        """`typed(number)` returns what the sender of that number types, by names of fields."""
        self.port, self.form, self.typed = port, form, typed
        self.all, self.over, self.lock = [], threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.go_on, daemon=True) for _ in range(PEOPLE)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def go_on(self):
        while not self.over.is_set():
            with self.lock:
                number, sending = len(self.all), Sending()
                self.all.append(sending)
            self.send(number, sending)
            self.over.wait(PAUSE)

    def send(self, number, sending):
        """Send one initiative, the same one again until it is taken or the run is over."""
        values = self.typed(number) | {"submission_id": sending.submission_id, "consent": "on"}
        values["csrfmiddlewaretoken"] = TOKEN.decode()
        while not sending.acknowledged and not self.over.is_set():
            sending.tries.append(self.ask(values))
            if not sending.acknowledged:
                self.over.wait(AGAIN_AFTER)

    def ask(self, values):
        begun, connection = time.time(), Connection(self.port)
        connection.cookies[b"csrftoken"] = TOKEN
        try:
            answer = connection.post(self.form, values)
        except (OSError, ValueError):
            return Try(begun, time.time(), 0, False, False)
        finally:
            connection.close()
        page = answer.text if answer.status != TAKEN else b""
        is_ours = answer.status == 503 and OURS in page and bool(answer.header("retry-after"))
        return Try(begun, time.time(), answer.status, is_ours, values["title"].encode() in page)

    # --- What became of it ------------------------------------------------------------------------

    def tries(self, begun, ended):
        """Return all tries that ended between two moments."""
        found = [one for sending in list(self.all) for one in list(sending.tries)]
        return [one for one in found if begun <= one.ended < ended]

    def taken_since(self, moment):
        """Return when the first form that was sent after this moment was taken, or None."""
        ended = [one.ended for one in self.tries(moment, float("inf")) if one.status == TAKEN and one.begun >= moment]
        return min(ended, default=None)

    def longest_silence(self, begun, ended):
        """Return the longest time, in seconds, in which nothing was acknowledged."""
        moments = sorted(one.ended for one in self.tries(begun, ended) if one.status == TAKEN)
        points = [begun, *moments, ended]
        return max(later - earlier for earlier, later in pairwise(points))

    def answers(self, begun, ended):
        """Return {(status, whose page): how many} of what was not taken between two moments."""
        return Counter((one.status, whose(one)) for one in self.tries(begun, ended) if one.status != TAKEN)


def whose(one):
    if one.is_ours:
        return "site, with the text" if one.keeps_text else "front server"
    return "NOT OURS" if one.status else "broken"
