"""Look at a running site from outside, as a visitor and as somebody who means no good; one line for each thing seen.

    python3 deploy/check.py https://sangkien.example.vn

Ends with 1 when something is not as it should be. Needs nothing but Python. `--connect 127.0.0.1:443` goes to an
address that the name does not lead to yet, `--http-port` says where plain HTTP is, `--cafile` whom to trust besides.
"""

import argparse
import http.client
import json
import re
import socket
import ssl
import sys
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

SECONDS = 20
YEAR = 31_536_000
# What each page must say, and a pattern for how.
HEADERS = {
    "Strict-Transport-Security": rf"max-age=({YEAR}|[4-9]\d{{7}})",
    "Content-Security-Policy": r"default-src 'none'",
    "X-Content-Type-Options": r"^nosniff$",
    "Referrer-Policy": r"^(same-origin|no-referrer|strict-origin.*)$",
    "X-Frame-Options": r"^DENY$",
    "Cross-Origin-Opener-Policy": r"^same-origin$",
    "Cross-Origin-Resource-Policy": r"^same-(origin|site)$",
    "Permissions-Policy": r"\w+=\(\)",
}
NOT_THERE = [
    "/kho-rieng/", "/kho-rieng/health/", "/media/", "/static/", "/trang-loi/413.html", "/.git/config", "/.env",
    "/var/db.sqlite3", "/suc-khoe/so-do/",
]  # fmt: skip
SIGN_IN = re.compile("/(dang-nhap|login)/")
TOO_LARGE = 4 * 1024 * 1024


class Site:
    """Where the site is, and how to ask it: each request on a connection of its own, none is sent twice."""

    def __init__(self, address, connect=None, http_port=80, cafile=None):
        parts = urlsplit(address)
        self.host = parts.hostname
        where, _, port = (connect or f"{parts.hostname}:{parts.port or 443}").rpartition(":")
        self.where, self.port, self.http_port = where, int(port), http_port
        self.context = ssl.create_default_context(cafile=cafile)

    def connection(self, *, tls=True):
        port = self.port if tls else self.http_port
        plain = socket.create_connection((self.where, port), timeout=SECONDS)
        connection = http.client.HTTPConnection(self.host, timeout=SECONDS)
        connection.sock = self.context.wrap_socket(plain, server_hostname=self.host) if tls else plain
        return connection

    def ask(self, path, method="GET", body=None, *, tls=True, **headers):
        """Return (status, headers, text)."""
        connection = self.connection(tls=tls)
        headers = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content.decode(errors="replace")

    def landing(self):
        """Return the path to which the site's root leads."""
        status, headers, _ = self.ask("/")
        return urlsplit(headers["Location"]).path if status in {301, 302} else "/"


def tls(site):
    with site.connection().sock as sock:
        ends = ssl.cert_time_to_seconds(sock.getpeercert()["notAfter"])
        version = sock.version()
    days = (ends - time.time()) / 86400
    return [f"speaks {version}"] * (version not in {"TLSv1.2", "TLSv1.3"}) + [
        f"certificate ends in {days:.0f} days"
    ] * (days < 1)


def plain_http_leads_to_https(site):
    status, headers, _ = site.ask("/dang-nhap/?a=b", tls=False)
    expected = f"https://{site.host}/dang-nhap/?a=b"
    return [] if (status, headers["Location"]) == (301, expected) else [f"{status} {headers['Location']}"]


def health(site):
    status, _, text = site.ask("/suc-khoe/")
    if status != 200:
        return [f"{status} {text[:200]}"]
    return [f"warns of {name}" for name in json.loads(text).get("warnings", ["nothing, not even a list"])]


def headers_of_pages(site):
    wrong = []
    for path in (site.landing(), "/dang-nhap/", "/khong-co/"):
        _, headers, _ = site.ask(path)
        for name, pattern in HEADERS.items():
            said = headers.get_all(name, [])
            if len(said) != 1:
                wrong.append(f"{path}: {name} is said {len(said)} times")
            elif not re.search(pattern, said[0]):
                wrong.append(f"{path}: {name} is {said[0]!r}")
        csp = headers.get("Content-Security-Policy", "")
        wrong += [f"{path}: the policy allows {word}" for word in ("unsafe-inline", "unsafe-eval", "*") if word in csp]
        if re.search(r"\d", headers.get("Server", "")) or headers.get("X-Powered-By"):
            wrong.append(f"{path}: tells what it runs on: {headers.get('Server')}")
    return wrong


def cookies(site):
    _, headers, _ = site.ask("/dang-nhap/")
    found = headers.get_all("Set-Cookie", [])
    wrong = [] if found else ["the sign-in page sets none"]
    for cookie in found:
        name, parts = cookie.partition("=")[0], {part.strip().lower() for part in cookie.split(";")[1:]}
        missing = {"secure", "httponly", "path=/"} - parts
        if not name.startswith("__Host-") or missing or not any(part.startswith("samesite=") for part in parts):
            wrong.append(f"{name} lacks {', '.join(sorted(missing)) or '__Host- or SameSite'}")
    return wrong


def static_files(site):
    _, _, page = site.ask("/dang-nhap/")
    found = re.findall(r'(?:href|src)="([^"]*/static/[^"]+\.(?:css|js))"', page)
    wrong = [] if found else ["the sign-in page names none"]
    for path in (urlsplit(urljoin("/dang-nhap/", link)).path for link in found[:4]):
        for encoding in ("br", "gzip"):
            status, headers, _ = site.ask(path, Accept_Encoding=encoding)
            if status != 200 or headers.get("Content-Encoding") != encoding:
                wrong.append(f"{path}: {status}, asked for {encoding}, got {headers.get('Content-Encoding')}")
            age = re.search(r"max-age=(\d+)", headers.get("Cache-Control", ""))
            if not age or int(age[1]) < YEAR or "immutable" not in headers["Cache-Control"]:
                wrong.append(f"{path}: Cache-Control is {headers.get('Cache-Control')!r}")
    return wrong


def forged_arrival(site):
    """What a visitor says of when he came must change nothing: the form is open, or not, all the same."""
    path = site.landing() + "gui-sang-kien/"
    title = re.compile(r"<(title|h1)[^>]*>.*?</\1>", re.DOTALL)

    def heads(**headers):
        status, _, page = site.ask(path, **headers)
        return status, [found[0] for found in title.finditer(page)]

    honest = heads()
    forged = {"long ago": "t=946684800", "far ahead": "t=4102444800"}
    return [f"a stamp {when} is believed" for when, stamp in forged.items() if heads(X_Request_Start=stamp) != honest]


def forged_number(site):
    forged = "a" * 32
    _, headers, _ = site.ask("/dang-nhap/", X_Request_ID=forged)
    number = headers.get("X-Request-ID")
    return [] if number and number != forged else [f"X-Request-ID is {number!r}"]


def closed_doors(site):
    wrong = []
    for path in ("/quan-tri/", "/cong-doan/", "/quan-tri/accounts/user/"):
        status, headers, _ = site.ask(path)
        if status not in {302, 403, 404} or (status == 302 and not SIGN_IN.search(headers["Location"])):
            wrong.append(f"{path} answers {status}")
    return wrong


def nothing_lies_about(site):
    found = {path: site.ask(path)[0] for path in NOT_THERE}
    return [f"{path} answers {status}" for path, status in found.items() if status not in {403, 404}]


def too_large(site):
    connection = site.connection()
    connection.putrequest("POST", site.landing() + "gui-sang-kien/")
    connection.putheader("Content-Length", str(TOO_LARGE))
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.endheaders()  # the answer comes before the body is sent
    answer = connection.getresponse()
    page = answer.read().decode(errors="replace")
    connection.close()
    return [] if answer.status == 413 and "quá lớn" in page else [f"{answer.status} {page[:80]!r}"]


def strange_requests(site):
    wrong = []
    for what, status in (
        ("TRACE", site.ask("/", "TRACE")[0]),
        ("another site's name", site.ask("/dang-nhap/", Host="khac.example.com")[0]),
    ):
        if status < 400 or status >= 500:
            wrong.append(f"{what}: {status}")
    if re.search(r"DEBUG|Traceback|urlconf", site.ask("/khong-co/")[2]):
        wrong.append("a page that is not there shows the inside")
    return wrong


def clock(site):
    asked = time.time()
    _, headers, _ = site.ask("/suc-khoe/")
    middle = (asked + time.time()) / 2
    difference = parsedate_to_datetime(headers["Date"]).timestamp() + 0.5 - middle
    return [] if abs(difference) < 3 else [f"its clock is {difference:+.0f} s from this machine's"]


CHECKS = [
    tls, plain_http_leads_to_https, health, headers_of_pages, cookies, static_files, forged_arrival, forged_number,
    closed_doors, nothing_lies_about, too_large, strange_requests, clock,
]  # fmt: skip


def looked(check, site):
    """Return what is wrong, a list of sentences; what cannot be asked is wrong, too."""
    try:
        return check(site)
    except (OSError, ValueError, KeyError, http.client.HTTPException) as error:
        return [f"{type(error).__name__}: {error}"]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--connect")
    parser.add_argument("--http-port", type=int, default=80)
    parser.add_argument("--cafile")
    given = parser.parse_args(arguments)
    site = Site(given.url, given.connect, given.http_port, given.cafile)
    failed = 0
    for check in CHECKS:
        wrong = looked(check, site)
        failed += bool(wrong)
        print("FAIL" if wrong else "ok  ", check.__name__.replace("_", " "))
        for sentence in wrong:
            print(f"       {sentence}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
