"""Two filings side by side: entries that came, went and moved, and the words that changed."""

import pytest
from django.urls import reverse

from awards.findings import return_for_correction
from dossiers.comparing import compare, compared
from dossiers.editing import LETTER_DETAILS, SUMMARY, describe_entry, describe_letter
from dossiers.filing import file_dossier
from dossiers.quota import move, put_forward, take_out
from tests.factories import IN_TIME, make_filed, make_initiative, make_staff, make_user
from tests.pages import runs_nothing, says, signed_in, tree

pytestmark = pytest.mark.django_db


def refile(dossier):
    return file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)


def make_refiled():
    """A dossier filed twice: its first entry taken out, its third moved up and retitled, one added; a new signer."""
    dossier, by = make_filed(entries=3), make_user()
    return_for_correction(dossier, "Thiếu dấu.", by=by)
    first, _, third = dossier.entries.standing()
    take_out(first, by=by)
    third.refresh_from_db()
    move(third, -1, by=by)
    texts = {name: getattr(third, name) for name in SUMMARY} | {"title": "Cải tiến bàn cắt <b>vải</b> dày"}
    dossier.refresh_from_db()
    describe_entry(third, texts, by=by, version=dossier.version)
    put_forward(dossier, make_initiative(dossier.union, accepted=True, title="Ghế mới"), by=by)
    dossier.refresh_from_db()
    details = {name: getattr(dossier, name) for name in LETTER_DETAILS} | {"signer": "Trần Văn An"}
    describe_letter(dossier, details, by=by, version=dossier.version)
    return dossier, [dossier.last_filing, refile(dossier)]


def test_a_comparison_tells_what_came_went_moved_and_changed():
    _, (old, new) = make_refiled()

    letter, entries = compare(old, new)

    assert [(text.header, text.old, text.new) for text in letter] == [
        ("Người ký", [("Trần Văn ", False), ("Bình", True)], [("Trần Văn ", False), ("An", True)])
    ]
    assert [(entry.what, entry.old_number, entry.new_number) for entry in entries] == [
        ("đổi thứ tự", "3", "1"),
        ("", "2", "2"),
        ("thêm mới", "", "3"),
        ("bỏ ra", "1", ""),
    ]
    assert [[text.header for text in entry.fields] for entry in entries] == [["Tên sáng kiến"], [], [], []]


def test_a_filing_is_like_itself():
    filing = make_filed(entries=2).last_filing

    letter, entries = compare(filing, filing)

    assert letter == []
    assert not any(entry.is_changed for entry in entries)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "mới", ([], [("mới", True)])),
        ("một hai", "một ba", ([("một ", False), ("hai", True)], [("một ", False), ("ba", True)])),
    ],
)
def test_texts_are_compared_word_by_word(old, new, pieces):
    found = compared("Tóm tắt", old, new)

    assert (found.old, found.new) == pieces


def test_the_page_shows_the_older_on_the_left_whatever_the_address_and_escapes_what_was_typed():
    dossier, _ = make_refiled()
    client = signed_in(make_staff(dossier.union))

    pages = [client.get(reverse("compare_filings", args=[dossier.pk, *pair])) for pair in ((1, 2), (2, 1))]

    assert says(pages[0]) == says(pages[1])
    assert any("<b>vải</b>" in ins.text_content() for ins in tree(pages[0]).xpath("//ins"))
    assert not tree(pages[0]).xpath("//main//b")
    assert runs_nothing(pages[0])
    assert client.get(reverse("compare_filings", args=[dossier.pk, 1, 3])).status_code == 404
