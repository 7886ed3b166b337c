"""Tell the owner of an account by letter that something about signing in was changed: it may not have been them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from outbox.posting import post

NOTICE = "account_notice"


def tell(user, event, sentence, *, at=None):
    """Write what happened to the account's address, or to the one it had; once for an event of the record."""
    if email := user.email if at is None else at:
        address = settings.SITE_URL + reverse("forgot_password")
        text = render_to_string(
            "accounts/mail/notice.txt", {"user": user, "at": event.at, "sentence": sentence, "address": address}
        )
        post(NOTICE, f"{event.pk}", email, sentence, text)
