"""What is wrong with an answer to something hostile: it failed, it is active, it lost or changed what was typed."""

import json
import re
from contextlib import contextmanager
from urllib.parse import urljoin

from django.db import connection

from config.text import clean, clean_line, fold
from tests.naughty import text_of
from tests.probing import is_page, page_in, read

# Texts that take these off their place in a page become markup.
ACTIVE = re.compile(r"[<>\"']")
SHORTEST_ACTIVE = 5
HANDLERS = (
    "//@*[starts-with(name(), 'on')] | //iframe | //object | //embed | //base"
    " | //script[not(starts-with(@src, '/') and not(starts-with(@src, '//')))][not(@type='application/json')]"
    " | //@href[starts-with(translate(normalize-space(.), 'JAVSCRIPT', 'javscript'), 'javascript:')]"
)
HEAD, TAIL = "Đầu ", " đuôi"


def failures(answer):
    """Return what failed inside the site, in a few words."""
    if answer.status_code < 500:
        return []
    return [f"{answer.status_code} {type(answer.failure).__name__}: {answer.failure}"[:200]]


def active(answer, payloads):
    """Return what of these texts stands in a page as markup, and what in it could run."""
    if not is_page(answer):
        return []
    page = answer.body.decode("utf-8", "replace")
    sent = [text_of(payload) for payload in payloads]
    sent = {text for text in sent if len(text) >= SHORTEST_ACTIVE and ACTIVE.search(text)}
    found = [f"as markup: {text[:60]!r}" for text in sent if text in page or clean_line(text) in page]
    return found + [f"active: {str(node)[:60]!r}" for node in page_in(answer).xpath(HANDLERS)]


def lost(answer, form, sent):
    """Return which words a form that was sent does not show again as they were typed, if it is shown again."""
    if not is_page(answer) or answer.status_code not in (200, 400, 422):
        return []
    for shown in page_in(answer).forms:
        again = read(shown, form.page, urljoin(form.action, shown.get("action") or form.action))
        if again.key == form.key:
            return [f"lost: {name}" for name in form.words if not is_same(again.values[name], sent[name])]
    return []


def is_same(shown, typed):
    """No page can show NUL, and no browser can type it; all else stands there as it was typed."""
    return "\x00" in text_of(typed) or clean_line(shown) == clean_line(text_of(typed))


@contextmanager
def writing():
    """Collect the texts that are written to the database meanwhile."""
    texts = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
            for value in params or ():
                value = getattr(value, "obj", value)  # PostgreSQL's JSON
                texts.extend([value] if isinstance(value, str) else [])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield texts


def halved(texts, typed):
    """Return what was written of a text other than the whole of it, cleaned, as JSON, or folded for searching."""
    ways = {clean(typed), clean_line(typed)}
    whole = ways | {json.dumps(way, ensure_ascii=plain)[1:-1] for way in ways for plain in (False, True)}
    whole |= {fold(typed)}
    begun = [text for text in texts if HEAD.strip() in text or fold(HEAD.strip()) in text]
    return [f"half: {text[:80]!r}" for text in begun if not any(way in text for way in whole)]
