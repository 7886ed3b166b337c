"""The demonstration's 600 texts: one initiative a line of `fixtures/demo/*.jsonl`, without author or date."""

import json
import uuid
from dataclasses import dataclass

from config.settings import BASE_DIR
from config.text import clean, clean_line

FOLDER = BASE_DIR / "fixtures" / "demo"
# One more that is no text of its own: most of it is copied from one of the others.
COPIED = "copied"
FILES = ["thai_nguyen", "factories", "schools_hospitals", "offices_farms"]
# Fixed for ever: with it, the same line is the same submission at every load (R7).
NAMESPACE = uuid.UUID("6f3c1d52-71aa-4f0e-9d75-20210420b071")


@dataclass(frozen=True)
class Text:
    """What one worker wrote, and where from: `unit_code` in Thái Nguyên, `sector_code` in a sector, else anywhere."""

    file: str
    submission_id: uuid.UUID
    trade: str
    block: str
    field: str
    job_title: str
    workplace: str
    title: str
    description: str
    effect: str
    benefit: int | None
    is_secret: bool
    unit_code: str = ""
    sector_code: str = ""

    @property
    def words(self):
        """All that it says, for hints of where and when it was written."""
        return f"{self.workplace} {self.title} {self.description} {self.effect}"


def read_texts():
    return [text for file in FILES for text in texts_of(file)]


def copied_text():
    """Return the one Text that is copied from another of Thái Nguyên, for the pages that show what is alike."""
    return texts_of(COPIED)[0]


def texts_of(file):
    lines = (FOLDER / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    return [text_of(file, number, json.loads(line)) for number, line in enumerate(lines, start=1)]


def text_of(file, number, values):
    """Return the Text of a line, cleaned as the form cleans what people type."""
    for name in ("job_title", "workplace", "title"):
        values[name] = clean_line(values[name])
    for name in ("description", "effect"):
        values[name] = clean(values[name])
    return Text(file=file, submission_id=uuid.uuid5(NAMESPACE, f"{file}:{number}"), **values)
