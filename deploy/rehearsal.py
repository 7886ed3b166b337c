"""A rehearsal of the whole stack on this machine: `make rehearse`. It walks from nginx to PostgreSQL and back.

What is looked at: the outside (check.py); that a slow body counts from its first byte whatever its sender says; uploads
and their limit; private files; hundreds of slow visitors; thousands in line; new code while people send; figures and
logs. Ends with 1 when something is not as it should be.
"""

import contextlib
import http.client
import io
import re
import signal
import statistics
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pikepdf

from bench.local_site import ANSWERS, FORM, TOKEN
from deploy import check
from deploy.stack import HOST, PORTS, psql, running, wait_until_well

# While gunicorn changes its workers people wait until the new ones are loaded, on a busy machine half a minute.
check.SECONDS = 90
DRIPS, PAUSE = 12, 0.25
SLOW = 400
IN_LINE = 2000
KEPT_HEADERS = (
    "Content-Disposition", "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options",
    "X-Request-ID", "Referrer-Policy",
)  # fmt: skip
TYPE = "application/x-www-form-urlencoded"
# Today lies within the campaign; a person of a union prepares a dossier.
SCENE = """
from datetime import timedelta
from django.utils import timezone
from initiatives.models import Campaign
from dossiers.models import Plan
from accounts.models import Union
from tests.factories import make_staff, make_dossier
day, now = timedelta(days=1), timezone.now()
Campaign.objects.update(opens_at=now - day, closes_at=now + day)
Plan.objects.update(dossier_deadline=now + day)
plan = Plan.objects.get()
union = Union.objects.by_code("TN08").get()
print(make_staff(union).username, make_dossier(union, plan).pk)
"""


class Browser:
    """Asks the site and keeps its cookies."""

    def __init__(self, site):
        self.site, self.jar = site, {}

    def ask(self, path, method="GET", body=None, **headers):
        if self.jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers |= {"Referer": f"https://{HOST}{path}"} if method == "POST" else {}
        status, answered, text = self.site.ask(path, method, body, **headers)
        self.keep(answered)
        return status, answered, text

    def keep(self, headers):
        for cookie in headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value

    def token(self, path):
        return TOKEN.search(self.ask(path)[2])[1]

    def form(self):
        """Return a new form, filled in, and the number of its submission."""
        key = uuid.uuid4()
        own = {"csrfmiddlewaretoken": self.token(FORM), "submission_id": str(key), "phone": f"0912{key.int % 10**6:06}"}
        return urlencode(ANSWERS | own).encode(), key

    def sign_in(self, name):
        given = {"csrfmiddlewaretoken": self.token("/dang-nhap/"), "username": name, "password": "sangkien-demo"}
        return self.ask("/dang-nhap/", "POST", urlencode(given), Content_Type=TYPE)[0]


def a_pdf():
    document, content = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(content)
    return content.getvalue()


def arrival_of(stack, key):
    """Return when a submission arrived, by the database (Unix seconds)."""
    # Whose body takes long is taken for somebody who waited in a rush: the form may be kept first.
    tables = ("initiatives_initiative", "initiatives_keptform")
    asked = (f"SELECT extract(epoch FROM arrived_at) FROM {table} WHERE submission_id = '{key}'" for table in tables)  # noqa: S608
    query = " UNION ALL ".join(asked)
    found = psql("-c", query, database=stack.name)
    return float(found) if found.strip() else None


def head_of(browser, body, forged):
    cookies = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    return (
        f"POST {FORM} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\nReferer: https://{HOST}{FORM}\r\n"
        f"Content-Type: {TYPE}\r\nContent-Length: {len(body)}\r\n"
        f"X-Request-Start: t={forged}\r\nConnection: close\r\n\r\n"
    ).encode()


def a_slow_body_counts_from_its_first_byte(stack, site):
    browser = Browser(site)
    body, key = browser.form()
    with site.connection().sock as sock:
        begun = time.time()
        sock.sendall(head_of(browser, body, begun - 50_000))
        step = -(-len(body) // DRIPS)
        for at in range(0, len(body), step):
            time.sleep(PAUSE)
            sock.sendall(body[at : at + step])
        ended, status = time.time(), http.client.HTTPResponse(sock)
        status.begin()
    arrived = arrival_of(stack, key)
    took = f"{arrived - begun:+.3f} s from the header, the body took {ended - begun:.1f} s"
    print(f"       status {status.status}, forged by 50000 s; stamped {took}")
    return [] if status.status == 302 and abs(arrived - begun) < 0.5 else ["the stamp is not the first byte's"]


def letters_are_taken_and_handed_out(stack, site):
    name, dossier = stack.manage("shell", "-c", SCENE, role="queue").split()[-2:]
    browser = Browser(site)
    signed = browser.sign_in(name)
    path = f"/cong-doan/ho-so/{dossier}/"
    mark, content = uuid.uuid4().hex, a_pdf()
    parts = [("csrfmiddlewaretoken", None, browser.token(path).encode()), ("file", "to-trinh.pdf", content)]
    body = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"'.encode()
        + (f'; filename="{file}"\r\nContent-Type: application/pdf' if file else "").encode()
        + b"\r\n\r\n" + value + b"\r\n"
        for field, file, value in parts
    ) + f"--{mark}--\r\n".encode()  # fmt: skip
    sent, *_ = browser.ask(
        f"{path}to-trinh/tai-len/", "POST", body, Content_Type=f"multipart/form-data; boundary={mark}"
    )
    link = re.search(rf'href="({path}to-trinh/\d+/\d+/)"', browser.ask(path)[2])
    if not link:
        return [f"signed in {signed}, uploaded {sent}, and no link to the letter"]
    status, headers, text = browser.ask(link[1])
    wrong = [] if text.encode(errors="replace")[:5] == content[:5] else [f"the letter came back as {status}"]
    wrong += ["the way inside is told"] * ("X-Accel-Redirect" in headers)
    wrong += [f"{name} was lost" for name in KEPT_HEADERS if name not in headers]
    wrong += [f"{name} is said twice" for name in set(headers) if len(headers.get_all(name)) > 1]
    inside = psql("-c", "SELECT file FROM dossiers_letterfile LIMIT 1", database=stack.name).strip()
    asked = site.ask(f"/kho-rieng/{inside}")[0], site.ask(link[1])[0]
    print(f"       uploaded {sent}, handed out {status}, from outside {asked[0]}, by a stranger {asked[1]}")
    return wrong + [f"from outside {asked}"] * (asked != (404, 302))


def slow_visitors_are_in_nobodys_way(stack, site):
    heads = [
        f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-".encode(),
        f"POST {FORM} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n\r\na=".encode(),
    ]
    with contextlib.ExitStack() as held:
        for number in range(SLOW):
            held.enter_context(site.connection().sock).sendall(heads[number % 2])
        times, statuses = [], []
        for _ in range(40):
            begun = time.perf_counter()
            statuses.append(site.ask(FORM)[0])
            times.append(1000 * (time.perf_counter() - begun))
    print(f"       with {SLOW} slow ones: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms")
    return [f"answers {set(statuses)}"] * (set(statuses) != {200}) + ["slow"] * (statistics.median(times) > 1000)


def thousands_wait_in_line(stack, site):
    """They come to HAProxy as nginx would send them: from one address nginx lets no more than its limit in."""

    def visit(_):
        connection = http.client.HTTPConnection("127.0.0.1", PORTS["8100"], timeout=180)
        connection.request(
            "GET", FORM, headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Request-Start": f"t={time.time()}"}
        )
        gate.wait(timeout=120)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    gate = threading.Barrier(IN_LINE)
    threading.stack_size(256 * 1024)
    begun = time.perf_counter()
    with ThreadPoolExecutor(IN_LINE) as pool:
        statuses = list(pool.map(visit, range(IN_LINE)))
    told = {status: statuses.count(status) for status in set(statuses)}
    print(f"       {IN_LINE} at once: {told} in {time.perf_counter() - begun:.1f} s")
    return [] if set(statuses) <= {200, 429} else [f"{told}"]


def new_code_comes_while_people_send(stack, site):
    over, sent, wrong, times = threading.Event(), [], [], []

    def send():
        browser = Browser(site)
        while not over.is_set():
            try:
                body, key = browser.form()
                begun = time.perf_counter()
                status, *_ = browser.ask(FORM, "POST", body, Content_Type=TYPE)
                times.append(time.perf_counter() - begun)
                (sent if status == 302 else wrong).append(key if status == 302 else f"answered {status}")
            except Exception as error:  # a broken connection, a page without a form: all are what must not happen
                wrong.append(f"{type(error).__name__}: {error}")

    people = [threading.Thread(target=send) for _ in range(4)]
    for person in people:
        person.start()
    for _ in range(2):
        time.sleep(3)
        stack.gunicorn.send_signal(signal.SIGHUP)
        time.sleep(1)
        wait_until_well()
    time.sleep(2)
    over.set()
    for person in people:
        person.join(timeout=60)
    query = "SELECT submission_id FROM initiatives_initiative UNION SELECT submission_id FROM initiatives_keptform"
    rows = set(psql("-c", query, database=stack.name).split())
    lost = [key for key in sent if str(key) not in rows]
    print(f"       sent {len(sent)} while the workers were renewed twice, lost {len(lost)}; longest {max(times):.1f} s")
    return wrong[:3] + [f"lost {lost[:3]}"] * bool(lost) + ["nothing was sent"] * (not sent)


def figures_are_for_who_brings_the_token(stack, site):
    text = site.ask("/suc-khoe/so-do/", Authorization=f"Bearer {stack.token}")[2]
    taken = re.search(r'^sangkien_sendings_total\{outcome="taken"\} (\S+)', text, re.MULTILINE)
    print(f"       forms taken, of all workers: {taken and taken[1]}")
    wanted = ("sangkien_request_seconds_count", "sangkien_queue_silent_seconds", "sangkien_letters_due")
    wrong = [f"{name} is missing" for name in wanted if name not in text]
    return (
        wrong + ["no sending is counted"] * (not taken) + ["told to anybody"] * (site.ask("/suc-khoe/so-do/")[0] != 404)
    )


def logs_say_nothing_of_a_person(stack, site):
    secret = psql("-c", "SELECT secret FROM initiatives_initiative LIMIT 1", database=stack.name).strip()
    site.ask(f"{FORM.removesuffix('gui-sang-kien/')}da-nhan/{secret}/?phone=0912345678")
    time.sleep(1)
    logs = "".join((stack.folder / name).read_text() for name in ("access.log", "gunicorn.log", "nginx-error.log"))
    return [f"{word} is in a log" for word in (secret, "0912", "127.0.0.1:5", "?") if word in logs.split("Booting")[-1]]


STEPS = [
    letters_are_taken_and_handed_out, a_slow_body_counts_from_its_first_byte, slow_visitors_are_in_nobodys_way,
    thousands_wait_in_line, new_code_comes_while_people_send, figures_are_for_who_brings_the_token,
    logs_say_nothing_of_a_person,
]  # fmt: skip


def main():
    failed = 0
    with running() as stack:
        own = ["--connect", f"127.0.0.1:{stack.https}", "--http-port", str(stack.http)]
        address = [f"https://{HOST}", *own, "--cafile", str(stack.folder / "cert.pem")]
        failed += check.main(address)
        site = check.Site(address[0], own[1], stack.http, address[-1])
        for step in STEPS:
            wrong = step(stack, site)
            failed += bool(wrong)
            print(
                "FAIL" if wrong else "ok  ", step.__name__.replace("_", " "), *wrong, sep="\n       " if wrong else " "
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
