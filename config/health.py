"""`/suc-khoe/`: whether database, its rules, cache and storage answer; and what is not as it should be meanwhile.

A warning is no reason to take a site out of service: the queue may be down while forms are taken. Who can only tell a
good status from a bad one watches `/suc-khoe/canh-bao/`, where a warning is 503, too.
"""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import JsonResponse

from config import triggers
from config.declared import declared
from config.memory import remembered


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_answers():
    key, value = f"health-{uuid.uuid4().hex}", uuid.uuid4().hex
    cache.set(key, value, timeout=10)
    return cache.get(key) == value


def storage_answers():
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)
    return True


def rules_stand():
    """Whether the database keeps its triggers: a migration that failed half-way may have left them down."""
    return not triggers.missing()


CHECKS = {"database": database_answers, "rules": rules_stand, "cache": cache_answers, "storage": storage_answers}


def answers(check):
    try:
        return bool(check())
    except Exception:  # whatever is wrong with a part, the answer is that it does not answer
        return False


def warnings():
    """Return the names of what is not as it should be, of all that apps list as `WELL` in their `watched.py`."""
    checks = dict(declared("watched", "WELL"))
    return sorted(name for name, check in checks.items() if not answers(check))


def look():
    return {name: answers(check) for name, check in CHECKS.items()}, warnings()


@login_not_required
def health(request, *, with_warnings=False):
    """200 when all parts answer, else 503; which ones is all it tells. It looks once a second, however often asked."""
    parts, warned = remembered("health", look, seconds=1)
    is_well = all(parts.values()) and not (with_warnings and warned)
    answer = {"ok": all(parts.values()), **parts, "warnings": warned}
    response = JsonResponse(answer, status=200 if is_well else 503)
    response["Cache-Control"] = "no-store"
    return response
