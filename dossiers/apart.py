"""What is done with files from outside in processes of their own (`config.child`), as the site asks for it.

The libraries that do it (pikepdf, docxtpl) are loaded there only: every web process is 12 MB smaller.
"""

import base64
import json

from config import child

MOST_SECONDS = 20
MEMORY = 1024 * 1024 * 1024
# Typst reserves far more addresses than it uses memory.
MEMORY_FOR_PDF = 2 * MEMORY


def examine(content):
    """Return what `pdf_check.look_into` finds; a child that fails or is stopped found the PDF "broken"."""
    return child.answer_of("dossiers.pdf_check", content, seconds=MOST_SECONDS) or {"broken": True}


def examine_picture(content):
    """Return what `pictures.look_at` finds."""
    return picture_of(content, MEMORY)


def first_page(content):
    """Return the JPEG of a checked PDF's first page; None where it cannot be drawn."""
    return thumbnail_in(picture_of(content, MEMORY_FOR_PDF))


def picture_of(content, memory):
    """Return what `pictures.look_at` finds with so much memory; a child that fails found the file "broken"."""
    found = child.answer_of("dossiers.pictures", content, seconds=MOST_SECONDS, arguments=[memory])
    return found or {"broken": True}


def thumbnail_in(found):
    return base64.b64decode(found["thumbnail"]) if "thumbnail" in found else None


def fill(template, values, *, is_trial=False):
    """Return what `letter_filling.fill` does; a child that fails or is stopped found the template "broken"."""
    task = {"template": base64.b64encode(template).decode(), "values": values, "trial": is_trial}
    answer = child.answer_of("dossiers.letter_filling", json.dumps(task).encode(), seconds=MOST_SECONDS)
    if answer is None:
        return {"problem": "broken", "detail": ""}
    return answer | {"document": base64.b64decode(answer["document"])} if "document" in answer else answer
