"""Every pattern of the site against long hostile text: `python -m tests.patterns` ends soon, or not at all."""

import importlib
import pkgutil
import re
from itertools import chain

import django

from initiatives.limits import AMOUNT_LIMIT, CO_AUTHORS_LIMIT

APPS = ["config", "record", "outbox", "accounts", "initiatives", "dossiers", "awards", "backups"]
LETTERS = 30_000
# Modules whose patterns see no more than a field takes.
BOUNDED = {
    "initiatives.co_authors": CO_AUTHORS_LIMIT,
    "initiatives.fields": AMOUNT_LIMIT,
    "initiatives.phones": 50,
}
# What makes a careless pattern try again from everywhere, followed by an end that does not fit.
PIECES = [
    "a",
    "ă",
    "1",
    " ",
    "\n",
    "-",
    ".",
    "_",
    "@",
    "ab ",
    "a.",
    "1.",
    "1,",
    "a-",
    "({[",
    '"',
    "=",
    "<a ",
    "%",
    "\u0301",
]


def modules():
    for app in APPS:
        package = importlib.import_module(app)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def patterns():
    """Return the compiled patterns that modules and their tables and classes name, without doubles."""
    found = {}
    for module in modules():
        for pattern in chain.from_iterable(map(held_in, vars(module).values())):
            found.setdefault((pattern.pattern, pattern.flags), (module.__name__, pattern))
    return list(found.values())


def held_in(value):
    """Yield the patterns in a value, a table of values, or a table of such."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | dict):
        yield from chain.from_iterable(map(held_in, value.values() if isinstance(value, dict) else value))


def texts(letters):
    for piece in PIECES:
        long = piece * (letters // len(piece))
        yield from (long, f"{long}!", f"<{long}>")


def main():
    django.setup()
    found = patterns()
    for name, pattern in found:
        print(name, ascii(pattern.pattern)[:60], flush=True)
        for text in texts(BOUNDED.get(name, LETTERS)):
            given = text.encode() if isinstance(pattern.pattern, bytes) else text
            pattern.search(given)
            pattern.fullmatch(given)
    print(f"{len(found)} patterns")


if __name__ == "__main__":
    main()
