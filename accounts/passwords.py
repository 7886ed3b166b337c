"""A forgotten password: a link to a new one, sent to the account's own address.

The request does the same whether the address is known or not: it counts, and leaves a task for the queue. So neither
its answer nor the time it takes tells who has an account.
"""

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_q.tasks import async_task

from accounts.limits import RESET_LETTERS_A_DAY, RESETS_FROM_ADDRESS, RESETS_FROM_ADDRESS_WITHIN
from accounts.models import User
from accounts.notices import tell
from outbox.models import Message
from outbox.posting import post
from record.writing import write

log = logging.getLogger(__name__)
RESET = "password_reset"


def ask_for_reset(email, *, address):
    """Have a link to a new password sent to the accounts of this address, if there are any.

    Raises ValidationError `too_many` for a client that asks without end.
    """
    refuse_too_many(address)
    async_task("accounts.passwords.write_letters", email, str(uuid.uuid4()), save=False)


def refuse_too_many(address):
    """Count in the cache: it holds off machines, and may forget when it is emptied.

    While the cache is away nobody is refused: whoever knows an address still gets it a few letters a day at most.
    """
    seconds = RESETS_FROM_ADDRESS_WITHIN.total_seconds()
    stretch = int(timezone.now().timestamp() // seconds)
    key = "resets-" + salted_hmac("accounts.resets", f"{stretch} {address}", algorithm="sha256").hexdigest()
    try:
        cache.add(key, 0, timeout=2 * seconds)
        times = cache.incr(key)
    except Exception:  # each cache that is away fails in its own way
        log.warning("The cache does not answer: requests for a new password are not counted.")
        return
    if times > RESETS_FROM_ADDRESS:
        raise ValidationError("Đã yêu cầu quá nhiều lần từ máy này. Hãy thử lại sau một giờ.", code="too_many")


def write_letters(email, request_id):
    """Write to each open account with this address; run again by the queue after a crash, it writes nothing twice."""
    for user in User.objects.filter(email__iexact=email, is_active=True).order_by("pk"):
        write_letter(user, request_id)


@transaction.atomic
def write_letter(user, request_id):
    """Write the letter, a few times a day at most: an address must not be flooded by whoever knows it."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    sent = Message.objects.filter(kind=RESET, about__startswith=f"{user.pk}:")
    if sent.filter(created_at__gt=timezone.now() - timedelta(days=1)).count() >= RESET_LETTERS_A_DAY:
        return
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("reset_password", args=[key, default_token_generator.make_token(user)])
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    text = render_to_string(
        "accounts/mail/reset.txt", {"user": user, "address": settings.SITE_URL + path, "hours": hours}
    )
    post(RESET, f"{user.pk}:{request_id}", user.email, "Đặt lại mật khẩu", text)


def password_changed(user):
    """Put it on the record that somebody changed the own password, and tell the account's address (R20).

    Call it inside the transaction that stores the password.
    """
    tell(user, write(user, "password_changed", by=user), "Mật khẩu tài khoản của bạn vừa được đổi")
