"""The one source of "now" for every rule of the site (R1, R11)."""

from django.conf import settings
from django.utils import timezone


def now():
    """Return the site's present instant, aware.

    Real time, or on a demonstration (`CLOCK_START`) the time that has passed since the start added to that instant.
    """
    if settings.CLOCK_START is None:
        return timezone.now()
    return settings.CLOCK_START + (timezone.now() - settings.CLOCK_ORIGIN)


def today():
    """Return today's date in Vietnam."""
    return timezone.localdate(now())
