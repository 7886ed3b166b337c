"""What all tests share: a stopped-at-will clock, plain storage, and signed-in browsers."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone

from config import triggers

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class QuickHasher(MD5PasswordHasher):
    """Passwords of tests need no protection."""


@pytest.fixture(autouse=True)
def _plain_surroundings(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["tests.conftest.QuickHasher", *settings.PASSWORD_HASHERS]
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture(autouse=True)
def at(settings):
    """Set the site's clock: `at("2021-04-20 23:59:40")`, Vietnamese time. Starts in the middle of the programme."""

    def set_clock(text):
        settings.CLOCK_START = moment(text)
        settings.CLOCK_ORIGIN = timezone.now()
        return settings.CLOCK_START

    set_clock("2021-04-01 08:00")
    return set_clock


def moment(text):
    """Return the aware datetime of a Vietnamese wall-clock time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _flush_without_triggers(monkeypatch):
    """SQLite empties tables by DELETE, which the rules of the tables refuse: take these down for the moment."""
    operations = DatabaseWrapper.ops_class
    flush = operations.execute_sql_flush

    def flush_freely(self, sql_list):
        triggers.take_down()
        flush(self, sql_list)
        triggers.put_up()

    monkeypatch.setattr(operations, "execute_sql_flush", flush_freely)


def pytest_collection_modifyitems(items):
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
        for item in items:
            if "postgresql" in item.keywords:
                item.add_marker(skip)
