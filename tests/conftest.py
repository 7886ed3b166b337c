"""What all tests share: a stopped-at-will clock, plain storage, and signed-in browsers."""

import math
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresqlOperations
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone

from accounts.models import Level
from config import memory, triggers
from dossiers import letter_filling, letter_templates, letters, paper_forms, pdf_check, pictures, scans
from initiatives import import_checking, import_reading
from tests import stores
from tests.factories import make_union

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class QuickHasher(MD5PasswordHasher):
    """Passwords of tests need no protection."""


@pytest.fixture(scope="session")
def uploads(tmp_path_factory):
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(autouse=True)
def _plain_surroundings(settings, uploads):
    settings.PASSWORD_HASHERS = ["tests.conftest.QuickHasher", *settings.PASSWORD_HASHERS]
    settings.MEDIA_ROOT = uploads / uuid.uuid4().hex  # made when a test stores a file
    # Static files are the browser tests' affair; looking them all up for each client took a third of the time.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture(autouse=True)
def _remember_nothing(monkeypatch):
    """What a process remembers for a second is asked for anew each time; tests/test_ready_pages.py lets it remember."""
    memory.forget_all()
    monkeypatch.setattr(memory, "LONGEST_SECONDS", 0)


@pytest.fixture(autouse=True)
def _look_into_files_here(request, monkeypatch):
    """A process for each file takes a third of a second: only tests marked `file_child` start it."""
    if "file_child" not in request.keywords:
        monkeypatch.setattr(import_checking, "read", import_reading.look_into)
        monkeypatch.setattr(scans, "examine", pdf_check.look_into)
        monkeypatch.setattr(scans, "examine_picture", pictures.look_at)
        monkeypatch.setattr(letters, "first_page", lambda content: None)


@pytest.fixture(autouse=True)
def _fill_letters_here(request, monkeypatch):
    """As for PDFs: only tests marked `letter_child` start a process."""
    if "letter_child" not in request.keywords:
        for module in (letter_templates, paper_forms):
            monkeypatch.setattr(module, "fill", letter_filling.fill)


@pytest.fixture(autouse=True)
def at(settings):
    """Set the site's clock: `at("2021-04-20 23:59:40")`, Vietnamese time. Starts in the middle of the programme."""

    def set_clock(text):
        settings.CLOCK_START = moment(text)
        settings.CLOCK_ORIGIN = timezone.now()
        return settings.CLOCK_START

    set_clock("2021-04-01 08:00")
    return set_clock


@pytest.fixture
def rush(settings, monkeypatch):
    """A front server that is trusted, its clock right: no request is taken for one that came to an idle process."""
    settings.TRUST_REQUEST_START = True
    monkeypatch.setattr("config.rush.CALM", math.inf)


def moment(text):
    """Return the aware datetime of a Vietnamese wall-clock time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture(autouse=True, scope="session")
def _flush_without_triggers():
    """SQLite empties tables by DELETE, which the rules of the tables refuse: take these down for the moment."""
    operations = DatabaseWrapper.ops_class
    flush = operations.execute_sql_flush

    def flush_freely(self, sql_list):
        triggers.take_down()
        flush(self, sql_list)
        triggers.put_up()

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(operations, "execute_sql_flush", flush_freely)
        yield


def emptied_by_delete(operations, style, tables, **_):
    """Return what empties small tables on PostgreSQL in 0.1 seconds, where TRUNCATE takes more than one."""
    ruled = sorted({refusal.table for refusal in triggers.declared()})
    return [
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ruled),
        *(f"DELETE FROM {operations.quote_name(table)}" for table in tables),  # noqa: S608 (names of our tables)
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in ruled),
    ]


@pytest.fixture(autouse=True, scope="session")
def _flush_quickly():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(PostgresqlOperations, "sql_flush", emptied_by_delete)
        yield


def pytest_collection_modifyitems(items):
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
        for item in items:
            if "postgresql" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def store():
    """The address of an S3 store on loopback."""
    with stores.running() as address:
        yield address


@pytest.fixture
def top(db):
    """A top union."""
    return make_union(Level.TOP)


@pytest.fixture
def unit(top):
    """A union right below `top`."""
    return make_union(parent=top)
