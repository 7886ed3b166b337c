"""What is shipped for a server agrees with the site: its variables, its limits, its threads; and its check can fail."""

import re
import runpy
from email.message import Message

import pytest
from django.conf import settings
from django.test import Client

from awards.limits import COMPLAINT_MOST_FILES
from deploy import check
from dossiers.limits import LETTER_LIMIT_MB, LETTER_MOST_MB_AT_ONCE
from initiatives.limits import IMPORT_LIMIT_MB
from tests.factories import make_campaign

pytestmark = pytest.mark.once

DEPLOY = settings.BASE_DIR / "deploy"
READING = re.compile(
    r"(?:env\.\w+|on_or_off|one_of|parsed|folder|aware_moment)\(\s*\"([A-Z_]{4,})\"|os\.environ(?:\.get\(|\[)\"([A-Z_]{4,})\""
    r"|\"([A-Z_]{4,})\" in os\.environ"
)


def test_the_example_has_every_variable_that_is_read_and_no_other():
    sources = [path.read_text() for path in (settings.BASE_DIR / "config").rglob("*.py")]
    read = {name for text in sources for found in READING.findall(text) for name in found if name}
    example = (DEPLOY / "sangkien.env.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]{4,})=", example, re.MULTILINE)) == read - {"DJANGO_SETTINGS_MODULE"}


def test_the_queues_own_variables_are_variables_of_the_site():
    names = [
        re.findall(r"^#?([A-Z_]+)=", (DEPLOY / file).read_text(), re.M)
        for file in ("queue.env.example", "sangkien.env.example")
    ]

    assert names[0]
    assert set(names[0]) <= set(names[1])


def test_the_front_server_takes_what_the_site_takes():
    text = (DEPLOY / "nginx/sangkien.conf").read_text()
    most = {
        where: int(size) for where, size in re.findall(r"location (\S+|~ \S+) {\s+client_max_body_size (\d+)m", text)
    }
    everywhere = int(re.search(r"^    client_max_body_size (\d+)m", text, re.MULTILINE)[1])

    assert most["/cong-doan/"] > max(LETTER_MOST_MB_AT_ONCE, IMPORT_LIMIT_MB)
    assert most["/quan-tri/"] > LETTER_MOST_MB_AT_ONCE
    assert most["~ ^/[^/]+/lay-y-kien/"] > COMPLAINT_MOST_FILES * LETTER_LIMIT_MB
    assert everywhere * 1024 * 1024 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert (
        f"mỗi tệp tối đa {LETTER_LIMIT_MB} MB, mỗi lần gửi tối đa {LETTER_MOST_MB_AT_ONCE} MB"
        in (DEPLOY / "pages/413.html").read_text()
    )


def test_as_many_requests_are_handed_on_as_there_are_threads(monkeypatch):
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    gunicorn = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    line = re.search(
        r"backend site\n(?:.*\n)*?\s+server here 127.0.0.1:8101 maxconn (\d+)",
        (DEPLOY / "haproxy/haproxy.cfg").read_text(),
    )

    assert int(line[1]) == gunicorn["workers"] * gunicorn["threads"]
    assert gunicorn["bind"] == "127.0.0.1:8101"


def test_arrival_is_taken_before_the_body_and_what_visitors_say_of_it_is_overwritten():
    proxy, site = ((DEPLOY / "nginx" / name).read_text() for name in ("sangkien-proxy.conf", "sangkien.conf"))

    assert 'proxy_set_header X-Request-Start "t=$arrived_at";' in proxy
    assert "    set $arrived_at $msec;" in site
    assert site.count("proxy_pass") == 0  # each way to the site goes by the one file


@pytest.mark.parametrize("name", ["404", "413", "429", "503"])
def test_the_front_servers_own_pages_are_vietnamese_and_ask_for_nothing(name):
    page = (DEPLOY / f"pages/{name}.html").read_text()

    assert '<html lang="vi">' in page
    assert not re.search(r"<(script|style|link|img)|style=", page)
    assert re.search(r"<title>(.+)</title>", page)[1] == re.search(r"<h1>(.+)</h1>", page)[1]


# --- The check ----------------------------------------------------------------------------------


class Direct(check.Site):
    """The site asked without a network; what the test says of it is changed on the way."""

    def __init__(self, change=lambda path, status, headers, text: (status, headers, text)):
        self.host, self.change = "testserver", change

    def ask(self, path, method="GET", body=None, *, tls=True, **headers):
        names = {f"HTTP_{name.upper()}": value for name, value in headers.items() if name != "Host"}
        answer = Client().generic(method, path, body or b"", secure=tls, **names)
        said = Message()
        for name, value in answer.items():
            said[name] = value
        for cookie in answer.cookies.values():
            said["Set-Cookie"] = cookie.OutputString()
        return self.change(path, answer.status_code, said, answer.content.decode())


@pytest.mark.django_db
def test_a_site_that_believes_visitors_is_found_out(settings):
    make_campaign(slug="mua-xuan")
    assert check.forged_arrival(Direct()) == []
    settings.TRUST_REQUEST_START = True  # and no front server to overwrite what visitors send

    assert check.forged_arrival(Direct())
    assert check.forged_number(Direct())


@pytest.mark.django_db
def test_each_way_in_that_is_open_is_found():
    make_campaign(slug="mua-xuan")
    opened = Direct(lambda path, status, headers, text: (200, headers, text))

    assert check.closed_doors(Direct()) == []
    assert len(check.closed_doors(opened)) == 3
    assert len(check.nothing_lies_about(opened)) == len(check.NOT_THERE)


@pytest.mark.django_db
def test_headers_that_are_weak_missing_or_doubled_are_found():
    make_campaign(slug="mua-xuan")

    def weak(path, status, headers, text):
        headers["X-Content-Type-Options"] = "nosniff"  # a second time
        headers.replace_header("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'")
        headers["Server"] = "nginx/1.22.1"
        return status, headers, text

    found = " ".join(check.headers_of_pages(Direct(weak)))

    for word in (
        "X-Content-Type-Options is said 2 times",
        "unsafe-inline",
        "nginx/1.22.1",
        "Strict-Transport-Security",
    ):
        assert word in found


@pytest.mark.django_db
def test_cookies_without_their_flags_are_found():
    (sentence,) = check.cookies(Direct())  # a site on this machine has plain ones

    assert "csrftoken lacks" in sentence
    assert "secure" in sentence


@pytest.mark.django_db
def test_a_sick_site_is_told():
    sick = Direct(lambda path, status, headers, text: (503, headers, text))
    warned = Direct(lambda path, status, headers, text: (200, headers, '{"warnings": ["clock"]}'))

    assert check.health(sick)
    assert check.health(warned) == ["warns of clock"]


def test_what_cannot_be_asked_is_wrong_too(capsys):
    done = check.main(["https://127.0.0.1", "--connect", "127.0.0.1:1", "--http-port", "1"])

    assert done == 1
    assert "ok  " not in capsys.readouterr().out
