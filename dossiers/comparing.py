"""Two filings of one dossier side by side: what came, went, moved, and which words changed."""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from dossiers.forgetting import CODE_COLUMN, shown_rows

NUMBER_COLUMN, TITLE_COLUMN = "STT", "Tên sáng kiến"
ADDED, REMOVED, MOVED, KEPT = "thêm mới", "bỏ ra", "đổi thứ tự", ""


@dataclass(frozen=True)
class ComparedText:
    """One field that changed: [(piece, whether it differs)] of the older and of the newer text."""

    header: str
    old: list
    new: list


@dataclass(frozen=True)
class ComparedEntry:
    """One initiative in either filing; `fields` has those that changed."""

    title: str
    code: str
    what: str
    old_number: str
    new_number: str
    fields: list = field(default_factory=list)

    @property
    def is_changed(self):
        return bool(self.what or self.fields)


def compare(old, new):
    """Return ([ComparedText of the letter], [ComparedEntry in the order of the newer filing, then those taken out])."""
    return compared_letter(old.content["letter"], new.content["letter"]), compared_entries(
        rows_by_code(old), rows_by_code(new)
    )


def compared_letter(old, new):
    named = {"number": "Số tờ trình", "date": "Ngày tờ trình", "signer": "Người ký", "sha256": "Dấu SHA-256 của bản ký"}
    old, new = ({**letter, "date": f"{date.fromisoformat(letter['date']):%d/%m/%Y}"} for letter in (old, new))
    return [compared(header, old[key], new[key]) for key, header in named.items() if old[key] != new[key]]


def rows_by_code(filing):
    """Return {code: {column: text}} of a filing's table, without the names of who was forgotten since."""
    rows = [dict(zip(filing.content["columns"], row, strict=False)) for row in shown_rows(filing)]
    return {row[CODE_COLUMN]: row for row in rows}


def compared_entries(old, new):
    ordered = [compared_entry(old.get(code), row) for code, row in new.items()]
    return ordered + [compared_entry(row, None) for code, row in old.items() if code not in new]


def compared_entry(old, new):
    row = new or old
    fields, what = [], ADDED if old is None else REMOVED
    if old and new:
        what = MOVED if old[NUMBER_COLUMN] != new[NUMBER_COLUMN] else KEPT
        headers = [header for header in {**new, **old} if header != NUMBER_COLUMN]
        fields = [
            compared(header, old.get(header, ""), new.get(header, ""))
            for header in headers
            if old.get(header, "") != new.get(header, "")
        ]
    numbers = [each[NUMBER_COLUMN] if each else "" for each in (old, new)]
    return ComparedEntry(row[TITLE_COLUMN], row[CODE_COLUMN], what, *numbers, fields)


def compared(header, old, new):
    """Compare two texts word by word."""
    words = [re.findall(r"\S+\s*|\s+", text) for text in (old, new)]
    pieces = [], []
    for what, *bounds in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        for side, (first, last) in enumerate((bounds[:2], bounds[2:])):
            if text := "".join(words[side][first:last]):
                pieces[side].append((text, what != "equal"))
    return ComparedText(header, *pieces)
