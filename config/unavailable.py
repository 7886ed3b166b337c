"""Pages for when a request cannot be served now. What was typed is shown again: nothing is ever lost."""

import sys
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config.watching import shown_number

# What the page sent by itself, and what was picked from a list rather than typed.
SENT_BY_THE_PAGE = {
    "csrfmiddlewaretoken",
    "submission_id",
    "version",
    "seen",
    "next",
    "pick_top",
    "shown_consent",
    "old_font",
}
PICKED = {"consent", "is_secret", "top", "unit", "block", "field", "gender", "holds", "state"}
AWAY = (OperationalError, InterfaceError)


def typed_text(request):
    """Return what the request carried as (name, value) pairs, without tokens and passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in SENT_BY_THE_PAGE | PICKED and not is_password(name) and value.strip()
    ]


def is_password(name):
    return "password" in name


def form_expired(request, reason=""):
    """Answer a form whose token no longer fits: one tap sends it again with a fresh token."""
    fields = [(name, value) for name, value in all_fields(request) if name != "csrfmiddlewaretoken"]
    # A page of another site must not get its words confirmed here: then the text is only shown for copying.
    can_resend = comes_from_here(request) and not any(map(is_password, request.POST)) and not request.FILES
    context = {"fields": fields, "typed": typed_text(request), "can_resend": can_resend}
    return render(request, "form_expired.html", context, status=403)


def comes_from_here(request):
    """Tell whether the browser says that a page of this site sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()


def all_fields(request):
    return [(name, value) for name, values in request.POST.lists() for value in values]


class UnavailableMiddleware:
    """Turn a database that is away or busy into a quiet page that keeps the text."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return busy(request) if isinstance(exception, AWAY) else None


def busy(request):
    """Answer "busy, try again" without asking the database for anything, not even for who is signed in."""
    response = HttpResponse(
        render_to_string("503.html", {"typed": typed_text(request), "number": shown_number(request)}), status=503
    )
    response["Retry-After"] = "10"
    return response


def failed(request):
    """Answer what went wrong outside a view: a session that cannot be read is a database that is away, too."""
    if isinstance(sys.exception(), AWAY):
        return busy(request)
    return HttpResponse(render_to_string("500.html", {"number": shown_number(request)}), status=500)
