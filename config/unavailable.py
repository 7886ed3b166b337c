"""Pages for when a request cannot be served now. What was typed is shown again: nothing is ever lost."""

import errno
import logging
import sys
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config.away import is_away
from config.rush import is_asking
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
# How a disk says that it takes no more: it is full, the account's share is, or the file is too large for it.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

log = logging.getLogger(__name__)


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
    return sent_again(request, "form_expired.html")


def signed_out(request):
    """Answer a form of somebody who is not signed in any more: once they are, one tap sends it again."""
    return sent_again(request, "signed_out.html")


def sent_again(request, template):
    fields = [(name, value) for name, value in all_fields(request) if name != "csrfmiddlewaretoken"]
    # A page of another site must not get its words confirmed here: then the text is only shown for copying.
    can_resend = comes_from_here(request) and not any(map(is_password, request.POST)) and not request.FILES
    context = {"fields": fields, "typed": typed_text(request), "can_resend": can_resend}
    return render(request, template, context, status=403)


def comes_from_here(request):
    """Tell whether the browser says that a page of this site sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()


def all_fields(request):
    return [(name, value) for name, values in request.POST.lists() for value in values]


class UnavailableMiddleware:
    """Turn a database or store that is away or busy, and a full disk, into a quiet page that keeps the text."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OSError) and exception.errno in FULL:
            log.error("The disk takes no more: %s", exception)
            return later(request, "storage_full.html", seconds=300)
        return busy(request) if is_away(exception) else None


def busy(request):
    return later(request, "503.html", seconds=10)


def later(request, template, *, seconds):
    """Answer "not now" without asking the database for anything, not even for who is signed in."""
    told = {"typed": typed_text(request), "number": shown_number(request)}
    response = HttpResponse(render_to_string(template, told), status=503)
    response["Retry-After"] = str(seconds)
    if is_asking(request):  # a page opens itself again; a form that was sent must stay on the screen
        response["Refresh"] = str(seconds)
    return response


def failed(request):
    """Answer what went wrong outside a view: a session that cannot be read is a database that is away, too."""
    if is_away(sys.exception()):
        return busy(request)
    return HttpResponse(render_to_string("500.html", {"number": shown_number(request)}), status=500)
