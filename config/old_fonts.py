"""Text from documents with old Vietnamese fonts, TCVN3 (.VnTime) and VNI (VNI-Times): noticed, and made Unicode.

Such text reaches the site as Latin letters and signs that only those fonts show as Vietnamese: "S¸ng kiÕn", "Saùng
kieán". `recognised` is deliberately hard to please: the conversion is offered to people, never applied unasked.
The browser has the same tables in `static/js/old-fonts.js`; a test drives both with the same strings.
"""

import re
import unicodedata

TCVN3_FROM = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"  # as Latin-1
TCVN3_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
TCVN3 = dict(zip(TCVN3_FROM, TCVN3_TO, strict=True))

# VNI writes a vowel and, after it, a letter that stands for its marks.
VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip
VNI_ALONE = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "í": "í", "ì": "ì"}
for letters in (VNI_MARKS, VNI_ALONE):
    letters.update({old.upper(): new.upper() for old, new in letters.items()})
# "a" takes all marks, "e" and "o" those of the circumflex, the others tones only.
VNI_PAIR = re.compile(
    r"[aA][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[eEoO][ùøûõïâáàåãäÙØÛÕÏÂÁÀÅÃÄ]|[uUyYôöÔÖ][ùøûõïÙØÛÕÏ]|[ôöæóòîñÔÖÆÓÒÎÑ]"
)

LETTER = "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
# Apart from letters these are signs, and µ before one letter is a unit's micro.
SIGN = rf"(?<!{LETTER})[×÷½¼¾·»](?!{LETTER})|(?<!{LETTER})µ(?=[A-Za-z](?!{LETTER}))"
TCVN3_LETTER = re.compile(rf"{SIGN}|(?P<letter>[{TCVN3_FROM}])")
WORD = re.compile(r"[^ \t\r\n\u00a0.,;:!?()\[\]\"“”/0-9-]+")
# Letters that Unicode Vietnamese has beyond Latin-1; text with them needs no conversion.
VIETNAMESE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
SYLLABLE = re.compile(
    r"(?:ngh?|nh|n|ch|c|gh|gi|g|kh|k|ph|p|qu|q|tr|th|t|b|d|đ|h|l|m|r|s|v|x)?"
    r"(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê"
    r"|iêu|oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|uêu|ươi|ươu|yêu)"
    r"(?:ch|c|ng|nh|m|n|p|t)?"
)
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
LOOKED_AT = 4000
FEWEST_WORDS = 2
GOOD_PART = 0.8


def from_tcvn3(text):
    return TCVN3_LETTER.sub(lambda match: TCVN3[match["letter"]] if match["letter"] else match[0], text)


def from_vni(text):
    return unicodedata.normalize("NFC", VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match):
    pair = match.group()
    letter = VNI_ALONE.get(pair[0], pair[0])
    return letter + VNI_MARKS[pair[1]] if len(pair) > 1 else letter


CONVERTERS = {"TCVN3": from_tcvn3, "VNI": from_vni}


def recognised(text):
    """Return (name of the old font's code, the text in Unicode), or None for text that needs nothing."""
    text = unicodedata.normalize("NFC", text)
    if VIETNAMESE_ONLY.search(text):
        return None
    found = [(made_good(text[:LOOKED_AT], convert), name, convert) for name, convert in CONVERTERS.items()]
    best, name, convert = max(found, key=lambda one: one[0])
    return (name, convert(text)) if best else None


def made_good(text, convert):
    """Return how many words a conversion makes Vietnamese, or 0 where it is not convincing."""
    words = [(word, convert(word)) for word in WORD.findall(text)]
    changed = [(old, new) for old, new in words if new != old]
    left = [new for old, new in words if new == old and not new.isascii()]
    good = sum(is_syllable(new) for _, new in changed)
    # "oà" is the end of "toàn", and "ồ" in VNI: only a word that is none in Unicode betrays an old font.
    betrayed = sum(is_syllable(new) and not is_syllable(old) for old, new in changed)
    if betrayed < FEWEST_WORDS or good < GOOD_PART * (len(changed) + len(left)):
        return 0
    return good


def is_syllable(word):
    """Tell whether a word could be a Vietnamese syllable with at most one tone mark."""
    letters, tones = TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)) is not None
