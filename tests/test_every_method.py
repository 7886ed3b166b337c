"""Every address by methods that no browser sends: nothing is shown and nothing changes."""

from itertools import islice, product

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from tests.pages import signed_in
from tests.test_another_province import addresses_of
from tests.two_provinces import TwoProvinces, routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PEOPLE = ["staff far", "board there", "superuser"]
METHODS = ["put", "delete", "options"]
# What changes by being seen: sessions and when somebody signed in last.
LEFT_OUT = {Session._meta.db_table}


def everything():
    """Return the rows of every table as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in set(connection.introspection.table_names()) - LEFT_OUT:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (names of our tables)
            found[table] = sorted(str([*map(readable, row)]) for row in cursor.fetchall())
        return found


def readable(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.parametrize("person", PEOPLE)
def test_no_other_method_does_or_shows_anything(person):
    provinces = TwoProvinces()
    client = signed_in(provinces.users[person])
    before, wrong, tried = everything(), {}, 0

    for route in routes():
        for method, address in product(METHODS, islice(addresses_of(provinces, route), 1)):
            tried += 1
            status = getattr(client, method)(address).status_code
            if status not in {302, 403, 404, 405}:
                wrong[method, address] = status

    assert wrong == {}
    assert everything() == before
    assert tried > 500
