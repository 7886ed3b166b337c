"""What says that it is not written in UTF-8 is turned away before Django reads its address in that code."""

import pytest
from django.test import RequestFactory

from config.wsgi import application
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


def ask(content_type):
    """Return (status, body) of a request with this content type, through the site's real entrance."""
    environ = RequestFactory().get(f"{make_campaign().get_absolute_url()}?don-vi=1").environ
    answer = []
    body = b"".join(
        application(environ | {"CONTENT_TYPE": content_type}, lambda status, headers, *more: answer.append(status))
    )
    return answer[0], body.decode()


@pytest.mark.parametrize("charset", ["hex", "undefined", "idna", "unicode_escape", "UTF-16", '"hex"'])
def test_another_charset_is_turned_away_in_words(charset):
    status, body = ask(f"text/plain; charset={charset}")

    assert status == "400 Bad Request"
    assert "không đọc được" in body


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=UTF-8", 'x/y; charset="utf-8"', "£;=;"]
)
def test_all_else_is_served(content_type):
    assert ask(content_type)[0] == "200 OK"
