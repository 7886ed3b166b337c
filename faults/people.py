"""People who use the site while it is killed under them: they try again as people do, and note what they were told."""

import re
import secrets
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.client import Connection, token_in
from bench.sites import CAMPAIGN

FORM = f"{CAMPAIGN}gui-sang-kien/"
CODE = re.compile(rb'class="code"[^>]*>([0-9A-Z-]+)<')
VERSION = re.compile(rb'name="version" value="(\d+)"')
NUMBER = re.compile(r"/lan-nop/(\d+)/")
NUMBER_ON_PAGE = re.compile(rb"/lan-nop/(\d+)/")
# Between two tries of one request, between two sendings of one person, between two filings of one union, in seconds.
AGAIN, REST, STAFF_REST = 0.5, 0.5, 6
# So long anybody tries again after the last kill.
PATIENCE = 120
ANSWERED_IN_TIME = 3
CORRECTS_EVERY = 4
# Stands in every description: a page that keeps what was typed shows it.
KEPT_WORDS = "Tôi gắn thêm thước và kẹp"


@dataclass
class Sending:
    """One initiative whose receipt was shown: its number, what its title may be, when the receipt came."""

    number: int
    submission_id: str
    titles: set
    told_at: float


@dataclass
class Told:
    """What everybody was told: the account must find all of it."""

    sent: list = field(default_factory=list)
    filed: dict = field(default_factory=dict)  # (key of the dossier, number of the filing): when it was told
    corrected: list = field(default_factory=list)  # moments
    troubles: Counter = field(default_factory=Counter)  # what came instead of an answer
    wrong: list = field(default_factory=list)  # what nobody may be told


class GaveUp(Exception):
    """The site did not come back in the time that people have."""


class Crowd:
    """Everybody at one port; `typed(number)` returns what the person of that number types, `signed` how staff sign in.

    `signed` is a list of (user name, password, key of the dossier, bytes of a signed letter).
    """

    def __init__(self, port, typed, signed, *, senders):
        self.port, self.typed, self.told = port, typed, Told()
        self.numbers, self.lock = iter(range(10**9)), threading.Lock()
        self.is_over, self.ends_at = threading.Event(), None
        works = [self.sender] * senders + [lambda one=one: self.staff(*one) for one in signed]
        self.threads = [threading.Thread(target=self.kept_up, args=[work]) for work in works]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        """Let everybody end what was begun."""
        self.ends_at = time.monotonic() + PATIENCE
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def kept_up(self, work):
        try:
            work()
        except GaveUp:
            self.told.wrong.append("somebody gave up: the site did not come back")
        except Exception as error:  # a person that breaks off is a fault of the run, to be seen in its report
            self.told.wrong.append(f"somebody broke off: {type(error).__name__}: {error}")

    # --- One request -------------------------------------------------------------------------------

    def insist(self, connection, method, path, body=b"", *content_type):
        """Ask until the site answers with anything but a fault."""
        while True:
            begun = time.monotonic()
            try:
                answer = connection.ask(method, path, body, *content_type)
            except OSError as error:
                connection.close()
                self.told.troubles[f"no answer: {type(error).__name__}"] += 1
            else:
                if answer.status < 500:
                    return answer
                self.judge(answer, body, time.monotonic() - begun)
            if self.ends_at and time.monotonic() > self.ends_at:
                raise GaveUp
            time.sleep(AGAIN)

    def judge(self, answer, body, seconds):
        """A fault must be the quiet page, soon, with what was typed."""
        self.told.troubles[str(answer.status)] += 1
        if answer.status != 503 or b"Traceback" in answer.text:
            self.told.wrong.append(f"answered {answer.status}: {answer.text[:80]!r}")
        elif b"description=" in body and KEPT_WORDS.encode() not in answer.text:
            self.told.wrong.append("a 503 page did not keep what was typed")
        elif seconds > ANSWERED_IN_TIME:
            self.told.troubles[f"503 after more than {ANSWERED_IN_TIME} s"] += 1

    def get(self, connection, path):
        return self.insist(connection, b"GET", path)

    def post(self, connection, path, values):
        return self.insist(connection, b"POST", path, urlencode(values).encode())

    # --- Workers -----------------------------------------------------------------------------------

    def sender(self):
        while not self.is_over.is_set():
            with self.lock:
                number = next(self.numbers)
            self.send(number)
            time.sleep(REST)

    def send(self, number):
        """Open the form, send it until it is answered, look at the receipt; some correct the title."""
        connection = Connection(self.port)
        token = token_in(self.get(connection, FORM))
        values = self.typed(number) | {
            "csrfmiddlewaretoken": token,
            "submission_id": str(uuid.uuid4()),
            "consent": "on",
        }
        answer = self.post(connection, FORM, values)
        if answer.status != 302:
            self.told.wrong.append(f"a right form was answered with {answer.status}")
            return
        path = answer.header("location")
        if not CODE.search(self.get(connection, path).text):
            self.told.wrong.append("a receipt showed no code")
            return
        sending = Sending(number, values["submission_id"], {values["title"]}, time.time())
        self.told.sent.append(sending)
        if number % CORRECTS_EVERY == 0:
            self.correct(connection, f"{path}sua/", values, sending)
        connection.close()

    def correct(self, connection, path, values, sending):
        """Correct the title; where the answer was lost and the second try is refused, both titles are right."""
        page = self.get(connection, path)
        title = f"{values['title']} (sửa)"
        sending.titles.add(title)
        more = {"csrfmiddlewaretoken": token_in(page), "version": VERSION.search(page.text)[1].decode(), "title": title}
        if self.post(connection, path, values | more).status == 302:
            sending.titles = {title}
            self.told.corrected.append(time.time())

    # --- Staff -------------------------------------------------------------------------------------

    def staff(self, name, password, dossier, letter):
        """Sign in; then put up a letter, file, take back, again and again; the last filing stays."""
        connection, at = Connection(self.port), f"/cong-doan/ho-so/{dossier}/"
        token = token_in(self.get(connection, "/dang-nhap/"))
        self.post(connection, "/dang-nhap/", {"username": name, "password": password, "csrfmiddlewaretoken": token})
        while True:
            self.file(connection, at, dossier, letter)
            if self.is_over.is_set():
                return
            time.sleep(STAFF_REST)
            self.take_back(connection, at)

    def file(self, connection, at, dossier, letter):
        page = self.get(connection, at)
        parts = {"csrfmiddlewaretoken": token_in(page), "adding": ""}
        self.insist(connection, b"POST", f"{at}to-trinh/tai-len/", *multipart(parts, letter))
        look = self.get(connection, f"{at}nop/")
        if look.status != 200:
            self.told.wrong.append(f"a complete dossier could not be looked at: {look.status}")
            return
        values = {"csrfmiddlewaretoken": token_in(look), "version": VERSION.search(look.text)[1].decode()}
        answer = self.post(connection, f"{at}nop/", values)
        filed = NUMBER.search(answer.header("location"))
        # Where the first answer was lost, the second says that it is filed, and leads to the dossier.
        if filed and self.get(connection, answer.header("location")).status == 200:
            self.told.filed[dossier, int(filed[1])] = time.time()
        else:
            self.told.troubles["filing unanswered"] += 1

    def take_back(self, connection, at):
        page = self.get(connection, at)
        if numbers := NUMBER_ON_PAGE.findall(page.text):
            last = max(map(int, numbers))
            self.post(connection, f"{at}lan-nop/{last}/rut-lai/", {"csrfmiddlewaretoken": token_in(page)})


def multipart(values, letter):
    """Return (body, content type) of a form with these values and a letter as a PDF file."""
    edge = secrets.token_hex(16)
    head = 'Content-Disposition: form-data; name="'
    parts = [f'--{edge}\r\n{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in values.items()]
    file = f'--{edge}\r\n{head}file"; filename="to-trinh.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
    body = b"".join([*parts, file, letter, f"\r\n--{edge}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={edge}"
