"""The store for files is away: who needs a file is asked to come again, everybody else notices nothing."""

import io
import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers.letters import upload_files
from tests import stores
from tests.factories import a_pdf, a_picture, make_campaign, make_dossier, make_staff, make_union
from tests.pages import says, send_form, signed_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def letter(settings):
    """A letter in a store that has gone since; its port is held, so that nobody listens there."""
    with stores.running() as address, socket.socket() as held:
        stores.use(settings, address)
        dossier = make_dossier()
        letter = upload_files(dossier, [io.BytesIO(a_picture())], by=make_staff(dossier.union))
        held.bind(("127.0.0.1", 0))
        away = {"endpoint_url": f"http://127.0.0.1:{held.getsockname()[1]}"}
        options = settings.STORAGES["default"]["OPTIONS"] | away
        settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
        yield letter


def staff_of(letter):
    return signed_in(make_staff(letter.dossier.union), raise_request_exception=False)


def test_a_letter_that_cannot_be_stored_is_not_said_to_be(letter):
    file = SimpleUploadedFile("to-trinh.pdf", a_pdf())

    answer = staff_of(letter).post(reverse("upload_letter", args=[letter.dossier.pk]), {"file": file})

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Hệ thống đang bận" in says(answer)
    assert list(letter.dossier.letters.all()) == [letter]


def test_a_letter_that_cannot_be_fetched_is_asked_for_again_later(letter):
    answer = staff_of(letter).get(reverse("letter_file", args=[letter.dossier.pk, letter.pk, 1]))

    assert (answer.status_code, answer["Refresh"]) == (503, "10")


def test_an_initiative_is_sent_as_ever(client, letter):
    assert send_form(client, make_campaign(), typed(make_union())).status_code == 302
