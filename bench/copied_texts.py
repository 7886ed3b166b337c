"""Texts that are copied by rules from the demonstration's, one way of copying each, and pairs that are no copies."""

import random
import re
import unicodedata

from awards.demo.texts import read_texts
from config.text import without_marks

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
FORM_SENTENCE = (
    "Trước khi áp dụng sáng kiến, công việc này mất nhiều thời gian và công sức của người lao động, "
    "chi phí cao mà hiệu quả chưa tương xứng, nên tập thể đã cùng nhau tìm cách cải tiến."
)
# An older way of placing the tone mark in "oa", "oe", "uy": hoà, khoẻ, thuý for hòa, khỏe, thúy.
TONES = "\u0300\u0301\u0303\u0309\u0323"
OLDER = re.compile(f"([oO])([{TONES}])([aAeE])|([uU])([{TONES}])([yY])")


def bodies():
    """Return (trade, text) of all that the demonstration has."""
    return [(text.trade, f"{text.description}\n{text.effect}") for text in read_texts()]


def exact(text, others, chance):
    return text


def words_changed(share):
    """Return a way of copying that changes so many words in a hundred to words of other texts."""

    def copy(text, others, chance):
        words, strange = text.split(" "), chance.choice(others).split()
        return " ".join(chance.choice(strange) if chance.random() * 100 < share else word for word in words)

    return copy


def reordered(text, others, chance):
    sentences = SENTENCE.split(text)
    chance.shuffle(sentences)
    return " ".join(sentences)


def other_tone_style(text, others, chance):
    parts = unicodedata.normalize("NFD", text)
    moved = OLDER.sub(lambda m: "".join(part or "" for part in (m[1], m[3], m[2], m[4], m[6], m[5])), parts)
    return unicodedata.normalize("NFC", moved)


def decomposed(text, others, chance):
    return unicodedata.normalize("NFD", text)


def without_tones(text, others, chance):
    return without_marks(text)


def reworked(text, others, chance):
    """Another title is not seen at all, since titles are not compared; here the first sentence goes too."""
    sentences = SENTENCE.split(text)
    return " ".join(sentences[1:]) if len(sentences) > 2 else text


def inside_a_longer(text, others, chance):
    first, second = chance.sample(others, 2)
    return f"{first} {text} {second}"


COPIES = {
    "exact": exact,
    "words changed, 10 %": words_changed(10),
    "words changed, 20 %": words_changed(20),
    "words changed, 30 %": words_changed(30),
    "sentences reordered": reordered,
    "other style of tone marks": other_tone_style,
    "decomposed Unicode": decomposed,
    "typed without tone marks": without_tones,
    "title changed, text kept": exact,
    "first sentence dropped": reworked,
    "short inside a long one": inside_a_longer,
}


def copies(way, seed=75):
    """Yield (text, its copy) for every text of the demonstration."""
    chance, texts = random.Random(seed), [text for _, text in bodies()]
    for text in texts:
        others = [other for other in texts if other is not text]
        yield text, COPIES[way](text, others, chance)


def same_trade():
    """Yield all pairs of different initiatives of one trade."""
    found = bodies()
    for place, (trade, text) in enumerate(found):
        for other_trade, other in found[place + 1 :]:
            if trade == other_trade:
                yield text, other


def same_form():
    """Yield pairs of different initiatives of one trade that both begin with the same sentence of 37 words."""
    for text, other in same_trade():
        yield f"{FORM_SENTENCE} {text}", f"{FORM_SENTENCE} {other}"
