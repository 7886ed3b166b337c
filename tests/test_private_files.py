"""Private files are read out by the front server where it is said to; who may see them is the view's word as ever."""

import pytest
from django.core.files.base import ContentFile

from awards.dossier_files import download
from dossiers.filing_views import attachment
from initiatives.exports import Export

NAME = "bảng tổng hợp.xlsx"


@pytest.fixture
def stored(uploads, settings):
    export = Export()
    export.file.save("bảng #1.xlsx", ContentFile(b"rows"), save=False)
    return export.file


@pytest.mark.parametrize(
    "hand_out",
    [lambda file: download(file, NAME, "text/csv"), lambda file: attachment(file.open("rb"), NAME, "text/csv")],
)
def test_a_stored_file_is_left_to_the_front_server_where_it_has_an_address_of_them(stored, settings, hand_out):
    plain = hand_out(stored)
    content = b"".join(plain.streaming_content)

    settings.PRIVATE_FILES = "/kho-rieng/"
    left = hand_out(stored)

    assert content == b"rows"
    assert left["X-Accel-Redirect"].startswith("/kho-rieng/")
    assert left["X-Accel-Redirect"].isascii()
    assert "#" not in left["X-Accel-Redirect"]
    assert left.content == b""
    for header in ("Content-Disposition", "Content-Type"):
        assert left[header] == plain[header]


def test_what_lies_in_no_folder_of_the_front_servers_is_read_out_by_the_site(settings):
    settings.PRIVATE_FILES = "/kho-rieng/"

    answer = attachment(ContentFile(b"made here"), NAME, "text/csv")

    assert b"".join(answer.streaming_content) == b"made here"
    assert "X-Accel-Redirect" not in answer
