"""What travels compressed, and what does not."""

import gzip
from io import BytesIO

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.test import RequestFactory
from django.urls import reverse

from config.compression import CompressedPagesMiddleware
from tests.factories import make_campaign
from tests.pages import form_address

TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}
LONG = "Sáng kiến của người lao động. " * 40


def through(response, accepting="gzip, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepting})
    return CompressedPagesMiddleware(lambda request: response)(request)


@pytest.mark.django_db
def test_the_form_travels_compressed_to_those_who_can_read_it_so(client):
    address = form_address(make_campaign())
    plain, small = client.get(address), client.get(address, headers=TAKES_GZIP)

    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 3
    assert "Content-Encoding" not in plain
    assert gzip.decompress(small.content).decode().count("<input") == plain.content.decode().count("<input")


@pytest.mark.django_db
def test_no_two_answers_have_a_length_to_compare(client):
    address = reverse("guide", args=[make_campaign().slug])

    assert len({client.get(address, headers=TAKES_GZIP)["Content-Length"] for _ in range(12)}) > 1


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml", "text/csv"])
def test_text_is_compressed(kind):
    assert through(HttpResponse(LONG, content_type=kind))["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "application/vnd.ms-excel"])
def test_files_are_handed_out_as_they_are(kind):
    assert "Content-Encoding" not in through(HttpResponse(LONG, content_type=kind))


def test_a_streamed_file_keeps_its_length():
    content = LONG.encode()

    assert through(FileResponse(BytesIO(content), filename="to-trinh.txt"))["Content-Length"] == str(len(content))


def test_an_answer_without_content_stays_so():
    assert "Content-Encoding" not in through(HttpResponseNotModified())


def test_who_cannot_read_it_gets_plain_text():
    assert through(HttpResponse(LONG), accepting="identity").content.decode() == LONG
