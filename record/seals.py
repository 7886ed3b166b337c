"""The facts of a seal: all that was on the record up to one event, as one digest that people keep elsewhere.

These facts belong to models.py, which has them all.
"""

import hashlib

from django.db import models

from record.canonical import canonical

SHOWN = 16
GROUP = 4


class SealQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National staff and the boards: a seal tells nothing but how much is on the record."""
        if not user.is_active:
            return self.none()
        return self if user.is_national or user.unions_as("BOARD") else self.none()


class Seal(models.Model):
    """The events behind the seal before it, up to `last_event`; each seal carries the digest of the one before."""

    number = models.PositiveIntegerField("số", unique=True)
    sealed_at = models.DateTimeField("lúc")
    last_event = models.BigIntegerField("đến sự kiện số")
    events = models.BigIntegerField("số sự kiện từ đầu")
    content_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField("dấu", max_length=64)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = "niêm phong"
        verbose_name_plural = "niêm phong nhật ký"
        ordering = ["number"]

    def __str__(self):
        return f"Niêm phong số {self.number}"

    def computed_digest(self):
        """Return the digest that this seal must carry."""
        content = [
            self.number,
            self.sealed_at.timestamp(),
            self.last_event,
            self.events,
            self.content_digest,
            self.previous_digest,
        ]
        return hashlib.sha256(canonical(content)).hexdigest()

    @property
    def short(self):
        """What people write down: "1A2B 3C4D 5E6F 7081"."""
        digest = self.digest[:SHOWN].upper()
        return " ".join(digest[at : at + GROUP] for at in range(0, SHOWN, GROUP))
