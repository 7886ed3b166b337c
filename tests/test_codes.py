"""An initiative's code: read as people write it, wrong characters noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives import codes

pytestmark = pytest.mark.once

BODY = st.text(codes.ALPHABET, min_size=11, max_size=11)


def test_a_new_code_has_twelve_characters_and_reads_as_itself():
    code = codes.new_code()

    assert len(code) == 12
    assert codes.read(code) == code
    assert codes.read(codes.shown(code)) == code


def test_a_code_is_shown_in_three_groups():
    assert codes.shown("ABCDEFGH2345") == "ABCD-EFGH-2345"


def test_codes_and_secrets_do_not_repeat():
    assert len({codes.new_code() for _ in range(1000)}) == 1000
    assert len({codes.new_secret() for _ in range(1000)}) == 1000


def test_a_secret_has_128_bits_or_more_and_is_safe_in_an_address():
    secret = codes.new_secret()

    assert len(secret) * 6 >= 128
    assert secret.replace("-", "").replace("_", "").isalnum()


@given(BODY, st.data())
def test_any_one_wrong_character_shows(body, data):
    code = codes.with_check(body)
    at = data.draw(st.integers(0, 11))
    wrong = data.draw(st.sampled_from([c for c in codes.ALPHABET if c != code[at]]))

    assert codes.read(code[:at] + wrong + code[at + 1 :]) is None


@given(BODY, st.data())
def test_any_two_exchanged_characters_show(body, data):
    code = codes.with_check(body)
    first, second = sorted(data.draw(st.lists(st.integers(0, 11), min_size=2, max_size=2, unique=True)))
    exchanged = list(code)
    exchanged[first], exchanged[second] = exchanged[second], exchanged[first]

    assert (codes.read("".join(exchanged)) is None) == (code[first] != code[second])


@given(BODY)
def test_a_code_is_read_as_people_write_it(body):
    code = codes.with_check(body)
    written = codes.shown(code).lower().replace("1", "l").replace("0", "o").replace("-", " - ")

    assert codes.read(f"  {written} ") == code


@pytest.mark.parametrize(
    "text", ["", "ABCD", "ABCD-EFGH-234", "ABCD-EFGH-23456", "UUUU-UUUU-UUUU", "sáng kiến mới", "\x00"]
)
def test_what_cannot_be_a_code_is_none(text):
    assert codes.read(text) is None


@given(st.text(max_size=30))
def test_reading_never_fails(text):
    codes.read(text)
