"""Text as people type it: cleaned one way, counted in characters, searched and sorted the Vietnamese way."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from config.fields import LineField, TextField, TypedLine, TypedText
from config.text import INVISIBLE, clean, clean_line, dotted, fold, name_sort_key, says_something, without_marks

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
NONCHARACTERS = {
    *range(0xFDD0, 0xFDF0),
    *(plane + low for plane in range(0, 0x110000, 0x10000) for low in (65534, 65535)),
}


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY_TEXT)
def test_clean_text_has_no_forbidden_character(text):
    result = clean(text)

    assert not [c for c in result if unicodedata.category(c) == "Cs" or ord(c) in NONCHARACTERS]
    assert not [c for c in result if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not set(result) & set("\u00ad\u200b\u200c\u200d\u200e\u200f\u202e\u2060\ufeff\u00a0\u00d0\u0189")
    assert unicodedata.is_normalized("NFC", result)
    assert result == result.strip(" \t\n")


def test_no_character_that_cleaning_drops_is_printable():
    every = map(chr, range(0x110000))

    assert not [c for c in every if c.isprintable() and INVISIBLE.match(c)]
    assert not "\n".isprintable()
    assert not INVISIBLE.match("\n")


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_written_as_utf8(text):
    assert clean(text).encode().decode() == clean(text)


@given(ANY_TEXT)
def test_a_clean_line_is_one_line_with_single_spaces(text):
    line = clean_line(text)

    assert not set(line) & set("\n\t\u2028\u2029")
    assert "  " not in line


@given(ANY_TEXT)
def test_folding_does_not_depend_on_case_or_on_how_marks_are_typed(text):
    assert fold(text) == fold(unicodedata.normalize("NFD", clean(text)))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("một\r\nhai\rba\nbốn", "một\nhai\nba\nbốn"),
        ("  \t\n giữa \u2003\n", "giữa"),
        ("a\u00a0b", "a b"),
        ("Ðông \u0189ông Đông", "Đông Đông Đông"),
        ("e\u0323\u0302", "ệ"),
        ("e\u0302\u0323", "ệ"),
        ("so\u00adft\u200bware\ufeff", "software"),
        ("\ud800a\x00b\x07c\ufffed\ufdd0e\U0001ffff", "abcde"),
        ("\u202etrái phải\u202c", "trái phải"),
        ("a\tb\nc", "a\tb\nc"),
        ("👍🏽", "👍🏽"),
        ("", ""),
    ],
)
def test_text_is_cleaned_as_the_design_says(typed, stored):
    assert clean(typed) == stored


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sáng kiến", "sang kien"),
        ("SÁNG  KIẾN", "sang kien"),
        (unicodedata.normalize("NFD", "Sáng kiến"), "sang kien"),
        ("Đổi mới", "doi moi"),
        ("Ðổi mới", "doi moi"),
        ("đường Ưu Ơn ăâêô", "duong uu on aaeo"),
    ],
)
def test_searching_ignores_case_tone_marks_and_the_bar_of_d(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "says"), [("a", True), ("9", True), ("ế", True), ("…!? -", False), ("👍", False)])
def test_text_without_letter_or_digit_says_nothing(text, says):
    assert says_something(text) is says


def test_names_sort_by_given_name_then_by_the_words_before_it():
    names = ["Trần Văn An", "Lê Thị Bình", "Nguyễn Ân", "Đỗ An", "Bùi An", "Dương An"]

    assert sorted(names, key=name_sort_key) == [
        "Bùi An", "Dương An", "Đỗ An", "Trần Văn An", "Nguyễn Ân", "Lê Thị Bình",
    ]  # fmt: skip


def test_letters_sort_the_vietnamese_way():
    letters = ["ư", "u", "đ", "d", "â", "ă", "a", "ơ", "ô", "o", "ê", "e", "i"]

    assert sorted(letters, key=name_sort_key) == ["a", "ă", "â", "d", "đ", "e", "ê", "i", "o", "ô", "ơ", "u", "ư"]


def test_tone_marks_decide_only_between_equal_letters():
    words = ["mạ", "mã", "mả", "má", "mà", "ma", "man"]

    assert sorted(words, key=name_sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "man"]


@example(["q\u0323", "0\u0591", ""])
@given(st.lists(ANY_TEXT, max_size=6))
def test_any_names_can_be_sorted(names):
    sorted(names, key=name_sort_key)


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (1050, "1.050"), (75000000, "75.000.000")])
def test_numbers_are_shown_the_vietnamese_way(number, shown):
    assert dotted(number) == shown


ONE_CHARACTER = {
    "NFC": "ệ",
    "NFD": "e\u0323\u0302",
    "NFD with marks in another order": "e\u0302\u0323",
    "emoji": "👍",
    "line break of a browser": "a\r\n",
}


@pytest.mark.parametrize("kind", ONE_CHARACTER)
@pytest.mark.parametrize("length", [999, 1000])
def test_text_of_up_to_the_limit_is_taken_however_it_is_encoded(kind, length):
    unit = ONE_CHARACTER[kind]
    size = len(clean(unit + "a")) - 1
    typed = unit * ((length - 1) // size) + "a" * (length - (length - 1) // size * size)

    assert len(TypedText(limit=1000).clean(typed)) == length


@pytest.mark.parametrize("kind", ONE_CHARACTER)
def test_text_of_one_character_more_is_refused_however_it_is_encoded(kind):
    unit = ONE_CHARACTER[kind]
    size = len(clean(unit + "a")) - 1
    typed = unit * (1000 // size) + "a"

    with pytest.raises(ValidationError) as refusal:
        TypedText(limit=1000).clean(typed)

    assert [error.code for error in refusal.value.error_list] == ["too_long"]
    assert "1.001/1.000" in refusal.value.messages[0]


def test_zero_width_joiners_do_not_count_and_a_family_counts_its_members():
    assert TypedText(limit=4).clean("👨\u200d👩\u200d👧a") == "👨👩👧a"

    with pytest.raises(ValidationError):
        TypedText(limit=3).clean("👨\u200d👩\u200d👧a")


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "...", "\r\n", "\x00", "👍"])
def test_text_that_says_nothing_is_empty(typed):
    with pytest.raises(ValidationError) as refusal:
        TypedText().clean(typed)

    assert [error.code for error in refusal.value.error_list] == ["required"]
    assert TypedText(required=False).clean(typed) == ""


def test_a_line_takes_no_line_breaks_and_a_text_keeps_them():
    assert TypedLine().clean(" một \r\n hai ") == "một hai"
    assert TypedText().clean(" một \r\n hai ") == "một \n hai"


def test_model_fields_clean_text_as_form_fields_do():
    assert LineField(max_length=9).to_python("a\u200b \r\n b") == "a b"
    assert TextField().to_python("a\u200b\r\nb") == "a\nb"
    assert isinstance(LineField(max_length=9).formfield(), TypedLine)
    assert LineField(max_length=9).formfield().limit == 9


def test_a_field_tells_the_counter_its_limit_and_never_lets_the_browser_cut():
    attributes = TypedText(limit=1000).widget.attrs

    assert attributes["data-limit"] == "1000"
    assert "maxlength" not in attributes
    assert "maxlength" not in LineField(max_length=9).formfield().widget.attrs


@given(st.text(st.characters() | st.sampled_from("aăĐđệ\u0301\u034f\u0e34\u064b")))
def test_marks_are_taken_off_whatever_the_letters(text):
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))

    assert without_marks(text) == "".join(letter for letter in letters if not unicodedata.combining(letter))
