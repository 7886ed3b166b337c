"""The table of docs/faults.md is true: every test that it names is there, every fault stands in it once."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "faults.md"
LIST = ROOT.parent / "shared" / "FAULTS.md"
ID = re.compile(r"^\| ([A-Z]+\d+) \|", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
OPEN = {"X6"}  # written down, not mended
BY_A_RUN = {"RS1"}  # shown by a run that needs more than a suite has

pytestmark = pytest.mark.once


def rows():
    """Return {id: its last column}."""
    lines = [line for line in TABLE.read_text().splitlines() if ID.match(line)]
    return {ID.match(line)[1]: line.rstrip(" |").split(" | ")[-1] for line in lines}


@cache
def functions_of(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_is_there():
    missing = {
        f"{file}::{name}"
        for file, name in NAMED.findall(TABLE.read_text())
        if not (ROOT / file).is_file() or name not in functions_of(ROOT / file)
    }
    assert missing == set()


def test_every_fault_stands_in_the_table_once_and_has_a_test():
    assert [fault for fault, times in Counter(ID.findall(TABLE.read_text())).items() if times > 1] == []
    assert {fault for fault, tests in rows().items() if not NAMED.search(tests)} == BY_A_RUN | OPEN


def test_every_file_that_is_named_is_there():
    named = re.findall(r"`((?:bench|docs|config)/[\w./-]+)`", TABLE.read_text())
    assert [file for file in named if not (ROOT / file).exists()] == []


def test_no_fault_of_the_list_is_left_out():
    if not LIST.is_file():
        pytest.skip("the list of faults is not beside this repository")
    assert set(ID.findall(LIST.read_text())) - set(rows()) == set()
