"""The people behind an initiative: the main author, who is the contact, and those who share in it.

They are typed and stored as text, one person a line, with or without a share: "Trần Thị Bình – 30%". The main author
has what remains of 100 %.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from config.text import clean_line

SHARE = r"(?P<percent>\d+(?:[.,]\d+)?)\s*%"
LINE = re.compile(
    rf"(?P<name>.*?)(?:(?:\s*[-–—:,=]\s*|\s+\()(?P<bare>\d{{1,3}})|[-–—:;,(=/\s]+{SHARE})\s*\)?[.;,]?|"
    rf"{SHARE.replace('percent', 'before')}\s*[-–—:,]?\s*(?P<after>.*)"
)
# Several people on one line: each but the last ends with a share.
NEXT = re.compile(r"(?<=%)\s*\)?\s*(?:[,;]|và\b|&)\s*(?=\S)")
NUMBERING = re.compile(r"^(?:\d{1,2}[.)]\s*|[-+*•]\s+)(?=[^\W\d_])")
# A group has a number in its name, a person has not.
GROUP = re.compile(r"\b(tổ|đội|nhóm|ca|phòng|ban|khoa|xưởng|phân xưởng|chuyền|lớp|trạm|số)\b", re.IGNORECASE)
LOOSE_NUMBER = re.compile(r"[^\W\d_]+\s.*[^\W\d_]\s+\d{1,2}|[^\W\d_]+\s+\d{1,2}")
WHOLE = 100


@dataclass(frozen=True)
class Person:
    """A name, and a share in whole per cent or None where nobody told it."""

    name: str
    share: int | None = None

    def __str__(self):
        return self.name if self.share is None else f"{self.name} – {self.share}%"


def people_in(text):
    """Return the Persons of the lines of a text. Raises ValidationError `share_not_whole` or `share_unclear`."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [person_in(part) for line in lines for part in NEXT.split(line)]


def person_in(line):
    tidy = NUMBERING.sub("", clean_line(line))
    match = LINE.fullmatch(tidy)
    name = match and (match["name"] or match["after"])
    share = match and (match["bare"] or match["percent"] or match["before"])
    if name and match["bare"] and GROUP.search(name):  # "Tổ hàn - 3" is a name
        name = None
    if re.search(r"\d\s*%", name or tidy) and not (name and share and not re.search(r"\d\s*%", name)):
        raise unclear(line)
    if not name:
        if LOOSE_NUMBER.fullmatch(tidy) and not GROUP.search(tidy):
            raise unclear(line)
        return Person(line if tidy == clean_line(line) else tidy)
    if not share.isdecimal() or not 1 <= int(share) < WHOLE:
        raise ValidationError(
            f"Phần đóng góp ở dòng “{line}” phải là số nguyên từ 1% đến {WHOLE - 1}%.", code="share_not_whole"
        )
    return Person(name, int(share))


def unclear(line):
    return ValidationError(
        f"Không rõ phần đóng góp ở dòng “{line}”. Hãy ghi mỗi người một dòng, ví dụ: Trần Thị Bình 30%.",
        code="share_unclear",
    )


def co_authors_of(text, main_author):
    """Return the Persons besides the main author, whose own line may stand among them, written alike.

    Raises ValidationError: those of `people_in`, `share_missing` when only some have one, `shares_not_100` when all
    together, the main author with what remains, are not exactly 100 %.
    """
    people = people_in(text)
    own = next((person for person in people if same(person.name, main_author)), None)
    others = [person for person in people if person is not own]
    without = [person.name for person in people if person.share is None]
    total = sum(person.share or 0 for person in people)
    if without and total:
        raise ValidationError(
            f"“{without[0]}” chưa có phần đóng góp. Hãy ghi phần đóng góp cho tất cả, hoặc không ghi cho ai.",
            code="share_missing",
        )
    if (total >= WHOLE and not own) or (own and total not in {0, WHOLE}):
        told = "Phần đóng góp của cả nhóm" if own else "Chưa kể bạn, phần đóng góp của các đồng tác giả"
        raise ValidationError(
            f"{told} cộng lại là {total}%. Cả nhóm, kể cả bạn, phải vừa đúng {WHOLE}%; phần còn lại là của bạn.",
            code="shares_not_100",
        )
    return others


def same(name, other):
    """Whether two names are one; tone marks tell people apart."""
    return clean_line(name).casefold() == clean_line(other).casefold()


def normal(text, main_author):
    """Return the text of the co-authors as it is stored; raises as `co_authors_of` does."""
    return "\n".join(map(str, co_authors_of(text, main_author)))


def authors_of(initiative):
    """Return all Persons of an initiative, the main author first with what remains of 100 %."""
    others = people_in(initiative.co_authors)
    told = [person.share for person in others if person.share]
    return [Person(initiative.full_name, WHOLE - sum(told) if told else None), *others]
