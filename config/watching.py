"""Each request gets a number, which a person can tell support and which is in every line of the log, and is counted."""

import logging
import re
import secrets
import time

from django.conf import settings

from config.logs import NUMBER, path_of
from config.metrics import count

log = logging.getLogger("requests")
A_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)
# So much of it is shown to people: enough to find the line.
SHOWN = 8


def number_of(request):
    """Return the front server's number of a request where it is trusted, else a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.TRUST_REQUEST_START else ""
    return given if A_NUMBER.fullmatch(given) else secrets.token_hex(16)


def shown_number(request):
    """Return what a page of error tells of a request's number; empty where the request has none."""
    return getattr(request, "number", "")[:SHOWN]


class WatchMiddleware:
    """Give `request.number`, tell it as X-Request-ID, count the request, and write its line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = time.perf_counter()
        request.number = number_of(request)
        token = NUMBER.set(request.number)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.number
            self.tell(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            NUMBER.reset(token)

    def tell(self, request, status, seconds):
        match = request.resolver_match
        count(match.route if match else "-", request.method, status, seconds)
        if log.isEnabledFor(logging.INFO):
            said = {"method": request.method, "path": path_of(request), "status": status}
            log.info("request", extra=said | {"milliseconds": round(1000 * seconds, 1)})
