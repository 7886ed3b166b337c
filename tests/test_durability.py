"""A receipt outlasts a power cut only where the database writes before it answers: who turned that off is told."""

import pytest
from django.core import checks
from django.db import connection

from config.durability import weak_points

pytestmark = pytest.mark.django_db


def warnings():
    return [warning for warning in checks.run_checks(databases=["default"]) if warning.id == "config.W001"]


def test_the_site_asks_its_database_to_write_before_it_answers():
    assert weak_points(connection) == []
    assert warnings() == []


def test_a_server_that_answers_before_it_has_written_is_named():
    if connection.vendor == "sqlite":
        pytest.skip("a setting of PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    assert weak_points(connection) == ["synchronous_commit"]
    assert "synchronous_commit is off" in warnings()[0].msg


@pytest.mark.parametrize(("level", "weak"), [("OFF", True), ("NORMAL", True), ("FULL", False), ("EXTRA", False)])
def test_a_file_that_is_written_later_is_named(level, weak):
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {level}")
        assert weak_points(other) == (["synchronous"] if weak else [])
    finally:
        other.close()
