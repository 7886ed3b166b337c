"""The browser's steps with text are the server's: both are driven with the same strings."""

import json

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.abbreviations import words_of
from config.old_fonts import TCVN3, recognised
from config.text import clean, clean_line
from tests.browser.conftest import CAMPAIGN

pytestmark = pytest.mark.browser
TELLING = (
    "eaoựớậđĐÐƉ\u0302\u0301\u0323\u031b\r\n\t \u00a0\u00ad\u200b\u200d\u202e\ufeff\u2028\u3000\x00\x1f\x85"
    "\ufffe\U0001fffe👩\u200d👧🏽 \u0600\U000e0041=+-1.000ßİﬁ①"
)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=40)
MIXED = st.text(st.sampled_from(TELLING), max_size=40)
OLD = st.text(st.sampled_from([*TCVN3, *"aeouyôöùøûõïñ hgnTc.,1×"]), max_size=60)
WORDS = st.lists(
    st.sampled_from(
        ["T«i", "c¶i", "tiÕn", "m¸y", "hµn", "Saùng", "kieán", "laép", "ñaët", "toàn", "hoàn", "naïve", "30×80", "Việt"]
    ),
    max_size=12,
)
VIETNAMESE = st.text(st.sampled_from("aăâeêioôơuưyđĐẾựỵ bcdghklmnpqrstvx.-/0197"), max_size=40)
TEXTS = st.lists(VIETNAMESE | ANY | MIXED | OLD | WORDS.map(" ".join), min_size=150, max_size=150)
DRIVE = """async ([text, fonts, texts]) => {
  const {clean, cleanLine, countCharacters, wordsOf} = await import(text);
  const {recognised} = await import(fonts);
  const isLatin = (one) => /^[\\u0000-\\u02ff\\u1e00-\\u1eff]*$/.test(one) && !one.includes("ß");
  return texts.map((one) => {
    const found = recognised(one);
    const words = isLatin(one) ? wordsOf(one) : [];
    return [clean(one), cleanLine(one), countCharacters(clean(one)), words, found ? [found.code, found.text] : null];
  });
}"""


def address_of(module):
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    return f"/static/{names[module]}"


@pytest.fixture
def modules(start_server, new_page):
    page = new_page({"width": 360, "height": 740})
    page.goto(start_server().address + CAMPAIGN)
    addresses = [address_of("js/text.js"), address_of("js/old-fonts.js")]
    return lambda texts: page.evaluate(DRIVE, [*addresses, texts])


def searched(text):
    """The words of a query, of Latin letters only: German and Turkish ones fold differently in browsers."""
    is_latin = all(ord(letter) < 0x300 or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)
    return words_of(text) if is_latin and "ß" not in text else []


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(texts=TEXTS)
def agree(modules, texts):
    expected = [
        [clean(text), clean_line(text), len(clean(text)), searched(text), list(recognised(text) or []) or None]
        for text in texts
    ]

    differing = [pair for pair in zip(texts, expected, modules(texts), strict=True) if pair[1] != pair[2]]
    assert differing == []


def test_browser_and_server_clean_count_fold_and_recognise_alike(modules):
    agree(modules)
