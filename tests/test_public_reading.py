"""Reading the public pages leaves nothing behind: no session, no row, however often it is done."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.removals import make_published
from tests.test_public_privacy import public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def test_reading_public_pages_writes_nothing_and_begins_no_session():
    initiative, _ = make_published()
    addresses = public_addresses(initiative)
    written = {}

    for address in addresses:
        for _ in range(2):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client = Client()
                b"".join(client.get(address))
            written[address] = [q["sql"][:80] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)]
            assert "sessionid" not in client.cookies, address

    assert {address: found for address, found in written.items() if found} == {}
    assert not Session.objects.exists()
    assert len(addresses) > 25
