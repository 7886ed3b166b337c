"""An uploaded PDF is looked into in a process of its own, with bounded memory and time."""

import io
import zlib

import pytest

from dossiers import apart
from dossiers.scans import checked
from tests.factories import a_pdf
from tests.refusals import refused

pytestmark = [pytest.mark.file_child, pytest.mark.once]
BOMB_UNPACKED = 700 * 1024 * 1024


def bomb():
    """A PDF of under a megabyte whose object stream unpacks to 700 MB."""
    packer = zlib.compressobj(9)
    packed = io.BytesIO()
    block = b" " * (1024 * 1024)
    packed.write(packer.compress(b"4 0 "))
    for _ in range(BOMB_UNPACKED // len(block)):
        packed.write(packer.compress(block))
    packed.write(packer.flush())
    data = packed.getvalue()
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(data)
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>"),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        (3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /X 4 0 R >>"),
        (5, stream + b"\nstream\n" + data + b"\nendstream"),
    ]:
        offsets.append((number, out.tell()))
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    places = {0: b"\0\0\0\0\0\0", 4: b"\2\0\0\0\5\0"}
    places |= {number: b"\1" + offset.to_bytes(4, "big") + b"\0" for number, offset in offsets}
    start = out.tell()
    places[6] = b"\1" + start.to_bytes(4, "big") + b"\0"
    table = b"".join(places[number] for number in range(7))
    out.write(
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF" % (len(table), table, start)
    )
    return out.getvalue()


def test_a_good_letter_passes_through_the_child():
    assert checked(a_pdf()).kind == "pdf"


def test_a_bomb_ends_the_child_and_not_the_site():
    content = bomb()
    assert len(content) < 1024 * 1024

    with refused("broken"):
        checked(content)


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.01)

    with refused("broken"):
        checked(a_pdf())
