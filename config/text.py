"""Text as people type it, made one way for storing, counting, searching and sorting.

The browser takes the same steps in `static/js/text.js`; a test drives both with the same strings.
"""

import re
import unicodedata

# Controls other than tab and line feed, soft hyphens, zero-width and direction marks, tags, surrogates, noncharacters.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
SPACES = " \t\n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
ANY_SPACES = re.compile(f"[{SPACES}]+")
LOOK_ALIKES = {"\u00d0": "Đ", "\u0189": "Đ", "\u00a0": " "}

USUAL_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")

# The order of Vietnamese letters, and of the tone marks on one letter.
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"


def is_clean(text):
    """Whether `clean` would surely return this very text, as it does of nearly all that is stored."""
    return (
        text.replace(
            "\n", ""
        ).isprintable()  # neither controls, invisible ones, surrogates nor spaces but the common one
        and text == text.strip()
        and "\u00d0" not in text
        and "\u0189" not in text
        and unicodedata.is_normalized("NFC", text)
    )


def clean(text):
    """Return text as it is stored: LF line ends, NFC, no invisible characters, Đ for its look-alikes, ends trimmed."""
    if is_clean(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").isprintable():  # nothing INVISIBLE is; this is ten times faster
        text = INVISIBLE.sub("", text)
    for other, meant in LOOK_ALIKES.items():
        text = text.replace(other, meant)
    return unicodedata.normalize("NFC", text).strip(SPACES)  # a pattern of their runs takes the square of the time


def clean_line(text):
    """Return cleaned text on one line, runs of space made one."""
    return ANY_SPACES.sub(" ", clean(text))


def says_something(text):
    """Tell whether there is a letter or a digit in the text."""
    return any(character.isalnum() for character in text)


def fold(text):
    """Return text for searching: no case, no tone marks, đ as d, single spaces ("Sáng  kiến" → "sang kien")."""
    return without_marks(clean_line(text).casefold())


def without_marks(text):
    """Return text without tone marks and the marks of letters, Đ as D ("Đại Từ" → "Dai Tu")."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    letters = USUAL_MARKS.sub("", letters)
    if letters.isascii():  # as Vietnamese is by now: no need to ask letter by letter
        return letters
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def name_sort_key(full_name):
    """Return a key that sorts names the Vietnamese way: by given name (the last word), then the words before it."""
    words = clean_line(full_name).lower().split(" ")
    return [_word_key(word) for word in [words[-1], *words[:-1]]]


def sort_key(text):
    """Return a key that sorts texts the Vietnamese way, word by word: "Bạc Liêu" before "Bình Định", Đ after D."""
    return [_word_key(word) for word in clean_line(text).lower().split(" ")]


def name_sort_bytes(full_name):
    """Return name_sort_key as bytes that sort alike wherever they are stored: databases compare bytes one by one."""
    return b"".join(_word_bytes(*word) for word in name_sort_key(full_name))


def _word_bytes(letters, tones):
    """A zero, smaller than any letter or tone, ends each part: of words that begin alike the shorter comes first."""
    spelled = b"".join(bytes([n + 1]) if n < len(LETTERS) else b"\xff" + n.to_bytes(3, "big") for n in letters)
    return spelled + b"\0" + bytes(tone + 1 for tone in tones) + b"\0"


def _word_key(word):
    """Return (letters, tones) of a word: the letters decide first, the tone marks only between equal letters."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tones[-1:] = [TONES.index(character) + 1]
        elif unicodedata.combining(character) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + character)
        else:
            letters.append(character)
            tones.append(0)
    return [LETTERS.find(letter) if letter in LETTERS else ord(letter[0]) for letter in letters], tones


def dotted(number):
    """Return a whole number the Vietnamese way: 1050 → "1.050"."""
    return f"{number:,}".replace(",", ".")
