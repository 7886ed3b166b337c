"""The rush before closing time: when requests queue up in front of the site, what matters least is put off.

What is sent is always taken, a receipt always shown, and the form stays open; figures go first. Who is put off gets a
small page that opens itself again. Each process judges by the request's own stamp (config/arrival.py): the longer it
waited, the more is put off, so any number of processes and hosts agrees without asking each other.
"""

import math
import random
import threading
import time

from django.http import HttpResponse
from django.template.loader import render_to_string

from config import clock

# What is sent and waited longer, in seconds, is kept to be written down later.
LONG = 2
# Pages of a kind that waited longer are put off; the names are those of the address tables.
FIGURES, PAGES, ALWAYS = 1, 2, math.inf
KINDS = {
    "statistics_picture": FIGURES,
    "top_statistics": FIGURES,
    "top_statistics_json": FIGURES,
    "top_picture": FIGURES,
    # Kept ready, they cost no more than putting them off; and who gets the form late can still be too late.
    "landing": ALWAYS,
    "initiative_form": ALWAYS,
    "units_of": ALWAYS,
    "statistics": ALWAYS,
    "results": ALWAYS,
    "health": ALWAYS,
}
PUT_OFF = 429
COMES_BACK_IN = (15, 45)
# A process that had nothing to do for so long, in seconds, has no queue in front of it.
CALM = 0.1


def is_asking(request):
    """Whether a request brings nothing that could be lost."""
    return request.method in {"GET", "HEAD"}


def is_on(request):
    """Whether this request waited so long that what can wait should."""
    return request.waited > LONG


class RushMiddleware:
    """Measure `request.waited`, in seconds, and put off pages that waited too long."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.queue = Queue()

    def __call__(self, request):
        request.waited = self.queue.enter(clock.now() - request.arrived_at, is_asking=is_asking(request))
        try:
            return self.get_response(request)
        finally:
            self.queue.leave()

    def process_view(self, request, view, args, kwargs):
        return put_off() if is_asking(request) and request.waited > may_wait(request.resolver_match) else None


class Queue:
    """How long requests wait in front of this process.

    The front server's clock may differ from ours. By how much is seen whenever a request without a body, which takes
    time to come in, meets an idle process: it waited for nothing, so what seems to have passed is the difference.
    """

    def __init__(self):
        self.lock = threading.Lock()
        self.inside, self.left_at, self.difference = 0, time.monotonic(), 0

    def enter(self, passed, *, is_asking=True):
        """Take a request in; return the seconds that it waited, from the time that passed since its stamp."""
        passed = passed.total_seconds()
        with self.lock:
            if is_asking and not self.inside and time.monotonic() - self.left_at > CALM:
                self.difference = passed
            self.inside += 1
            return passed - self.difference

    def leave(self):
        with self.lock:
            self.inside -= 1
            self.left_at = time.monotonic()


def may_wait(page):
    """Return how long a request for a page may have waited; whoever holds a secret link is never put off."""
    return ALWAYS if "secret" in page.kwargs else KINDS.get(page.url_name, PAGES)


def put_off():
    """Answer that the site is crowded. The page asks again by itself, each at another moment, without a script."""
    response = HttpResponse(render_to_string("put_off.html"), status=PUT_OFF)
    seconds = random.randint(*COMES_BACK_IN)  # noqa: S311 (only spreads the load)
    response["Retry-After"] = response["Refresh"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
