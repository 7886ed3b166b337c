"""What the site is made of is pinned by hash, and under known licences."""

import json
import re

import pytest

from audit import licences
from audit.licences import COPIED, PAGE, ROOT

pytestmark = pytest.mark.once

PINNED = re.compile(r"[A-Za-z0-9._-]+==\S+( ;.*)?( \\\n    --hash=sha256:[0-9a-f]{64})+(\n    #.*)*")


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_library_is_pinned_to_a_version_and_its_hashes(file):
    text = (ROOT / file).read_text()
    rest = PINNED.sub("", text)

    assert len(licences.names_in(file)) > 20
    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []


def test_nothing_is_installed_without_its_hash():
    installs = re.findall(r"pip install .*", (ROOT / "Makefile").read_text())

    assert len(installs) == 3
    assert all("--require-hashes" in command for command in installs)


@pytest.mark.parametrize("folder", ["styles", "audit"])
def test_tools_from_npm_are_locked_and_installed_as_locked(folder):
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]

    assert [name for name, package in packages.items() if name and not package.get("integrity")] == []
    assert f"npm --prefix {folder} ci" in (ROOT / "Makefile").read_text()


def test_the_list_of_licences_is_up_to_date():
    assert PAGE.read_text() == licences.page(), "run python -m audit.licences"


def test_everything_copied_into_the_repository_is_on_the_list():
    copied = {where for _, where, _ in COPIED}
    folders = [*(ROOT / "static/vendor").iterdir(), *(ROOT / "tests/browser/vendor").iterdir()]

    assert {str(folder.relative_to(ROOT)) for folder in folders} <= copied
    assert all((ROOT / where).exists() for where in copied)


def test_no_licence_asks_for_the_source_of_the_site():
    assert not re.search(r"\b(A?GPL)", PAGE.read_text())
