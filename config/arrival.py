"""When a request arrived: the instant that R1 and R11 compare.

The front server stamps the first byte in `X-Request-Start: t=<Unix seconds>` and overwrites what a client sends.
Where no such server is trusted, it is the moment this middleware, the outermost, took the request.
"""

from datetime import UTC, datetime
from ipaddress import ip_address

from django.conf import settings

from config import clock


class ArrivalMiddleware:
    """Stamp `request.arrived_at`, once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.arrived_at = front_server_stamp(request) or clock.now()
        return self.get_response(request)


def client_address(request):
    """Return the address that a request came from: the front server's word where it is trusted (X-Real-IP)."""
    if settings.TRUST_REQUEST_START:
        try:
            return str(ip_address(request.headers.get("X-Real-IP", "").strip()))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR", "")


def front_server_stamp(request):
    """Return the front server's stamp as an aware datetime, or None when it is not trusted or not readable."""
    if not settings.TRUST_REQUEST_START:
        return None
    text = request.headers.get("X-Request-Start", "").removeprefix("t=")
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
