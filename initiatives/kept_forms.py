"""Forms that arrived in the rush: judged, safe and in time, but not in the book yet. A row goes once it is written."""

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from config import clock

# What could not be written is tried again after this time; it is for somebody to look into.
TRIED_AGAIN_AFTER = timedelta(minutes=10)


class KeptFormQuerySet(models.QuerySet):
    def due(self):
        """Those to be written now, the earliest arrival first."""
        waited = Q(tried_at=None) | Q(tried_at__lte=clock.now() - TRIED_AGAIN_AFTER)
        return self.filter(waited).order_by("arrived_at", "pk")


class KeptForm(models.Model):
    campaign = models.ForeignKey(
        "initiatives.Campaign", models.PROTECT, verbose_name="chương trình", related_name="kept_forms"
    )
    submission_id = models.UUIDField("số của phiếu gửi", unique=True)
    # The clean values of `sending.ANSWERS`; unions by their keys.
    answers = models.JSONField("nội dung", encoder=DjangoJSONEncoder)
    arrived_at = models.DateTimeField("đến lúc")
    kept_at = models.DateTimeField("giữ lúc")
    tried_at = models.DateTimeField("thử ghi lúc", null=True)
    refusal = models.TextField("lý do chưa ghi được", blank=True)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu đã đến, chờ ghi"
        verbose_name_plural = "phiếu đã đến, chờ ghi"
        indexes = [models.Index(fields=["arrived_at", "id"], name="kept_form_by_arrival")]

    def __str__(self):
        return f"phiếu {self.submission_id}"
