"""The facts of an invitation: an address may take up a role in a union, once, within a week."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from config import clock

USER = settings.AUTH_USER_MODEL


def digest_of(token):
    """Return what is kept of a link's token: who reads the table cannot follow the link."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither taken up nor taken back; it may have expired."""
        return self.filter(accepted_at=None, taken_back_at=None)

    def valid(self):
        return self.open().filter(expires_at__gt=clock.now())

    def visible_to(self, user):
        """National: all. Board: those to the unions it looks after."""
        from accounts.models import Union  # noqa: PLC0415 (models.py imports this file)

        return self.filter(union__in=Union.objects.staffed_by(user))


class Invitation(models.Model):
    union = models.ForeignKey("accounts.Union", models.PROTECT, verbose_name="công đoàn", related_name="invitations")
    role = models.CharField("vai trò", max_length=10, default="STAFF")
    email = models.EmailField("e-mail")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người mời", related_name="+")
    invited_at = models.DateTimeField("mời lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    accepted_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="người nhận lời", null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("nhận lời lúc", null=True, blank=True)
    taken_back_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"email"})

    class Meta:
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "email"],
                condition=Q(accepted_at=None, taken_back_at=None),
                name="invitation_one_open",
            ),
            models.CheckConstraint(name="invitation_to_staff", condition=Q(role="STAFF")),
            models.CheckConstraint(name="invitation_email_in_small_letters", condition=Q(email=Lower("email"))),
            models.CheckConstraint(name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))),
            models.CheckConstraint(
                name="invitation_open_accepted_or_taken_back",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, taken_back_at=None),
            ),
        ]

    def __str__(self):
        return f"Lời mời tới {self.union}"

    @property
    def is_expired(self):
        return self.expires_at <= clock.now()
