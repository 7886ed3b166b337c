"""What a cut line leaves: nothing half, and nothing that has to be guessed at."""

import io
import socket
import threading
from urllib.parse import urlencode

import psycopg2
import pytest
from django.core.exceptions import BadRequest
from django.core.files.storage import default_storage
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from config import environment, wsgi
from config.whole_bodies import WholeBody
from dossiers.models import SignedLetter
from initiatives.models import Initiative
from tests.factories import a_pdf, make_campaign, make_dossier, make_staff, make_union
from tests.pages import form_address, signed_in, typed

FORM = "application/x-www-form-urlencoded"
SILENT_SECONDS = 8


def send(client, path, body, content_type, *, sent):
    """Send so much of a body, then the line is cut; returns the answer that nobody reads."""
    stream = WholeBody(io.BytesIO(body[:sent]), len(body))
    request = {"wsgi.input": stream, "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": content_type}
    return client.generic("POST", path, **request)


def letter_of(dossier):
    scan = io.BytesIO(a_pdf())
    scan.name = "to-trinh.pdf"
    return encode_multipart(BOUNDARY, {"adding": "", "file": scan})


# A body that is cut


@pytest.mark.django_db
@pytest.mark.parametrize("checks", [False, True])
@pytest.mark.parametrize("missing", [1, 40, 200, None])
def test_an_upload_that_is_cut_leaves_no_row_and_no_file(missing, checks):
    dossier = make_dossier()
    client = signed_in(make_staff(dossier.union), enforce_csrf_checks=checks)
    body = letter_of(dossier)
    sent = len(body) // 2 if missing is None else len(body) - missing

    response = send(client, reverse("upload_letter", args=[dossier.pk]), body, MULTIPART_CONTENT, sent=sent)

    assert response.status_code == 400
    assert not SignedLetter.objects.exists()
    assert not default_storage.exists("letters")


@pytest.mark.django_db
def test_an_upload_that_is_whole_is_taken():
    dossier = make_dossier()
    body = letter_of(dossier)

    response = send(
        signed_in(make_staff(dossier.union)), reverse("upload_letter", args=[dossier.pk]), body, MULTIPART_CONTENT,
        sent=len(body),
    )  # fmt: skip

    assert response.status_code == 302
    assert SignedLetter.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("missing", "rows"), [(0, 1), (1, 0), (30, 0)])
def test_a_form_that_is_cut_in_its_last_text_is_not_taken(client, missing, rows):
    campaign, values = make_campaign(), typed(make_union())
    text = values.pop("description")
    body = urlencode(values | {"description": text}).encode()

    response = send(client, form_address(campaign), body, FORM, sent=len(body) - missing)

    assert response.status_code == (302 if rows else 400)
    assert Initiative.objects.count() == rows


def test_the_site_reads_whole_bodies_only(monkeypatch):
    given = {}
    monkeypatch.setattr(wsgi, "serve", lambda environ, start_response: given.update(environ))

    wsgi.application({"wsgi.input": io.BytesIO(b"a\nbc"), "CONTENT_LENGTH": "5"}, None)

    assert (given["wsgi.input"].readline(), given["wsgi.input"].read(2)) == (b"a\n", b"bc")
    with pytest.raises(BadRequest):
        given["wsgi.input"].read(1)


@pytest.mark.parametrize("length", [None, "", "x", "-1"])
def test_a_request_without_a_length_is_left_as_it_is(monkeypatch, length):
    given, stream = {}, io.BytesIO()
    monkeypatch.setattr(wsgi, "serve", lambda environ, start_response: given.update(environ))

    wsgi.application({"wsgi.input": stream, "CONTENT_LENGTH": length}, None)

    assert given["wsgi.input"] is stream


# A database that does not answer


@pytest.fixture
def silent():
    """The port of a server that takes connections and never says anything."""
    listening = socket.create_server(("127.0.0.1", 0))
    ending = threading.Timer(SILENT_SECONDS, listening.close)
    ending.start()
    yield listening.getsockname()[1]
    ending.cancel()
    listening.close()


def test_a_database_that_is_silent_is_given_up_soon(monkeypatch, silent):
    monkeypatch.setenv("DATABASE_URL", f"postgres://a@127.0.0.1:{silent}/a")
    settings = environment.database("DATABASE_URL", default="")
    options = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], **settings["OPTIONS"]}

    with pytest.raises(psycopg2.OperationalError, match="timeout expired"):
        psycopg2.connect(dbname="a", **options)


def test_an_address_may_ask_for_more_patience(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a@127.0.0.1/a?connect_timeout=5")

    options = environment.database("DATABASE_URL", default="")["OPTIONS"]

    assert options == environment.PATIENCE | {"connect_timeout": 5}
