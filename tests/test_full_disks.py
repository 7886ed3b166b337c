"""A disk that is full: said in words, nothing half stored, and everything goes on once there is room again."""

import errno
import io
import os
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from psycopg2.errors import DiskFull

from dossiers.models import SignedLetter
from initiatives.models import Initiative
from outbox.models import Message
from record.models import Event
from tests.factories import a_picture, make_campaign, make_dossier, make_staff, make_union
from tests.pages import runs_nothing, says, send_form, signed_in, typed

LARGEST = 300


@contextmanager
def disk_full(largest=LARGEST):
    """No file may grow beyond so many bytes: writing breaks off in the middle, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def durable(settings):
    """The store of the site as it is deployed."""
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "config.durable_files.DurableFiles"}}
    return Path(settings.MEDIA_ROOT)


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


# Files


@pytest.mark.django_db
def test_a_letter_that_finds_the_disk_full_is_refused_in_words_and_leaves_nothing(durable, caplog):
    dossier = make_dossier()
    client, address = signed_in(make_staff(dossier.union)), reverse("upload_letter", args=[dossier.pk])

    def upload():
        scan = io.BytesIO(a_picture())
        scan.name = "to-trinh.jpg"
        return client.post(address, {"file": scan, "adding": ""})

    with disk_full():
        response = upload()

    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "không có gì bị lưu dở" in says(response)
    assert runs_nothing(response)
    assert "The disk takes no more" in caplog.text
    assert (SignedLetter.objects.count(), files_in(durable)) == (0, [])
    assert upload().status_code == 302
    assert SignedLetter.objects.count() == 1


def test_of_a_file_that_finds_the_disk_full_no_part_is_kept(durable):
    with disk_full(), pytest.raises(OSError, match="File too large"):
        default_storage.save("letters/a", ContentFile(b"x" * (LARGEST + 1)))

    assert files_in(durable) == []
    assert default_storage.save("letters/a", ContentFile(b"x" * (LARGEST + 1))) == "letters/a"


def test_a_file_and_the_names_that_lead_to_it_are_on_the_disk_before_it_is_said(durable, monkeypatch):
    settled, fsync = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (settled.append(os.readlink(f"/proc/self/fd/{handle}")), fsync(handle))
    )

    name = default_storage.save("letters/a", ContentFile(b"x"))

    assert settled == [str(durable / name), str(durable / "letters"), str(durable)]


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, None])
@pytest.mark.django_db
def test_another_fault_of_a_file_is_no_full_disk(client, monkeypatch, number):
    def broken(*arguments, **values):
        raise OSError(number, "secret inside")

    monkeypatch.setattr("initiatives.views.figures_of", broken)
    client.raise_request_exception = False

    assert client.get(make_campaign().get_absolute_url()).status_code == 500


# Rows


@pytest.fixture
def pages():
    """Set how many pages the SQLite database may have (0: no more than it has), as a context."""

    @contextmanager
    def limited():
        with connection.cursor() as cursor:
            (before,) = cursor.execute("PRAGMA max_page_count").fetchone()
            cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the number of pages that there are
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA max_page_count = {before}")

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL says so with DiskFull, which the next test raises")
    return limited


@pytest.mark.django_db
def test_a_database_without_room_says_so_keeps_what_it_has_and_goes_on_later(client, pages):
    campaign, unit = make_campaign(), make_union()
    stored = 0
    with pages():
        while (response := send_form(client, campaign, values := typed(unit))).status_code == 302:
            stored += 1
            assert stored < 100, "the limit does not bite"

    assert response.status_code == 503
    assert values["title"] in says(response)
    assert Initiative.objects.count() == stored
    assert Event.objects.filter(deed="sent").count() == Message.objects.count() == stored
    assert send_form(client, campaign, values).status_code == 302
    assert Initiative.objects.count() == stored + 1


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_server_without_room_is_answered_like_one_that_is_away(client):
    campaign, values = make_campaign(), typed(make_union())

    def full(execute, *arguments):
        with connection.wrap_database_errors:
            raise DiskFull("could not extend file")

    with connection.execute_wrapper(full):
        response = send_form(client, campaign, values)

    assert response.status_code == 503
    assert values["title"] in says(response)
