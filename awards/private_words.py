"""Notice in words that are about to be public what never may be (R19): a phone number, an e-mail address, a birth day.

People type them into free text, beside a name above all. Only whoever reads them can tell, so it is shown, not refused.
"""

import re

from config.text import fold

PRIVATE = re.compile(
    r"(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){9}(?!\d)"
    r"|\S@\S+\.\S"
    r"|(?<!ve )\b(?:sinh|sn|ns)\W*(?:nam\W*)?(?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d\b"
)


def looks_private(*texts):
    """Tell whether something in these texts looks like a phone number, an e-mail address, or a day or year of birth."""
    return any(PRIVATE.search(fold(text)) for text in texts)
