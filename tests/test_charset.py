"""What says that it is not written in UTF-8 is turned away before Django reads its address in that code."""

import pytest

from config import wsgi

pytestmark = pytest.mark.once


@pytest.fixture
def ask(monkeypatch):
    """Return the status and body of a request with a content type, at the site's real entrance."""

    def served(environ, start_response):
        start_response("200 OK", [])
        return [b"served"]

    def asked(content_type):
        statuses = []
        body = wsgi.application({"CONTENT_TYPE": content_type}, lambda status, headers: statuses.append(status))
        return statuses[0], b"".join(body).decode()

    monkeypatch.setattr(wsgi, "serve", served)
    return asked


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "unicode_escape", "UTF-16", '"hex"'])
def test_another_charset_is_turned_away_in_words(ask, charset):
    status, body = ask(f"text/plain; charset={charset}")

    assert status == "400 Bad Request"
    assert "không đọc được" in body


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=UTF-8", 'x/y; charset="utf-8"', "£;=;"]
)
def test_all_else_is_served(ask, content_type):
    assert ask(content_type) == ("200 OK", "served")
