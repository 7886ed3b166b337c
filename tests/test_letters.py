"""The signed letter is checked by its content, whatever the file is called."""

import hashlib
import io
import struct
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from accounts.file_names import plain
from dossiers.letters import upload_letter
from dossiers.limits import IMAGE_MOST_PIXELS, LETTER_LIMIT
from dossiers.scans import checked
from record.models import Event
from tests.factories import a_pdf, make_dossier, make_user
from tests.refusals import refused

pytestmark = pytest.mark.once


def pdf(change=None, pages=1, **options):
    """The bytes of a PDF with this many pages, changed by a function that takes the document."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    content = io.BytesIO()
    document.save(content, **options)
    return content.getvalue()


def picture(kind, size=(8, 6), mode="RGB"):
    content = io.BytesIO()
    Image.new(mode, size).save(content, kind)
    return content.getvalue()


def png_that_claims(width, height):
    """A PNG of a few bytes whose header says that it is huge."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def padded(content, length):
    return content + b"\n" * (length - len(content))


def javascript():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def tree():
    return Dictionary(Names=[String("a"), javascript()])


def set_in_root(key, make, indirect=False):
    """Return a change that puts what `make` returns into the document's root, in place or as an object of its own."""

    def change(document):
        document.Root[key] = document.make_indirect(make()) if indirect else make()

    return change


def annotate(**values):
    def change(document):
        note = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **values)
        document.pages[0].obj.Annots = Array([note])

    return change


def attach(document):
    document.attachments["hoa-don.exe"] = b"MZ"


UNSAFE = {
    "JavaScript on opening": set_in_root("/OpenAction", javascript),
    "JavaScript on opening, apart": set_in_root("/OpenAction", javascript, indirect=True),
    "JavaScript by name": set_in_root("/Names", lambda: Dictionary(JavaScript=tree())),
    "Launch on opening": set_in_root("/OpenAction", lambda: Dictionary(S=Name.Launch, F=String("cmd.exe"))),
    "Launch by a link": annotate(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
    "Launch after a harmless action": annotate(
        Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://a.vn"), Next=[Dictionary(S=Name.Launch)])
    ),
    "form sent away": annotate(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm)),
    "action on closing": set_in_root("/AA", lambda: Dictionary(WC=javascript())),
    "embedded file": attach,
    "file in an annotation": annotate(
        Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary())
    ),
}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), "pdf"),
        (pdf(pages=200), "pdf"),
        (pdf(annotate(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://a.vn")))), "pdf"),
        (pdf(set_in_root("/OpenAction", lambda: Dictionary(S=Name.GoTo, D=[0, Name.Fit]))), "pdf"),
        (picture("JPEG"), "jpg"),
        (picture("PNG"), "png"),
        (picture("PNG", mode="1"), "png"),
        (padded(pdf(), LETTER_LIMIT - 1), "pdf"),
        (padded(pdf(), LETTER_LIMIT), "pdf"),
    ],
)
def test_a_scan_is_taken_for_what_it_is(content, kind):
    assert checked(content).kind == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (padded(pdf(), LETTER_LIMIT + 1), "too_large"),
        (b"<html><script>alert(1)</script></html>", "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (b"MZ\x90\x00", "wrong_type"),
        (b"PK\x03\x04", "wrong_type"),
        (b"GIF89a" + bytes(20), "wrong_type"),
        (b"<html></html>\n" + pdf(), "wrong_type"),
        (b"\n" + pdf(), "wrong_type"),
        (b"%PDF-1.7\n<html><script>alert(1)</script></html>", "broken"),
        (b"%PDF-1.7\n" + bytes(2000), "broken"),
        (pdf(pages=0), "too_many_pages"),
        (pdf(pages=201), "too_many_pages"),
        (pdf(encryption=pikepdf.Encryption(user="a", owner="b")), "encrypted"),
        (pdf(encryption=pikepdf.Encryption(user="", owner="b")), "encrypted"),
        (picture("PNG", (200, 200))[:90], "broken"),
        (picture("JPEG", (200, 200))[:400], "broken"),
        (b"\xff\xd8\xff" + b"<html>", "broken"),
        (b"\x89PNG\r\n\x1a\n<html>", "broken"),
        (png_that_claims(8001, 10000), "too_large"),
        (png_that_claims(10000, 10001), "too_large"),
        (png_that_claims(60000, 60000), "too_large"),
    ],
)
def test_what_is_not_a_sound_scan_is_refused(content, code):
    with refused(code):
        checked(content)


@pytest.mark.parametrize("part", UNSAFE)
def test_a_pdf_that_runs_something_or_carries_a_file_is_refused(part):
    with refused("unsafe"):
        checked(pdf(UNSAFE[part]))


@pytest.mark.parametrize("part", UNSAFE)
def test_it_does_not_help_to_hide_that_in_compressed_objects(part):
    with refused("unsafe"):
        checked(pdf(UNSAFE[part], object_stream_mode=pikepdf.ObjectStreamMode.generate))


def test_the_limit_of_pixels_leaves_room_for_a_page_at_600_dpi():
    assert IMAGE_MOST_PIXELS >= 4961 * 7016


@pytest.mark.django_db
def test_a_letter_is_kept_with_its_digest_under_a_name_of_ours():
    dossier, by = make_dossier(), make_user()

    letter = upload_letter(dossier, a_pdf(), by=by)

    assert letter.sha256 == hashlib.sha256(a_pdf_of(letter)).hexdigest()
    file = letter.files.get()
    assert (file.size, file.extension, file.pages, letter.uploaded_by) == (len(a_pdf_of(letter)), "pdf", 1, by)
    assert file.file.name.startswith("letters/")
    assert file.download_name == f"to-trinh-{plain(dossier.union.name)}-{letter.pk}.pdf"
    event = Event.objects.of(dossier).last()
    assert (event.deed, event.after["sha256"]) == ("letter_uploaded", letter.sha256)


def a_pdf_of(letter):
    with letter.files.get().file.open() as file:
        return file.read()


@pytest.mark.django_db
def test_the_last_letter_counts_and_the_ones_before_are_kept():
    dossier = make_dossier()
    first = upload_letter(dossier, a_pdf(), by=make_user())
    second = upload_letter(dossier, picture("PNG"), by=make_user())

    assert dossier.current_letter == second
    assert a_pdf_of(first).startswith(b"%PDF")
    dossier.refresh_from_db()
    assert dossier.version == 3


@pytest.mark.django_db
def test_a_letter_that_is_refused_is_not_stored():
    dossier = make_dossier()

    with refused("wrong_type"):
        upload_letter(dossier, b"<html>", by=make_user())

    assert dossier.current_letter is None
