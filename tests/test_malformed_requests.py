"""Requests that no browser makes: answered with 4xx and a page that can be read, never with a failure."""

import gzip

import pytest
from django.test import Client

from initiatives.models import Initiative
from tests.factories import make_campaign
from tests.pages import form_address, says

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MEGABYTE = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"


def part(name, content=b"a", *, more=b""):
    return b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (name, more, content)


def base64_part(content):
    head = b'--x\r\nContent-Disposition: form-data; name="title"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head + content + b"\r\n--x--\r\n"


# What is too much: 400 before any of it is looked at.
TOO_MUCH = {
    "a field of 10 MB": (b"title=" + b"a" * 10 * MEGABYTE, FORM),
    "a password of 3 MB": (b"password=" + b"a" * 3 * MEGABYTE, FORM),
    "10,000 fields": (b"&".join(b"a%d=1" % n for n in range(10_000)), FORM),
    "1,001 fields": (b"&".join(b"a%d=1" % n for n in range(1_001)), FORM),
    "1,001 fields of one name": (b"&".join([b"a=1"] * 1_001), FORM),
    "1,001 parts": (b"".join(part(b"a") for _ in range(1_001)) + b"--x--\r\n", PARTS),
    "101 files": (b"".join(part(b"f", more=b'; filename="a.pdf"') for _ in range(101)) + b"--x--\r\n", PARTS),
    "a part of 3 MB": (part(b"title", b"a" * 3 * MEGABYTE) + b"--x--\r\n", PARTS),
    "no boundary": (part(b"title") + b"--x--\r\n", "multipart/form-data"),
    "a boundary that is none": (part(b"title") + b"--x--\r\n", "multipart/form-data; boundary=\xe9"),
}
# What is no form: taken for an empty one.
EMPTY = {
    "another boundary": (part(b"title") + b"--x--\r\n", "multipart/form-data; boundary=y"),
    "cut off": (part(b"title")[:-20], PARTS),
    "10 MB of JSON": (b'{"title": "%s"}' % (b"a" * 10 * MEGABYTE), "application/json"),
    "gzip": (gzip.compress(b"title=a" * 100_000), FORM),
    "UTF-16": ("title=Cải tiến".encode("utf-16"), FORM),
    "an unknown charset": (b"title=a", f"{FORM}; charset=x-no-such"),
    "a part in base64": (base64_part(b"Q+G6o2kgdGnhur9u"), PARTS),
    "a part in broken base64": (base64_part(b"a"), PARTS),
    "999 fields": (b"&".join(b"a%d=1" % n for n in range(999)), FORM),
}


@pytest.fixture(params=["form", "sign in"])
def address(request):
    campaign = make_campaign()
    return {"form": form_address(campaign), "sign in": "/dang-nhap/"}[request.param]


@pytest.fixture
def strict():
    """As in the real world, a form needs its token; that is asked for before anything else."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(("body", "kind"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_refused_with_a_page(client, address, body, kind):
    response = client.generic("POST", address, body, kind)

    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in says(response)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(("body", "kind"), EMPTY.values(), ids=EMPTY)
def test_what_is_no_form_is_an_empty_one(client, address, body, kind):
    response = client.generic("POST", address, body, kind)

    assert response.status_code in ((422,) if "gui-sang-kien" in address else (200, 422, 415))
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(("body", "kind"), [*TOO_MUCH.values(), *EMPTY.values()], ids=[*TOO_MUCH, *EMPTY])
def test_without_a_token_nothing_of_it_breaks_either(strict, address, body, kind):
    response = strict.generic("POST", address, body, kind)

    assert response.status_code in (400, 403)
    assert says(response)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "FOO", "PROPFIND", "CONNECT"])
def test_a_method_that_a_page_does_not_know_is_refused(client, address, method):
    response = client.generic(method, address, b"a" * 1000)

    # Django's own page for signing in takes PUT for POST.
    assert response.status_code == (200 if (method, address) == ("PUT", "/dang-nhap/") else 405)
    assert b"a" * 1000 not in response.content


@pytest.mark.parametrize(
    "host", ["example.com", "", "a b", "127.0.0.1:8000:1", "[::1", "evil.example.vn@testserver", "x" * 300]
)
def test_another_host_is_refused_with_a_page(client, address, host):
    response = client.get(address, HTTP_HOST=host)

    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in says(response)


LONG = {
    "Accept": "text/html;q=0.9," * 60_000,
    "Accept-Language": "vi-VN;q=0.9," * 80_000,
    "Accept-Encoding": "gzip;q=1.0," * 90_000,
    "Cookie": "a=b; " * 200_000,
    "If-None-Match": '"a", ' * 200_000,
    "If-Modified-Since": "Mon, " * 200_000,
    "Range": "bytes=0-1," * 100_000,
    "X-Forwarded-For": "1.2.3.4, " * 100_000,
    "X-Request-Start": "t=" + "9" * 1_000_000,
    "Referer": "http://x/" + "a" * 1_000_000,
    "User-Agent": "(" * 1_000_000,
    "Origin": "http://" + "a" * 1_000_000,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("text", ["long", "\xff\xfe", "\x00", "é{{7*7}}"])
def test_no_header_breaks_a_page(client, address, settings, name, text):
    settings.TRUST_REQUEST_START = True

    response = client.get(address, headers={name: LONG[name] if text == "long" else text})

    assert response.status_code in (200, 206, 304)


# What is no number never comes so far: gunicorn refuses it with 400.
@pytest.mark.parametrize("length", ["-1", "", "99999999999999999999", "5"])
def test_a_length_that_is_not_true_breaks_nothing(client, address, length):
    response = client.generic("POST", address, b"title=" + b"a" * 100, FORM, CONTENT_LENGTH=length)

    assert response.status_code in (200, 400, 422)
    assert not Initiative.objects.exists()
