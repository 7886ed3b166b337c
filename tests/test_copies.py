"""What counts as a copy: every way of copying is seen, and what only shares a form's sentence with many is not."""

import unicodedata
from itertools import combinations

import pytest

from bench.copied_texts import COPIES, FORM_SENTENCE, bodies, copies
from initiatives.copies import ALIKE_PERCENT, ALIKE_WORDS, WINDOW, WORDS_TOGETHER, Words, likeness, passages_of

pytestmark = pytest.mark.once

TEXT = (
    "Gắn thêm thước và kẹp vào bàn cắt để cắt một lần được nhiều lớp vải. Thợ không còn phải đo từng lớp. "
    "Kẹp làm bằng gỗ thải của xưởng mộc, ai cũng thay được. Giảm một nửa thời gian cắt."
)
FEW = 60


@pytest.mark.parametrize("way", COPIES)
def test_of_the_first_texts_nearly_all_copies_are_seen_whatever_was_done_to_them(way):
    pairs = [(Words(text), Words(copy)) for (text, copy), _ in zip(copies(way), range(FEW), strict=False)]

    seen = [one.prints & other.prints and likeness(one, other) for one, other in pairs]

    assert sum(map(bool, seen)) >= 0.95 * FEW


def test_no_two_different_texts_of_the_demonstration_are_alike():
    texts = [Words(text) for _, text in bodies()[:200]]

    assert not any(likeness(one, other) for one, other in combinations(texts, 2))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spelling_does_not_make_another_text(form):
    other = unicodedata.normalize(form, TEXT.upper().replace("Đ", "đ").replace(". ", " — "))

    assert likeness(Words(TEXT), Words(other)) == 100
    assert Words(TEXT).prints == Words(other).prints


def words(number, start=0):
    return " ".join(f"tu{place}" for place in range(start, start + number))


@pytest.mark.parametrize(("shared", "alike"), [(ALIKE_WORDS - 1, False), (ALIKE_WORDS, True), (ALIKE_WORDS + 1, True)])
def test_so_many_words_must_be_shared_at_least(shared, alike):
    one, other = words(shared), f"{words(shared)} {words(50, 500)}"

    assert bool(likeness(Words(one), Words(other))) is alike


@pytest.mark.parametrize(("length", "percent"), [(79, 25), (80, 25), (81, 0)])
def test_so_great_a_part_of_a_text_must_be_shared(length, percent):
    one, other = (f"{words(20)} {words(length - 20, start)}" for start in (100, 1000))

    assert likeness(Words(one), Words(other)) == percent
    assert ALIKE_PERCENT == 25


def test_words_in_a_row_that_are_shared_leave_a_common_print_wherever_they_stand():
    row = words(WORDS_TOGETHER + WINDOW - 1)

    for before in range(30):
        one, other = f"{words(before, 100)} {row} {words(40, 200)}", f"{words(7, 300)} {row}"
        assert Words(one).prints & Words(other).prints


def test_a_sentence_that_many_have_does_not_make_two_texts_alike_unless_it_is_most_of_them():
    one, other = (Words(f"{FORM_SENTENCE} {words(80, start)}") for start in (100, 1000))
    common = one.prints & other.prints

    assert likeness(one, other) > 0
    assert likeness(one, other, common) == 0
    assert likeness(Words(FORM_SENTENCE), Words(FORM_SENTENCE), Words(FORM_SENTENCE).prints) == 100


@pytest.mark.parametrize("text", ["", "một hai ba", "株式会社", "a\u0300\u0301 ß ﬁ Ⅳ ½ ͏ İ", "\u200b"])
def test_strange_and_short_texts_are_like_nothing(text):
    assert likeness(Words(text), Words(text)) == 0
    assert len(Words(text).spans) == Words(text).length


def test_passages_are_the_whole_text_in_its_own_spelling_with_what_is_shared_marked():
    other = "Đoạn đầu khác hẳn. Tho khong con phai do tung lop; kep lam bang go thai cua xuong moc."
    passages = passages_of(Words(TEXT), Words(other))

    assert "".join(passage.text for passage in passages) == TEXT
    assert [passage.text for passage in passages if passage.is_shared] == [
        "Thợ không còn phải đo từng lớp. Kẹp làm bằng gỗ thải của xưởng mộc"
    ]
