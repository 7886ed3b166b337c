"""What is not there, or not for this person: the page that says so, and a line in the log for whoever watches."""

import logging

from django.views.defaults import page_not_found

log = logging.getLogger(__name__)


def not_found(request, exception):
    """Answer 404. A signed-in person who asks for a row by its number may be trying others': the log names both.

    Of the address it keeps numbers only: codes and secrets of private links stay out.
    """
    if keys := numbers_in(request.resolver_match):
        user = getattr(request, "user", None)
        if user and user.is_authenticated:
            where = request.resolver_match.view_name
            log.warning("404 for account %s: %s %s %s", user.pk, request.method, where, keys)
    return page_not_found(request, exception)


def numbers_in(match):
    """Return {name: number} of the keys of rows in an address."""
    kwargs = match.kwargs if match else {}
    return {name: value for name, value in kwargs.items() if str(value).isdecimal() and str(value).isascii()}
