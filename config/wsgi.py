import os
import re

from django.core.wsgi import get_wsgi_application
from django.template.loader import render_to_string

from config.headers import fixed_headers
from config.whole_bodies import WholeBody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\"';\s]+)", re.IGNORECASE)

serve = get_wsgi_application()


def application(environ, start_response):
    """Serve a request, unless it says that it is not written in UTF-8: Django would fail before any page of ours."""
    charset = CHARSET.search(environ.get("CONTENT_TYPE", ""))
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        start_response("400 Bad Request", [("Content-Type", "text/html; charset=utf-8"), *fixed_headers()])
        return [render_to_string("400.html").encode()]
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
    return serve(environ, start_response)
