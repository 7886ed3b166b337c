"""A connection that the server ended is noticed before a request uses it, and a sound one is not asked."""

import time

import psycopg2
import pytest
from django.db import connection, connections

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kept(monkeypatch):
    """The connection as between two requests of a site: kept, and to be looked at before it is used again."""
    connection.ensure_connection()
    monkeypatch.setattr(connection, "health_check_enabled", True)
    connection.health_check_done = False
    return connection


def one():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(pid):
    """End a connection as a restart of the server does."""
    with psycopg2.connect(**connections["default"].get_connection_params() | {"cursor_factory": None}) as other:
        other.cursor().execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    time.sleep(0.2)


def test_a_connection_that_the_server_ended_is_opened_anew(kept):
    pid = one()
    kept.health_check_done = False

    end(pid)

    assert one() != pid


def test_without_the_look_the_request_would_fail(kept, monkeypatch):
    monkeypatch.setattr("config.postgresql.base.is_silent", lambda connection: True)
    pid = one()
    kept.health_check_done = False

    end(pid)

    with pytest.raises(Exception, match="terminat"):
        one()
    kept.close()


def test_a_sound_connection_is_not_asked(kept, monkeypatch):
    monkeypatch.setattr(kept, "is_usable", lambda: 1 / 0)

    assert one() == kept.connection.info.backend_pid


def test_after_an_error_django_asks_as_ever(kept, monkeypatch):
    asked = []
    monkeypatch.setattr(kept, "is_usable", lambda: asked.append(1) or True)
    kept.errors_occurred = True

    kept.close_if_unusable_or_obsolete()

    assert asked == [1]
