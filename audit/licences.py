"""`python -m audit.licences`: write docs/licences.md, under which licence each part of the site came to us.

What is installed says so itself; what was copied into the repository is named here. A test compares.
"""

import json
import re
from collections import Counter
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
# What stands in the repository itself: (part, where, licence).
COPIED = [
    ("Bootstrap 5.3 (parts)", "static/vendor/bootstrap", "MIT"),
    ("@svg-maps/vietnam by Stephen Truong", "fixtures/reference/vietnam_map.json", "CC BY 4.0"),
    ("axe-core 4 (for tests only)", "tests/browser/vendor/axe", "MPL-2.0"),
]
BESIDE = "not in its metadata"
HEAD = """# Licences

Written by `python -m audit.licences`, never by hand; a test says when it is out of date. The site itself is
[MIT](../LICENSE). Licences of libraries read as their own metadata say them.
"""


def names_in(file):
    """Return the names of the packages that a pinned file of requirements lists."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / file).read_text(), re.MULTILINE)


def licence_of(name):
    """Return the licence of an installed package in a few words."""
    told = metadata(name)
    classes = [line.split(" :: ")[-1] for line in told.get_all("Classifier") or [] if line.startswith("License")]
    lines = (told.get("License") or "").strip().splitlines()
    return told.get("License-Expression") or (lines[0] if lines else "") or ", ".join(classes) or BESIDE


def table(names):
    rows = [f"| {name} | {metadata(name)['Version']} | {licence_of(name)} |" for name in sorted(names)]
    return "\n".join(["| package | version | licence |", "|---|---|---|", *rows])


def counted(folder):
    """Return how many packages of a lock file of npm have which licence."""
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    numbers = Counter(package.get("license", BESIDE) for name, package in packages.items() if name)
    return ", ".join(f"{licence} {number}" for licence, number in sorted(numbers.items()))


def page():
    """Return the text of docs/licences.md."""
    run, develop = names_in("requirements.txt"), names_in("requirements-dev.txt")
    copied = "\n".join(f"| {part} | `{where}` | {licence} |" for part, where, licence in COPIED)
    return f"""{HEAD}
## In the repository

| part | where | licence |
|---|---|---|
{copied}

## What the site runs on

{table(run)}

## What its developers need besides

{table(set(develop) - set(run))}

## Tools from npm, of which nothing is shipped

| for | packages by licence |
|---|---|
| `make styles` | {counted("styles")} |
| `make audit` | {counted("audit")} |
"""


if __name__ == "__main__":
    PAGE.write_text(page())
