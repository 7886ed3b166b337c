"""The facts of an author's request to have personal data removed (R19)."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from config import clock
from config.fields import TextField
from initiatives.limits import REASON_LIMIT
from initiatives.querysets import RemovalQuerySet

models.TextField.register_lookup(Length)


class RemovalState(models.TextChoices):
    OPEN = "OPEN", "Đang chờ giải quyết"
    DONE = "DONE", "Đã xóa"
    REFUSED = "REFUSED", "Không xóa"
    TAKEN_BACK = "TAKEN_BACK", "Tác giả rút yêu cầu"


class RemovalRequest(models.Model):
    """Asked by the author on the private page, answered by an administrator before it is due."""

    initiative = models.ForeignKey(
        "initiatives.Initiative", models.PROTECT, verbose_name="sáng kiến", related_name="removal_requests"
    )
    reason = TextField("lý do của tác giả", blank=True)
    asked_at = models.DateTimeField("yêu cầu lúc")
    due_at = models.DateTimeField("hạn giải quyết")
    state = models.CharField("trạng thái", max_length=10, choices=RemovalState, default=RemovalState.OPEN)
    answer = TextField("lý do không xóa", blank=True)
    answered_at = models.DateTimeField("giải quyết lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người giải quyết",
        null=True,
        blank=True,
        related_name="+",
    )
    # Of the private link that the removal ended: its holder is told so, while the link itself is forgotten.
    link_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = RemovalQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"reason"})

    class Meta:
        verbose_name = "yêu cầu xóa thông tin cá nhân"
        verbose_name_plural = "yêu cầu xóa thông tin cá nhân"
        ordering = ["pk"]
        indexes = [models.Index(fields=["link_digest"], name="removal_of_link")]
        constraints = [
            models.UniqueConstraint(fields=["initiative"], condition=Q(state="OPEN"), name="removal_one_open"),
            models.CheckConstraint(name="removal_due_after_asked", condition=Q(due_at__gt=F("asked_at"))),
            models.CheckConstraint(
                name="removal_texts_fit",
                condition=Q(reason__length__lte=REASON_LIMIT, answer__length__lte=REASON_LIMIT),
                violation_error_message=f"Lý do tối đa {REASON_LIMIT} ký tự.",
            ),
            models.CheckConstraint(
                name="removal_open_or_answered",
                condition=Q(state="OPEN", answered_at=None, answered_by=None)
                | Q(state="TAKEN_BACK", answered_at__isnull=False, answered_by=None)
                | Q(state="DONE", answered_at__isnull=False, answered_by__isnull=False, reason="")
                | (Q(state="REFUSED", answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self):
        return f"Yêu cầu xóa thông tin cá nhân của {self.initiative.shown_code}"

    @property
    def is_open(self):
        return self.state == RemovalState.OPEN

    @property
    def is_overdue(self):
        return self.is_open and clock.now() >= self.due_at


def digest_of_link(secret):
    """Return what is kept of a private link that was ended; the link has too many random bits to be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()
