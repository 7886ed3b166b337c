"""Every page that a person can reach, every form on it and every parameter, found by following links.

What is sent is taken back: a request runs in a savepoint, so the scene is the same for the next one.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.core.cache import cache as site_cache
from django.db import transaction
from django.test import Client
from lxml import html

MOST_PAGES = 400
APPS = ["config", "accounts", "initiatives", "dossiers", "awards"]
# What the admin and Django's own lists read by name.
OF_ADMIN = ["p", "o", "q", "all", "e", "_popup", "_to_field", "_changelist_filters", "next", "created__year", "a[]"]
NOT_FOLLOWED = re.compile(r"dang-xuat|/jsi18n/")
# What a field wants that takes no words, by its name, or by what its `type` or `inputmode` says.
TYPICAL = {
    "phone": "0912 345 678", "email": "hoa@example.vn", "birth_year": "1985", "benefit": "12.000.000",
    "started_on": "15/02/2021", "date": "2021-04-02", "number": "5", "numeric": "5", "tel": "0912 345 678",
    "url": "https://example.vn/", "time": "08:00", "vDateField": "02/04/2021", "vTimeField": "08:00:00",
}  # fmt: skip


@dataclass
class Form:
    """A form as it stood on a page: its values as a browser would send them, and which of its fields take words."""

    page: str
    action: str
    values: dict
    words: list
    files: list

    @property
    def key(self):
        return route_of(self.action), frozenset(self.values)


@dataclass
class Site:
    """What one person found: an address of each route, the parameters of each, the forms."""

    pages: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=lambda: defaultdict(set))
    forms: dict = field(default_factory=dict)


class Person:
    """A browser that stays signed in, whatever it is sent to; `client.exc_info` is the last failure of the site."""

    def __init__(self, name, user=None):
        self.name, self.client = name, Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.copy()

    def get(self, address):
        return self.ask("GET", address)

    def post(self, address, values, content_type="application/x-www-form-urlencoded"):
        body = encoded(values) if isinstance(values, dict) else values
        return self.ask("POST", address, body, content_type)

    @transaction.atomic
    def ask(self, method, address, *body):
        self.client.cookies = self.cookies.copy()
        self.client.exc_info = None
        answer = self.client.generic(method, address, *body)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.failure = answer.exc_info[1] if getattr(answer, "exc_info", None) else None
        transaction.set_rollback(True)
        return answer


def encoded(values):
    """Return values as a form's body or a query: bytes as they are, halves of characters too."""
    return urlencode(values, doseq=True, errors="surrogatepass")


def explore(person, starts):
    """Follow links from these addresses; one address of each route and set of parameters is looked at."""
    site, waiting, seen = Site(), list(starts), set()
    while waiting and len(site.pages) < MOST_PAGES:
        address = waiting.pop(0)
        path, query = urlsplit(address).path, urlsplit(address).query
        names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
        site.parameters[route_of(path)] |= names
        if (route_of(path), frozenset(names)) in seen or NOT_FOLLOWED.search(path):
            continue
        answer = person.get(address)
        if answer.status_code in (301, 302, 303):
            waiting.append(urljoin(address, answer["Location"]))
        if answer.status_code != 200:
            continue
        seen.add((route_of(path), frozenset(names)))
        site.pages.setdefault(route_of(path), path)
        if is_page(answer):
            waiting += look_at(site, address, page_in(answer))
    site_cache.clear()
    return site


def look_at(site, address, page):
    """Note the forms of a page; return the addresses that it links to."""
    for form in page.forms:
        action = urljoin(address, form.get("action") or address)
        if form.method == "GET":
            site.parameters[route_of(urlsplit(action).path)] |= set(form.fields) - {None}
        elif not NOT_FOLLOWED.search(action):
            found = read(form, address, action)
            site.forms.setdefault(found.key, found)
    links = [urljoin(address, link) for link in page.xpath("//a/@href | //img/@src")]
    return [link for link in links if link.startswith("/") and not link.startswith(("//", "/static/"))]


def read(form, page, action):
    """Return a Form: boxes ticked, the first choice taken where none is, what is wanted filled in."""
    found = Form(page, action, {}, [], [])
    for control in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        note(found, control)
    buttons = form.xpath(".//button[@name] | .//input[@type='submit'][@name]")
    for button in buttons[:1]:
        found.values[button.get("name")] = button.get("value") or ""
    return found


def note(form, control):
    name, kind = control.get("name"), control.get("type", "text")
    if kind == "file":
        form.files.append(name)
    elif kind in ("submit", "image", "button"):
        pass
    elif control.tag == "select":
        chosen = control.xpath(".//option[@selected]/@value")
        form.values[name] = (chosen or [v for v in control.xpath(".//option/@value") if v] or [""])[:1]
    elif kind in ("radio", "checkbox"):
        if kind == "checkbox" or name not in form.values or control.get("checked") is not None:
            form.values[name] = control.get("value") or "on"
    else:
        value = (control.text or "").removeprefix("\n") if control.tag == "textarea" else control.get("value") or ""
        typical = next(filter(None, map(TYPICAL.get, [name, kind, control.get("inputmode"), *control.classes])), None)
        takes_words = kind in ("text", "search") and not typical and name != "csrfmiddlewaretoken"
        form.values[name] = value or typical or ""
        form.words += [name] if takes_words else []


def route_of(path):
    """Return what stands for all addresses of one kind: numbers, codes and secrets left out."""
    path = urlsplit(path).path
    return re.sub(r"(?<=/)(?=[^/]*\d)[\w-]{1,}(?=[/.])|(?<=/)[\w-]{20,}(?=/)", "*", unquote(path))


def is_page(answer):
    return answer.get("Content-Type", "").startswith(("text/html", "application/xhtml")) and bool(answer.body.strip())


def page_in(answer):
    return html.fromstring(answer.body.decode("utf-8", "replace"))


@cache
def parameters_of_the_code():
    """Return every name that the code reads from an address."""
    asks = re.compile(r"""GET(?:\.get|\.getlist)?[(\[]["']([\w-]+)["']|["']([\w-]+)["'] in request\.GET""")
    texts = (path.read_text() for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py"))
    return {name for text in texts for pair in asks.findall(text) for name in pair if name} | set(OF_ADMIN)
