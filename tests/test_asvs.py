"""What docs/asvs.md names is there: files, tests, and every chapter's requirements once."""

import re
from collections import Counter

import pytest

from config.settings import BASE_DIR

pytestmark = pytest.mark.once

TEXT = (BASE_DIR / "docs/asvs.md").read_text()
# Requirements of levels 1 and 2 in each chapter of ASVS 5.0.0; 9, 10 and 17 are told in a paragraph.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16}
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if re.match(r"\| \d", line)]


def test_every_row_says_how_it_stands():
    assert {row[2] for row in ROWS} == {"met", "part", "no", "n/a"}
    assert {len(row) for row in ROWS} == {5}


def test_no_requirement_stands_twice():
    named = [number for row in ROWS for number in row[0].split(", ")]

    assert len(named) == len(set(named))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in named)
    assert Counter(int(number.split(".")[0]) for number in named) == CHAPTERS


def test_every_test_that_is_named_is_there():
    missing = []
    for file, name in re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", TEXT):
        path = BASE_DIR / "tests" / file
        if not path.exists() or (name and f"def {name}(" not in path.read_text()):
            missing.append((file, name))

    assert missing == []


def test_every_file_that_is_named_is_there():
    named = re.findall(r"`((?:\w+/)+[\w.-]+\.\w+)`", TEXT)

    assert len(named) > 30
    assert [path for path in named if not (BASE_DIR / path).exists()] == []
