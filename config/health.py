"""`/suc-khoe/`: whether database, its rules, cache and storage answer."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import JsonResponse

from config import triggers


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


@login_not_required
def health(request):
    """200 when all parts answer, else 503; which ones is all it tells."""
    parts = {name: answers(check) for name, check in CHECKS.items()}
    response = JsonResponse({"ok": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)
    response["Cache-Control"] = "no-store"
    return response
