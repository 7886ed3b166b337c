"""The append-only record of R20: who, when, what before, what after.

The events of one subject form a chain: each carries the digest of the one before it, so that a changed, removed or
slipped-in event shows (`manage.py verify_record`). One chain a subject, not one for all: senders do not wait for each
other. Personal values stand in a table of their own, of which the event keeps only a salted digest: when a person asks
to be forgotten (R19) they go, and the chain still holds.
"""

import hashlib
import secrets

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from record.canonical import canonical
from record.querysets import EventQuerySet
from record.seals import Seal
from record.words import DEEDS, SUBJECTS

__all__ = ["AUTHOR", "SYSTEM", "Event", "PersonalDetail", "Seal", "canonical"]

SYSTEM = "hệ thống"
AUTHOR = "tác giả"


def new_salt():
    return secrets.token_hex(16)


class Event(models.Model):
    subject_kind = models.CharField("đối tượng", max_length=30)
    subject_id = models.BigIntegerField("số của đối tượng")
    number = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người làm", null=True, blank=True, related_name="+"
    )
    by_name = models.CharField("tên người làm", max_length=200)
    deed = models.CharField("việc", max_length=40)
    before = models.JSONField("trước", default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField("sau", default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField("lý do", blank=True)
    personal_digest = models.CharField(max_length=64, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField("dấu", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "nhật ký"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "number"], name="event_numbered_once"),
        ]

    def __str__(self):
        subject = SUBJECTS.get(self.subject_kind, self.subject_kind)
        return f"{subject} số {self.subject_id}, việc thứ {self.number}: {DEEDS.get(self.deed, self.deed)}"

    def computed_digest(self):
        """Return the digest that this event must carry."""
        content = [
            self.subject_kind,
            self.subject_id,
            self.number,
            self.at.timestamp(),
            self.by_id,
            self.by_name,
            self.deed,
            self.before,
            self.after,
            self.reason,
            self.personal_digest,
            self.previous_digest,
        ]
        return hashlib.sha256(canonical(content)).hexdigest()


class PersonalDetail(models.Model):
    """The personal values of one event; deleted when the person is anonymised."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32, default=new_salt)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "chi tiết cá nhân"
        verbose_name_plural = "chi tiết cá nhân"

    def __str__(self):
        return f"chi tiết cá nhân của sự kiện {self.event_id}"

    def digest(self):
        return hashlib.sha256(self.salt.encode() + canonical([self.before, self.after])).hexdigest()
