"""A signed letter of several files: in order, each kept, shown small by a picture of the site's own making."""

import hashlib
import io
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from dossiers import apart, pictures
from dossiers.letters import move_file, remove_file, upload_files, upload_letter
from dossiers.limits import LETTER_MOST_FILES, LETTER_MOST_MB_AT_ONCE
from dossiers.models import Dossier, SignedLetter
from tests.factories import a_pdf, a_picture, make_dossier, make_filed, make_staff, make_user
from tests.pages import errors_beside, signed_in, tree
from tests.racing import at_once
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COLOURS = ["red", "green", "blue"]


def pages(*colours):
    return [io.BytesIO(a_picture(colour=colour)) for colour in colours]


def make_letter(*colours):
    return upload_files(make_dossier(), pages(*colours), by=make_user())


def colours_of(letter):
    """Return the colours of a letter's pictures, in order."""
    digests = {hashlib.sha256(a_picture(colour=colour)).hexdigest(): colour for colour in COLOURS}
    return [digests[file.sha256] for file in letter.files.all()]


def test_pages_photographed_one_by_one_make_one_letter_in_their_order():
    letter = make_letter(*COLOURS)

    assert colours_of(letter) == COLOURS
    assert [file.pages for file in letter.files.all()] == [1, 1, 1]
    assert len({letter.sha256, *(file.sha256 for file in letter.files.all())}) == 4


def test_a_letter_of_one_file_has_the_files_own_digest_and_the_order_counts():
    (file,) = make_letter("red").files.all()

    assert file.letter.sha256 == file.sha256
    assert make_letter("red", "blue").sha256 != make_letter("blue", "red").sha256


def test_files_are_added_behind_or_replace_all_and_what_was_replaced_is_kept():
    first = make_letter("red")
    both = upload_files(first.dossier, pages("blue"), by=make_user(), adding=True)
    new = upload_files(first.dossier, pages("green"), by=make_user())

    assert [colours_of(letter) for letter in (first, both, new)] == [["red"], ["red", "blue"], ["green"]]
    assert Dossier.objects.get().current_letter == new


def test_files_are_moved_and_left_out_in_a_letter_of_their_own():
    letter = make_letter(*COLOURS)
    moved = move_file(letter, 3, -1, by=make_user())
    assert move_file(moved, 1, -1, by=make_user()) == moved, "the first stays the first"
    assert move_file(moved, 3, 1, by=make_user()) == moved, "the last stays the last"
    shorter = remove_file(moved, 1, by=make_user())

    assert colours_of(letter) == COLOURS
    assert colours_of(moved) == ["red", "blue", "green"]
    assert colours_of(shorter) == ["blue", "green"]
    assert [file.place for file in shorter.files.all()] == [1, 2]


def test_the_only_file_is_replaced_and_not_removed():
    with refused("letter_empty"):
        remove_file(make_letter("red"), 1, by=make_user())


def test_a_letter_that_a_colleague_replaced_is_not_arranged():
    letter = make_letter("red", "blue")
    upload_files(letter.dossier, pages("green"), by=make_user())

    for deed in (partial(move_file, letter, 1, 1), partial(remove_file, letter, 1)):
        with refused("stale"):
            deed(by=make_user())


def test_a_filed_letter_is_not_arranged():
    letter = make_filed(scan=a_picture()).current_letter

    with refused("dossier_closed"):
        move_file(letter, 1, 1, by=make_user())


def test_a_letter_has_so_many_files_and_no_more():
    dossier, by = make_dossier(), make_user()
    letter = upload_files(dossier, pages(*["red"] * LETTER_MOST_FILES), by=by)

    with refused("too_many_files"):
        upload_files(dossier, pages("red"), by=by, adding=True)
    assert dossier.current_letter == letter


def test_one_bad_file_refuses_all_and_is_named():
    with refused("wrong_type") as refusal:
        upload_files(make_dossier(), [*pages("red"), io.BytesIO(b"<html>")], by=make_user())

    assert refusal.value.messages[0].startswith("Tệp thứ 2: ")
    assert not SignedLetter.objects.exists()


# On the page


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def test_several_files_are_picked_at_once_and_added_or_not():
    dossier = make_dossier()
    client, address = staff_of(dossier), reverse("upload_letter", args=[dossier.pk])

    def send(*colours, **more):
        files = [SimpleUploadedFile("IMG.jpg", a_picture(colour=colour)) for colour in colours]
        assert client.post(address, {"file": files, **more}).status_code == 302
        return colours_of(dossier.current_letter)

    assert send("red", "green") == ["red", "green"]
    assert send("blue", adding="on") == ["red", "green", "blue"]
    assert send("blue", adding="") == ["blue"]


def test_more_megabytes_than_one_request_may_bring_are_refused_in_words():
    dossier, size = make_dossier(), 10 * 1024 * 1024
    files = [SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(size - 5)) for _ in range(LETTER_MOST_MB_AT_ONCE // 10 + 1)]

    response = staff_of(dossier).post(reverse("upload_letter", args=[dossier.pk]), {"file": files})

    assert "mỗi lần tối đa 60 MB" in " ".join(errors_beside(response)["file"])


def test_the_files_of_a_letter_can_be_moved_and_removed_on_the_page():
    letter = make_letter("red", "blue")
    client, page = staff_of(letter.dossier), letter.dossier.get_absolute_url()
    name = "move_letter_file_down"

    assert client.post(reverse(name, args=[letter.dossier_id, letter.pk, 1])).status_code == 302
    assert colours_of(letter.dossier.current_letter) == ["blue", "red"]
    (remove, _) = tree(client.get(page)).xpath("//ol//form[contains(@action, '/bo/')]/@action")
    client.post(remove)
    assert colours_of(letter.dossier.current_letter) == ["red"]
    assert not tree(client.get(page)).xpath("//ol//form")


def test_a_thumbnail_is_shown_and_nothing_that_was_uploaded_ever_is():
    letter = make_letter("red")
    client, at = staff_of(letter.dossier), [letter.dossier_id, letter.pk, 1]

    small = client.get(reverse("letter_thumbnail", args=at))
    whole = client.get(reverse("letter_file", args=at))

    assert (small["Content-Type"], small["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "attachment" not in small.get("Content-Disposition", "")
    assert "sandbox" in small["Content-Security-Policy"]
    assert whole["Content-Disposition"].startswith("attachment")
    assert small.getvalue() != whole.getvalue() == a_picture(colour="red")


def test_a_file_without_thumbnail_has_none_to_ask_for():
    dossier = make_dossier()
    letter = upload_letter(dossier, a_pdf(), by=make_user())

    assert staff_of(dossier).get(reverse("letter_thumbnail", args=[dossier.pk, letter.pk, 1])).status_code == 404


# Thumbnails


def opened(found):
    return Image.open(io.BytesIO(apart.thumbnail_in(found)))


def test_a_thumbnail_is_upright_small_and_says_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Nokia"
    content = io.BytesIO()
    Image.new("RGB", (2000, 1000)).save(content, "JPEG", exif=exif)

    small = opened(pictures.look_at(content.getvalue()))

    assert small.height > small.width
    assert small.width <= pictures.SIZE[0]
    assert not small.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16"])
def test_a_png_of_any_kind_has_a_thumbnail(mode):
    content = io.BytesIO()
    Image.new(mode, (500, 700)).save(content, "PNG")

    assert opened(pictures.look_at(content.getvalue())).size == (240, 336)


@pytest.mark.file_child
def test_the_first_page_of_a_pdf_is_drawn_by_a_child():
    assert Image.open(io.BytesIO(apart.first_page(a_pdf()))).size == (240, 340)


@pytest.mark.file_child
def test_a_pdf_that_cannot_be_drawn_is_kept_without_a_thumbnail(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.01)

    assert apart.first_page(a_pdf()) is None


# At once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_pages_added_by_two_people_at_once_none_is_lost():
    letter = make_letter("red")
    calls = [partial(upload_files, letter.dossier, pages(c), by=make_user(), adding=True) for c in ("green", "blue")]

    assert at_once(*calls) == [None, None]
    assert sorted(colours_of(letter.dossier.current_letter)) == sorted(COLOURS)
