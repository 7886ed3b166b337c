"""Guessing passwords: exactly limited from one address (django-axes counts), slowed for one name from everywhere.

Nobody locks another out. Wrong passwords from elsewhere hold back only who comes from a place where this name never
signed in and has no second step to pass; and a new password by letter forgives them all.
"""

import logging
from contextlib import contextmanager

from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.limits import KNOWN_PLACE, WRONG_FROM_ANYWHERE, WRONG_WITHIN
from config.arrival import client_address

logger = logging.getLogger(__name__)
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@contextmanager
def in_turn(name, address):
    """Let the attempts at one name from one address pass one by one, so that those sent at once are counted exactly.

    A refusal raised inside goes on after what was counted is stored. SQLite, for one machine alone, does without.
    """
    if connection.vendor != "postgresql":
        yield
        return
    refusal = None
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"sign-in {address} {name}"])
        try:
            yield
        except ValidationError as error:
            refusal = error
    if refusal:
        raise refusal


def is_held_back(name, address):
    """Whether a name is being guessed from many places, and this is none from which it signed in before."""
    now = timezone.now()
    recent = AccessAttempt.objects.filter(username=name, attempt_time__gt=now - WRONG_WITHIN)
    wrong = recent.aggregate(number=Sum("failures_since_start"))["number"] or 0
    if wrong < WRONG_FROM_ANYWHERE:
        return False
    if wrong == WRONG_FROM_ANYWHERE:
        logger.warning("Limit reached: %d wrong passwords of one name from anywhere", wrong)
    known = AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gt=now - KNOWN_PLACE)
    return not known.exists()


def is_own_password(request, password):
    """Whether this is the password of who is signed in; wrong ones count as at signing in."""
    name = request.user.get_username()
    with in_turn(name, client_address(request)):
        return authenticate(request, username=name, password=password) is not None
