"""Public pages kept ready: rendered once for all visitors of this process, what is one visitor's own put in afterwards.

A page is remembered by its template, its path, and by what it is `about`: everything that changes what it says at once.
Anything else it says may be `seconds` old. Who brings a session or a message to show gets a page of his own, which is
not kept.
"""

import re
import secrets
from functools import partial
from itertools import chain, zip_longest

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from config.compression import TEXT, gzip_of, squeezed, unsqueezed
from config.memory import remembered
from config.privacy import brings_own

SECONDS = 1
# Nobody can type it, so nothing typed is taken for a hole.
MARK = f"own-{secrets.token_hex(12)}"
HOLE = re.compile(f"{MARK}-([a-z_0-9]+)-")


def ready_page(request, template, context, *, about=(), own=None, address=None, seconds=SECONDS):
    """Answer with a public page, its template filled from `context(own)` when it is rendered.

    `about` is a tuple of hashable values. `own` maps names in the template to what this visitor alone gets, a text or a
    function that returns it; `context` is given them, or what stands in for them. A form's token is always one's own.
    `address` stands for the path of the page where every visitor has another one.
    """
    own = own or {}
    if brings_own(request):
        values = {name: value_of(value) for name, value in own.items()}
        return render(request, template, context(values) | values)
    own = {"csrf_token": partial(get_token, request), **own}
    key = (template, request.scheme, request.get_host(), address or request.path, about)
    holes = {name: f"{MARK}-{name}-" for name in own}
    page = remembered(key, lambda: Page(render_to_string(template, context(holes) | holes, request)), seconds)
    words = [str(conditional_escape(value_of(own[name]))).encode() for name in page.names]
    response = HttpResponse(woven(page.parts, words))
    response.squeezed = partial(page.squeezed, response.content, words)  # see config/compression.py
    return response


def ready_data(key, make, **kind):
    """Answer with bytes that are the same for all visitors, made by `make()` once for all who ask within a moment."""
    content, small = remembered(key, lambda: with_small(make()), SECONDS)
    response = HttpResponse(content, **kind)
    if response["Content-Type"].startswith(TEXT):
        response.squeezed = lambda: small
    return response


def with_small(content):
    return content, gzip_of(squeezed(content), content)


class Page:
    """A rendered page cut at its holes: its parts, as they are and compressed, and the names of the holes between."""

    def __init__(self, text):
        found = HOLE.split(text)
        self.parts, self.names = [part.encode() for part in found[::2]], found[1::2]
        self.small_parts = [squeezed(part) for part in self.parts]

    def squeezed(self, content, words):
        """Return the page compressed; a visitor's own words go in as they are, and their length tells nothing."""
        return gzip_of(woven(self.small_parts, [unsqueezed(word) for word in words]), content)


def woven(parts, words):
    return b"".join(chain.from_iterable(zip_longest(parts, words, fillvalue=b"")))


def value_of(value):
    return value() if callable(value) else value
