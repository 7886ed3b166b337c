"""The people behind an initiative: the main author, who is the contact, and those who share in it.

They are typed and stored as text, one person a line, with or without a share: "Trần Thị Bình – 30%". The main author
has what remains of 100 %.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from config.text import clean_line, fold

LINE = re.compile(
    r"(?P<name>.*?)(?:(?:\s*[-–—:,]\s*|\s+\()(?P<bare>\d{1,3})|[-–—:;,(\s]+(?P<percent>\d+(?:[.,]\d+)?)\s*%)\s*\)?"
)
WHOLE = 100


@dataclass(frozen=True)
class Person:
    """A name, and a share in whole per cent or None where nobody told it."""

    name: str
    share: int | None = None

    def __str__(self):
        return self.name if self.share is None else f"{self.name} – {self.share}%"


def people_in(text):
    """Return the Persons of the lines of a text. Raises ValidationError `share_not_whole`."""
    return [person_in(line.strip()) for line in text.split("\n") if line.strip()]


def person_in(line):
    match = LINE.fullmatch(clean_line(line))
    if not match or not match["name"]:
        return Person(line)
    share = match["bare"] or match["percent"]
    if not share.isdecimal() or not 1 <= int(share) < WHOLE:
        raise ValidationError(
            f"Phần đóng góp ở dòng “{line}” phải là số nguyên từ 1% đến {WHOLE - 1}%.", code="share_not_whole"
        )
    return Person(match["name"], int(share))


def co_authors_of(text, main_author):
    """Return the Persons besides the main author, whose own line may stand among them.

    Raises ValidationError: `share_not_whole`, `share_missing` when only some have one, `shares_not_100` when all
    together, the main author with what remains, are not exactly 100 %.
    """
    people = people_in(text)
    own = [person for person in people if fold(person.name) == fold(main_author)]
    others = [person for person in people if person not in own]
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


def normal(text, main_author):
    """Return the text of the co-authors as it is stored; raises as `co_authors_of` does."""
    return "\n".join(map(str, co_authors_of(text, main_author)))


def authors_of(initiative):
    """Return all Persons of an initiative, the main author first with what remains of 100 %."""
    others = people_in(initiative.co_authors)
    told = [person.share for person in others if person.share]
    return [Person(initiative.full_name, WHOLE - sum(told) if told else None), *others]
