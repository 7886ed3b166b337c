"""What holds for the whole tree: imports go one way, files stay short, and nothing names this machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
APPS = ["config", "record", "outbox", "accounts", "initiatives", "dossiers", "awards"]
OURS = [*APPS, "documents", "templates", "static", "tests", "bench", "docs", "bin", "deploy", ".ci"]
FLAT = ["styles", "audit"]  # below them lies what npm installs
SHORT = {".py", ".html", ".js", ".mjs", ".css", ".scss", ".md", ".typ"}
TEXT = SHORT | {".toml", ".txt", ".in", ".csv", ".jsonl", ".svg", ".sh", ".yml", ""}
MOST_LINES = 300
HOME = re.compile(r"(?<![\w.:])/(?:home|root|work|Users)/\w")


def files(kinds):
    """Every file of the tree of these kinds, what is made or bought aside."""
    found = [path for folder in [*OURS, "fixtures"] for path in (ROOT / folder).rglob("*")]
    found += [path for folder in [ROOT, *(ROOT / folder for folder in FLAT)] for path in folder.glob("*")]
    return sorted(
        path
        for path in found
        if path.is_file() and path.suffix in kinds and not {"vendor", "__pycache__", ".git"} & set(path.parts)
    )


def test_imports_go_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


def test_every_app_stands_in_the_contract_of_imports():
    contract = (ROOT / "pyproject.toml").read_text()

    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == set(APPS)
    assert all(f'"{app}"' in contract for app in APPS)


def test_no_file_is_longer_than_one_topic_needs():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files(SHORT)
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }

    assert long == {}


def test_nothing_names_a_path_of_this_machine():
    naming = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in files(TEXT)
        for line in path.read_text(errors="replace").splitlines()
        if HOME.search(line) or f"{ROOT}/" in line
    ]

    assert naming == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("_*.html")), ids=lambda path: path.name)
def test_an_included_template_says_in_its_first_line_what_it_expects(path):
    assert re.match(r"\{# expects: .+ #\}", path.read_text().splitlines()[0])


def test_pages_and_their_parts_are_named_apart():
    templates = ROOT / "templates"
    including = [path.read_text() for path in [*templates.rglob("*.html"), *files({".py"})]]
    included = {n for text in including for n in re.findall(r"(?:{% include |inclusion_tag\()\"([^\"]+)\"", text)}

    assert {name for name in included if not Path(name).name.startswith("_")} == set()
    assert {str(path.relative_to(templates)) for path in templates.rglob("_*.html")} - included == set()


def test_there_is_no_drawer_for_odds_and_ends():
    names = {path.stem for path in files({".py"})} | {path.parent.name for path in files({".py"})}

    assert not names & {"utils", "util", "helpers", "common", "misc", "signals"}


def test_no_page_carries_style_or_script_of_its_own():
    inline = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", re.IGNORECASE)

    assert [path.name for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())] == []
