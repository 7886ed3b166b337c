"""Long lists as files of the queue: how far they are, what ends them, what stays of them."""

import errno
import io
import resource
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django_q.models import OrmQ

from config import clock
from config.long_workbook import LongWorkbook
from initiatives import exporting
from initiatives.exporting import begin, begin_later, csv_parts, drop_outdated, store_file, write_file
from initiatives.exports import Export
from record.models import Event
from tests.factories import IN_TIME, make_initiative, make_national_user, make_staff, make_union
from tests.pages import says, signed_in, tree
from tests.test_exports import rows_in, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_union()


@pytest.fixture
def staff(unit):
    return make_staff(unit)


@pytest.fixture
def long(unit, monkeypatch):
    """A list that is long for its limits."""
    monkeypatch.setattr(exporting, "EXPORTED_AT_ONCE", 2)
    monkeypatch.setattr(exporting, "EXPORT_CHUNK", 2)
    return [make_initiative(unit, title=f"Việc {number}") for number in range(5)]


@pytest.mark.parametrize(("number", "waits"), [(1, False), (2, False), (3, True)])
def test_a_short_list_comes_at_once_and_a_long_one_from_the_queue(unit, staff, monkeypatch, number, waits):
    monkeypatch.setattr(exporting, "EXPORTED_AT_ONCE", 2)
    for _ in range(number):
        make_initiative(unit)

    assert take(staff, "xlsx").status_code == (302 if waits else 200)
    assert OrmQ.objects.count() == waits
    assert take(staff, "csv").status_code == 200


def test_the_progress_page_comes_again_until_the_file_is_there(staff, long):
    client, address = signed_in(staff), take(staff, "xlsx")["Location"]

    waiting = client.get(address)
    Export.objects.update(rows=2, total=5)
    halfway = client.get(address)
    write_file(Export.objects.get().pk)
    done = client.get(address)

    assert (waiting["Refresh"], halfway["Refresh"]) == ("3", "3")
    assert "Đã ghi 2 trong 5 dòng" in says(halfway)
    assert "Refresh" not in done
    assert "Tệp có 5 dòng, giữ đến 08:00 02/04/2021" in says(done)
    (link,) = tree(done).xpath("//main//a[contains(@class, 'btn')]/@href")
    assert [row["Tên sáng kiến"] for row in rows_in(client.get(link))] == [f"Việc {at}" for at in reversed(range(5))]


def test_a_file_is_its_makers_alone(unit, staff, long):
    export = begin_later(staff, "")
    write_file(export.pk)

    for other in (make_staff(unit), make_staff(unit.parent), make_national_user()):
        for page in ("export", "export_file"):
            assert signed_in(other).get(reverse(page, args=[export.pk])).status_code == 404
    assert signed_in(staff).get(reverse("export_file", args=[export.pk])).getvalue()


def test_asking_twice_for_the_same_list_writes_one_file(staff, long):
    assert (
        take(staff, "xlsx")["Location"] == take(staff, "xlsx")["Location"] != take(staff, "xlsx", "q=viec")["Location"]
    )
    assert OrmQ.objects.count() == 2


def test_a_task_that_runs_again_after_a_crash_begins_anew_and_a_finished_one_is_left(staff, long):
    export = begin_later(staff, "")
    Export.objects.update(rows=4)

    for _ in range(2):
        write_file(export.pk)

    export.refresh_from_db()
    assert (export.rows, export.total, export.state) == (5, 5, "DONE")
    assert Event.objects.of(export).count() == 2


@pytest.mark.parametrize(("most", "state"), [(6, "DONE"), (5, "DONE"), (4, "TOO_LONG")])
def test_a_list_too_long_for_excel_is_told_what_to_do(staff, long, monkeypatch, most, state):
    monkeypatch.setattr(exporting, "MOST_IN_XLSX", most)
    export = begin_later(staff, "")

    write_file(export.pk)

    page = signed_in(staff).get(export.get_absolute_url())
    assert ("Danh sách có 5 dòng" in says(page)) is (state == "TOO_LONG")
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (state, state == "DONE")


def test_a_file_that_cannot_be_written_is_told(staff, long, monkeypatch, caplog):
    export = begin_later(staff, "")
    monkeypatch.setattr(exporting, "LongWorkbook", None)

    write_file(export.pk)

    page = signed_in(staff).get(export.get_absolute_url())
    assert "Không ghi được tệp này" in says(page)
    assert "failed" in caplog.text
    assert signed_in(staff).get(reverse("export_file", args=[export.pk])).status_code == 404


def test_a_disk_that_is_full_fails_the_export_and_leaves_nothing_behind(staff, long, settings, caplog):
    """A limit on the size of files breaks writing in the middle, as a full disk does."""
    export = begin_later(staff, "")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    store_file(Export(kind="xlsx", asked_at=IN_TIME), io.BytesIO(b"x" * 5000))
    before = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*")}
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            store_file(export, io.BytesIO(b"x" * 5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert {path.name for path in Path(settings.MEDIA_ROOT).rglob("*")} == before


def test_a_full_disk_while_the_rows_are_written_is_told(staff, long, monkeypatch, caplog):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    export = begin_later(staff, "")
    monkeypatch.setattr(LongWorkbook, "end_sheet", full)

    write_file(export.pk)

    export.refresh_from_db()
    assert (export.state, bool(export.file)) == ("FAILED", False)
    assert "No space left" in caplog.text


@pytest.mark.parametrize(("begun", "state"), [(2, "DONE"), (3, "FAILED")])
def test_what_is_killed_three_times_is_not_begun_a_fourth(staff, long, caplog, begun, state):
    export = begin_later(staff, "")
    Export.objects.update(tries=begun)

    write_file(export.pk)

    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (state, state == "DONE")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_no_transaction_stays_open_while_a_file_is_read(staff, long):
    parts = csv_parts(begin(staff, "csv", ""))
    for _ in ("headers", "rows", "rows"):
        next(parts)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now()"
        )
        assert (cursor.fetchone(), connection.get_autocommit()) == ((0,), True)
    parts.close()


def test_rights_that_were_taken_away_meanwhile_count(staff, long):
    export = begin_later(staff, "")
    staff.memberships.all().delete()

    write_file(export.pk)

    export.refresh_from_db()
    assert export.rows == 0


@pytest.mark.parametrize(("hours", "left"), [(23.9, 1), (24, 0)])
def test_after_a_day_the_file_is_gone_and_the_record_stays(staff, long, hours, left):
    export = begin_later(staff, "")
    write_file(export.pk)
    export.refresh_from_db()
    Export.objects.update(asked_at=clock.now() - timedelta(hours=hours))

    drop_outdated()

    assert Export.objects.count() == left
    assert default_storage.exists(export.file.name) is bool(left)
    assert Event.objects.of(export).count() == 2
