"""Many processes on one SQLite file: nobody is told that it is locked, nothing is lost, no limit is overrun."""

import os
import sqlite3
import uuid
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection

from tests.apart import apart, copied_to, outcome_of
from tests.factories import make_campaign, make_dossier, make_initiative, make_union, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite alone"),
]

WRITERS, MANY, QUOTA = 8, 16, 3
# 200 before a release, which makes 1,600: they take half a minute.
EACH = int(os.environ.get("SQLITE_WRITES", "20"))


@pytest.fixture
def path(tmp_path):
    """Where the copy goes. The tables of this process are emptied while the rules of SQLite may be taken down."""
    yield tmp_path / "db.sqlite3"
    call_command("flush", verbosity=0, interactive=False)


def rows_of(path, table, where="1"):
    with closing(sqlite3.connect(path)) as file:
        return file.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]  # noqa: S608 (names of ours)


def test_eight_writers_at_once_store_all_they_send_and_none_finds_the_database_locked(path):
    campaign, unit, one_form = make_campaign(), make_union(), str(uuid.uuid4())
    works = [[campaign.pk, unit.pk, EACH]] * WRITERS + [[campaign.pk, unit.pk, 1, one_form]] * WRITERS
    address = copied_to(path, connection)

    outcomes = outcome_of(apart("together", address, "send", works))

    assert outcomes == {"None": WRITERS * EACH + WRITERS}
    assert rows_of(path, "initiatives_initiative") == WRITERS * EACH + 1
    assert rows_of(path, "record_event", "subject_kind = 'initiative' AND deed = 'sent'") == WRITERS * EACH + 1


def test_sixteen_processes_cannot_put_forward_more_than_the_quota(path):
    dossier, by = make_dossier(), make_user()
    works = [[dossier.pk, make_initiative(dossier.union, accepted=True).pk, by.pk] for _ in range(MANY)]
    address = copied_to(path, connection)

    outcomes = outcome_of(apart("together", address, "put_forward", works))

    assert outcomes == {"None": QUOTA, "quota_reached": MANY - QUOTA}
    assert rows_of(path, "dossiers_dossierentry", "rank IS NOT NULL") == QUOTA
