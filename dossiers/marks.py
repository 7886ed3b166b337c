"""The mark that a summary table and its letter carry on paper, so that paper and system can be compared."""

import hashlib

from record.models import canonical

MARKED = ("columns", "entries")
SHOWN = 16
GROUP = 4


def mark_of(content):
    """Return the mark of a table's content (`table_content`, or a filing's): "1A2B 3C4D 5E6F 7081".

    It is of the entries alone: number, date and signer are often written on the paper by hand after it was printed.
    """
    digest = hashlib.sha256(canonical({name: content[name] for name in MARKED})).hexdigest()[:SHOWN].upper()
    return " ".join(digest[at : at + GROUP] for at in range(0, SHOWN, GROUP))
