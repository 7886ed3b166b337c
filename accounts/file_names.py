"""What files that are handed out are called when somebody saves them."""

import re

from config.text import without_marks

NAME_LIMIT = 80


def file_name(what, union, *more, extension):
    """Return an ASCII file name with the union's name without marks: bang-tong-hop-LDLD-huyen-Dai-Tu-2.xlsx."""
    return "-".join([what, plain(union.name) or union.code, *map(str, more)]) + f".{extension}"


def plain(text):
    """Return the letters and digits of a Vietnamese text without marks, hyphens between its words."""
    return "-".join(re.findall("[A-Za-z0-9]+", without_marks(text)))[:NAME_LIMIT].strip("-")
