"""Files in an S3-compatible store: what the site does with them is the same, and nobody passes by its pages."""

import hashlib
import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from awards.archiving import begin as begin_archive
from awards.archiving import make
from config import clock
from dossiers.letters import upload_files, upload_letter
from initiatives import exporting
from initiatives.exports import Export
from outbox.models import Message
from outbox.sending import send_due
from tests import stores
from tests.factories import (
    a_pdf,
    a_picture,
    make_dossier,
    make_filed,
    make_initiative,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import signed_in
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="session")
def store():
    with stores.running() as address:
        yield address


@pytest.fixture(autouse=True)
def bucket(settings, store):
    return stores.use(settings, store)


def letter_page(dossier, letter, place=1, page="letter_file"):
    return reverse(page, args=[dossier.pk, letter.pk, place])


def taken(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_letter_is_kept_under_a_random_name_and_given_back_as_it_came(store, bucket):
    dossier = make_dossier()
    staff = make_staff(dossier.union)
    pages = [a_picture(colour=colour) for colour in ("red", "blue")]

    letter = upload_files(dossier, [io.BytesIO(page) for page in pages], by=staff)

    for place, page in enumerate(pages, start=1):
        answer = signed_in(staff).get(letter_page(dossier, letter, place))
        assert (taken(answer), answer["Content-Length"]) == (page, str(len(page)))
    assert taken(signed_in(staff).get(letter_page(dossier, letter, page="letter_thumbnail")))[:3] == b"\xff\xd8\xff"
    listed = stores.client_of(store).list_objects_v2(Bucket=bucket)["Contents"]
    assert len(listed) == 4
    assert all(found["Key"].startswith(("site/letters/", "site/thumbnails/")) for found in listed)


def test_nobody_gets_a_letter_without_the_sites_own_pages(store, bucket):
    dossier = make_dossier()
    letter = upload_letter(dossier, a_pdf(), by=make_user())
    name = letter.files.get().file.name

    assert signed_in(make_staff(make_union())).get(letter_page(dossier, letter)).status_code == 404
    with pytest.raises(ValueError, match="no address"):
        default_storage.url(name)
    acl = stores.client_of(store).get_object_acl(Bucket=bucket, Key=f"site/{name}")
    assert [grant["Permission"] for grant in acl["Grants"]] == ["FULL_CONTROL"], "its owner's alone"


def test_nothing_is_overwritten():
    first, second = (default_storage.save("letters/a.pdf", ContentFile(content)) for content in (b"one", b"two"))

    assert first != second
    with default_storage.open(first) as one, default_storage.open(second) as two:
        assert (one.read(), two.read()) == (b"one", b"two")


def test_a_refused_letter_leaves_no_file():
    with refused("wrong_type"):
        upload_files(make_dossier(), [io.BytesIO(a_pdf()), io.BytesIO(b"<html>")], by=make_user())

    assert stores.names() == set()


def test_a_filed_dossier_keeps_its_table_and_mails_its_files():
    filing = make_filed().last_filing
    with filing.table.open("rb") as table:
        assert openpyxl.load_workbook(io.BytesIO(table.read())).active.max_row > 1

    file = filing.letter.files.get()
    message = Message.objects.create(
        kind="a", about="b", recipient="a@vidu.invalid", subject="c", body="d",
        attachments=[["to-trinh.pdf", file.file.name]], next_try_at=timezone.now(),
    )  # fmt: skip
    assert send_due() >= 1
    message.refresh_from_db()
    assert (message.sent_at is not None, message.last_error) == (True, "")


def test_a_long_export_is_kept_a_day():
    staff = make_staff(make_initiative().unit)
    export = exporting.begin_later(staff, "")
    exporting.write_file(export.pk)
    export.refresh_from_db()

    book = taken(signed_in(staff).get(reverse("export_file", args=[export.pk])))
    assert openpyxl.load_workbook(io.BytesIO(book)).active.max_row == 2

    Export.objects.update(asked_at=clock.now() - timedelta(hours=24))
    exporting.drop_outdated()
    assert stores.names() == set()


def test_an_archive_with_all_files_of_the_dossiers():
    dossier = make_filed()
    archive = begin_archive(dossier.plan, with_files=True, by=make_user())
    make(archive.pk)
    archive.refresh_from_db()

    assert archive.state == "DONE"
    with archive.file.open("rb") as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == archive.sha256
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert sum(name.endswith((".pdf", ".xlsx")) for name in names) == 2


def test_a_letter_that_is_gone_is_not_found_and_one_that_is_big_is_not_held_in_memory(monkeypatch):
    with pytest.raises(FileNotFoundError):
        default_storage.open("letters/gone.pdf")

    big = default_storage.save("letters/big.pdf", ContentFile(b"x" * 6_000_000))
    with default_storage.open(big) as file:
        assert len(file.read(10)) == 10
        assert file.file._rolled, "on the disk, not in memory"


def test_the_health_page_asks_the_store(client, settings):
    assert client.get("/suc-khoe/").json()["storage"] is True
    assert stores.names() == set()

    options = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "another"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()["storage"]) == (503, False)
