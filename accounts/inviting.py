"""Invite somebody to work for a union, by a link that is sent to their address and opens once (R20)."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.invitations import Invitation, digest_of
from accounts.limits import INVITATION_LASTS
from accounts.models import Membership, Role, Union, User
from accounts.roles import grant
from config import clock
from outbox.posting import post
from record.writing import write

INVITATION = "invitation"


@transaction.atomic
def invite(union, email, *, by):
    """Send an invitation to work for a union; an expired one to the same address is replaced.

    Raises ValidationError: `already_staff`, `already_invited`.
    """
    email = User.objects.normalize_email(email)
    Union.objects.select_for_update(no_key=True).get(pk=union.pk)
    if Membership.objects.filter(
        union=union, role=Role.STAFF, user__email__iexact=email, user__is_active=True
    ).exists():
        raise ValidationError(f"Người có địa chỉ này đã là cán bộ của {union}.", code="already_staff")
    for earlier in Invitation.objects.open().filter(union=union, email=email):
        if not earlier.is_expired:
            raise ValidationError(
                "Địa chỉ này đã được mời và lời mời còn hạn. Muốn gửi lại thì rút lời mời cũ trước.",
                code="already_invited",
            )
        take_back(earlier, by=by)
    token = secrets.token_urlsafe(24)
    now = clock.now()
    invitation = Invitation.objects.create(
        union=union,
        email=email,
        digest=digest_of(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    write(invitation, "invited", by=by, after={"union": union.code, "role": Role.STAFF, "email": email}, is_first=True)
    address = settings.SITE_URL + reverse("invitation", args=[token])
    text = render_to_string("accounts/mail/invitation.txt", {"invitation": invitation, "address": address})
    post(INVITATION, f"{invitation.pk}", email, f"Mời làm cán bộ phụ trách sáng kiến của {union}", text)
    return invitation


@transaction.atomic
def take_back(invitation, *, by):
    """Make an invitation's link worthless; one that was taken up stays as it is."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at:
        raise ValidationError("Lời mời này đã có người nhận.", code="accepted")
    if not locked.taken_back_at:
        locked.taken_back_at = clock.now()
        locked.save(update_fields=["taken_back_at"])
        write(locked, "invitation_taken_back", by=by)


@transaction.atomic
def accept(invitation, user):
    """Take up an invitation with an account, which is stored first when it is new. Returns the account.

    Raises ValidationError: `not_open` for one that was taken up or taken back meanwhile, or has expired; `taken` when
    somebody else took the new account's name meanwhile.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.taken_back_at or locked.is_expired:
        raise ValidationError("Lời mời này không còn dùng được. Hãy xin lời mời mới.", code="not_open")
    if user.pk is None:
        store(user)
        write(user, "created", by=user, after={"username": user.username}, is_first=True)
    grant(user, locked.union, Role(locked.role), by=locked.invited_by)
    locked.accepted_by, locked.accepted_at = user, clock.now()
    locked.save(update_fields=["accepted_by", "accepted_at"])
    write(locked, "invitation_accepted", by=user)
    return user


def store(user):
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise ValidationError("Tên đăng nhập này đã có người dùng.", code="taken") from error
