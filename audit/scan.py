"""`make scan`: scanners of others look for holes: bandit in the code, wapiti in a running copy of the demo site.

Ends with 1 when something is found that is not explained here. All findings are in var/scan/; what was found, and why
the explained ones are none, is in docs/scanners.md. The scanners live in an environment of their own, var/scanners.
`SCAN_SECONDS` is how long each module of wapiti attacks, for each role (10 when left out).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.browser.server import ROOT, Server, load, manage

BIN = ROOT / "var" / "scanners" / "bin"
REPORTS = ROOT / "var" / "scan"
SECONDS = int(os.environ.get("SCAN_SECONDS", "10"))
CRAWL_SECONDS = 5 * SECONDS
# Its own notes lock each other now and then when a module is out of time.
TRIES = 2
CLOCK = "2021-04-01T08:00+07:00"
FOLDERS = ["accounts", "audit", "awards", "bench", "config", "dossiers", "initiatives", "outbox", "record", "manage.py"]
# Low severity, looked through: words that contain "password"; chance where nothing is secret; commands in lists that
# nobody types; escaping taken for parsing. The rules of ruff (S) look at the same, each exception with its reason.
NO_SECRETS = "B105,B311,B404,B406,B603,B607"
# Looked at one by one: what is put into SQL or HTML there is ours, or escaped on the same line.
EXPLAINED = {
    ("B608", "awards/meeting_triggers.py"),
    ("B608", "config/filling.py"),
    ("B608", "initiatives/triggers.py"),
    ("B308", "config/guides.py"),
    ("B703", "config/guides.py"),
    ("B308", "config/qr.py"),
    ("B703", "config/qr.py"),
    ("B704", "dossiers/letter_filling.py"),
}
ROLES = {"anonymous": "", "staff": "dai-tu", "board": "hoi-dong", "national": "tong-lien-doan", "admin": "admin"}
STARTS = {
    "anonymous": "/",
    "staff": "/cong-doan/",
    "board": "/quan-tri/",
    "national": "/quan-tri/",
    "admin": "/quan-tri/",
}
MODULES = [
    "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers",
    "ldap", "methods", "permanentxss", "redirect", "shellshock", "sql", "timesql", "upload", "xss",
]  # fmt: skip
# The first two are for https, which a deployed site has (`check --deploy`, tests/test_settings.py); nothing here speaks
# LDAP: wapiti takes any search that answers differently to different words for it; and a form that is refused alike
# with and without its token it takes for one without a check (tests/test_access.py tries every page).
NO_HOLES = {
    "Secure Flag cookie",
    "HTTP Strict Transport Security (HSTS)",
    "LDAP Injection",
    "Cross Site Request Forgery",
}
SESSION = """
from django.test import Client
from accounts.models import User
client = Client()
client.force_login(User.objects.get(username={name!r}))
print(client.cookies["sessionid"].value)
"""


def main():
    REPORTS.mkdir(parents=True, exist_ok=True)
    check_deployment()
    rows = list(in_the_code())
    with tempfile.TemporaryDirectory(prefix="scan-") as name:
        folder = Path(name)
        load(folder)
        server = Server(folder, CLOCK)
        try:
            for role, username in ROLES.items():
                rows += on_the_site(server, role, username)
        finally:
            server.process.terminate()
            server.process.wait(timeout=20)
        # A refused look-up of the admin is logged with a traceback, too, and answered 400.
        if failed := server.log.read_text().count("Internal Server Error"):
            rows.append(("the site's log", "Internal Server Error", failed, False))
    for where, what, number, is_explained in rows:
        print(f"{where:<36} {what:<50} {number:>4}  {'explained' if is_explained else 'LOOK'}")
    unexplained = sum(number for *_, number, is_explained in rows if not is_explained)
    print(f"{sum(row[2] for row in rows)} findings, {unexplained} not explained. Details: {REPORTS}")
    return int(bool(unexplained))


def check_deployment():
    """Let Django look at the settings of a deployed site; a warning ends the scan."""
    deployed = os.environ | {"ALLOWED_HOSTS": "sangkien.example.vn", "SECRET_KEY": "only-to-be-looked-at-" * 4}
    manage(deployed, "check", "--deploy", "--fail-level", "WARNING")


def in_the_code():
    """Yield rows (file, rule, how often, whether it is explained) of bandit."""
    report = REPORTS / "bandit.json"
    command = [BIN / "bandit", "--quiet", "-r", *FOLDERS, "-s", NO_SECRETS, "-f", "json", "-o", report]
    subprocess.run(command, cwd=ROOT, check=False)
    found = Counter((one["test_id"], one["filename"]) for one in json.loads(report.read_text())["results"])
    for (rule, file), number in sorted(found.items()):
        yield file, f"bandit {rule}", number, (rule, file) in EXPLAINED


def on_the_site(server, role, username):
    """Return rows (role, kind of finding, how often, whether it is explained) of wapiti."""
    report = REPORTS / f"wapiti-{role}.json"
    report.unlink(missing_ok=True)
    for _ in range(TRIES):
        if not report.exists():
            attack(server, role, username, report)
    if not report.exists():
        return [(f"wapiti as {role}", "did not end", 1, False)]
    book = json.loads(report.read_text())
    print(f"scan: {book['infos']['crawled_pages_nbr']} pages as {role}", file=sys.stderr, flush=True)
    found = book["vulnerabilities"] | book["anomalies"]
    return [(f"wapiti as {role}", kind, len(those), kind in NO_HOLES) for kind, those in sorted(found.items()) if those]


def attack(server, role, username, report):
    """Let wapiti crawl the site and attack what it found, in a bounded time; its report is there if it ended well."""
    print(f"scan: wapiti as {role} …", file=sys.stderr, flush=True)
    command = [
        BIN / "wapiti", "-u", server.address + STARTS[role], "-s", server.address + "/", "--scope", "domain",
        "-m", ",".join(MODULES), "--max-scan-time", str(CRAWL_SECONDS), "--max-attack-time", str(SECONDS),
        "--tasks", "4", "-x", server.address + "/dang-xuat/", "--flush-session",
        "--store-session", server.folder / f"wapiti-{role}-{time.time_ns()}",
        "--no-bugreport", "-v", "0", "-f", "json", "-o", report,
    ]  # fmt: skip
    if username:
        command += ["-C", f"sessionid={session_of(server, username)}"]
    with (REPORTS / f"wapiti-{role}.log").open("ab") as log:
        most = CRAWL_SECONDS + SECONDS * len(MODULES) * 3
        subprocess.run(command, check=False, stdout=log, stderr=log, timeout=most)


def session_of(server, username):
    """Return the key of a session in which a person of the demonstration is signed in."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SESSION.format(name=username)]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    sys.exit(main())
