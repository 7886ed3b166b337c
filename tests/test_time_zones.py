"""Wherever a server stands and whatever zone it is set to: the same answer, and the same time in print (R1)."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.apart import apart, copied_to, outcome_of
from tests.conftest import moment
from tests.factories import make_campaign, make_union

ZONES = [("UTC", "America/New_York"), ("America/New_York", "Asia/Ho_Chi_Minh"), ("Asia/Ho_Chi_Minh", "UTC")]
MICROSECOND = timedelta(microseconds=1)
OPENS, CLOSES = moment("2021-03-10"), moment("2021-04-21")
WANTED = {
    OPENS - MICROSECOND: [403, ""],
    OPENS: [302, "00:00:00 ngày 10/03/2021"],
    CLOSES - timedelta(milliseconds=1): [302, "23:59:59 ngày 20/04/2021"],
    CLOSES - MICROSECOND: [302, "23:59:59 ngày 20/04/2021"],
    CLOSES: [403, ""],
}


@pytest.mark.django_db(transaction=True)
def test_servers_and_sessions_of_any_zone_agree(tmp_path):
    make_campaign()
    make_union()
    stamps = [f"{instant.timestamp():.6f}" for instant in WANTED]

    processes = [
        apart(
            "arrivals", here(tmp_path / f"{number}.sqlite3"), stamps, TZ=zone, PGTZ=of_session, TRUST_REQUEST_START="on"
        )
        for number, (zone, of_session) in enumerate(ZONES)
    ]

    outcomes = [outcome_of(process) for process in processes]
    for outcome, zones in zip(outcomes, ZONES, strict=True):
        answers, until = outcome
        told = [
            [status, printed[: len(wanted)]]
            for (status, printed), (_, wanted) in zip(answers, WANTED.values(), strict=True)
        ]
        assert told == list(WANTED.values()), zones
        assert until == "20/04/2021", zones


def here(path):
    """Return the URL of this test's database, for another process."""
    if connection.vendor == "sqlite":
        return copied_to(path, connection)
    told = connection.settings_dict
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
