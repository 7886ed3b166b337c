"""Sending hostile strings to whatever `tests.probing` found, and counting what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.judging import HEAD, TAIL, active, failures, halved, lost, writing
from tests.naughty import text_of
from tests.probing import encoded, parameters_of_the_code

MOST_IN_ADDRESS = 4000


@dataclass
class Report:
    """Counts by what was done, and what was wrong: (who, where, what, with which string)."""

    counts: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)

    def note(self, what, person, where, wrong, payload):
        self.counts[what] += 1
        self.faults += [(person.name, where, words, repr(payload)[:80]) for words in wrong]


def turned(payloads, number, offset):
    return payloads[(number + offset) % len(payloads)]


def ask_pages(report, person, site, payloads, times=1):
    """Open each page with all its parameters hostile, each another string, so many times."""
    for route, path in site.pages.items():
        names = sorted(site.parameters[route] | parameters_of_the_code())
        for offset in range(times):
            query = {name: turned(payloads, number, offset * len(names)) for number, name in enumerate(names)}
            query = {name: value for name, value in query.items() if len(value) < MOST_IN_ADDRESS}
            answer = person.get(f"{path}?{encoded(query)}")
            wrong = failures(answer) + active(answer, query.values())
            report.note("addresses with hostile parameters", person, route, wrong, list(query.items())[:3])


def ask_each_parameter(report, person, site, payloads):
    """Open each page with one parameter hostile at a time: a list that refuses one does not look at the others."""
    for route, path in site.pages.items():
        for name in sorted(site.parameters[route]):
            for payload in payloads:
                if len(payload) < MOST_IN_ADDRESS:
                    answer = person.get(f"{path}?{encoded({name: payload})}")
                    wrong = failures(answer) + active(answer, [payload])
                    report.note("one hostile parameter", person, f"{route}?{name}", wrong, payload)


def ask_paths(report, person, pages, payloads):
    """Put a string where an address has a word: `pages` are addresses with `{}` in that place."""
    for address in pages:
        for payload in payloads:
            raw = payload if isinstance(payload, bytes) else payload.encode("utf-8", "surrogatepass")
            if len(raw) < MOST_IN_ADDRESS:
                answer = person.get(address.replace("{}", quote(raw, safe="")))
                wrong = failures(answer) + active(answer, [payload])
                report.note("hostile words in an address", person, address, wrong, payload)


def send_all_hostile(report, person, form, payloads):
    """Send a form with one string in every field, hidden ones too, and as the name of every file."""
    for payload in payloads:
        values = dict.fromkeys(form.values, payload)
        answer = person.post(form.action, values)
        wrong = failures(answer) + active(answer, [payload])
        report.note("forms hostile in every field", person, form.action, wrong, payload)


def send_words(report, person, form, payloads, *, head="", tail=""):
    """Send a form that is right but for its words; what is stored is stored whole, what is refused is shown again."""
    for payload in map(text_of, payloads):
        payload = head + payload + tail
        values = form.values | dict.fromkeys(form.words, payload)
        with writing() as texts:
            answer = person.post(form.action, values)
        wrong = failures(answer) + active(answer, [payload]) + lost(answer, form, values)
        wrong += halved(texts, payload) if head else []
        report.note("forms with hostile words", person, form.action, wrong, payload)
        report.counts["of these stored"] += bool(head and any(head.strip() in text for text in texts))


def send_files(report, person, form, payloads):
    """Send a form with files whose names are hostile."""
    for payload in payloads:
        name = text_of(payload).replace("\x00", "").replace("\r", "").replace("\n", "") or "a"
        files = {field: SimpleUploadedFile(name, b"%PDF-1.7 <script>", "application/pdf") for field in form.files}
        body = encode_multipart(BOUNDARY, {k: v for k, v in form.values.items() if v != ""} | files)
        answer = person.post(form.action, body, MULTIPART_CONTENT)
        wrong = failures(answer) + active(answer, [payload])
        report.note("files with hostile names", person, form.action, wrong, payload)


def send_form(report, person, form, payloads):
    """Send a form in each way of being hostile."""
    send_all_hostile(report, person, form, payloads)
    if form.words:
        send_words(report, person, form, payloads)
        send_words(report, person, form, payloads, head=HEAD, tail=TAIL)
    if form.files:
        send_files(report, person, form, payloads)


def one_for(form, payloads):
    """Return one of the strings, another for most other forms."""
    start = sum(map(ord, form.action)) % len(payloads)
    return payloads[start : start + 1]
