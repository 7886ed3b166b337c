"""One archive of a plan's whole record: who asked, how far it is, and its file while that is kept.

These facts belong to models.py, which has them all.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from accounts.file_names import file_name
from awards.limits import ARCHIVE_KEPT
from config import clock
from dossiers.models import Plan
from dossiers.querysets import OfPlanQuerySet


class ArchiveState(models.TextChoices):
    MAKING = "MAKING", "Đang ghi"
    DONE = "DONE", "Đã xong"
    FAILED = "FAILED", "Không ghi được"


def archive_path(archive, filename):
    return f"archives/{uuid.uuid4().hex}.zip"


class ArchiveQuerySet(OfPlanQuerySet):
    def making(self):
        return self.filter(state=ArchiveState.MAKING)

    def outdated(self):
        return self.filter(asked_at__lte=clock.now() - ARCHIVE_KEPT)


class PlanArchive(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="archives")
    with_files = models.BooleanField("kèm tờ trình và bảng tổng hợp")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người yêu cầu", related_name="+"
    )
    asked_at = models.DateTimeField("yêu cầu lúc")
    state = models.CharField("trạng thái", max_length=10, choices=ArchiveState, default=ArchiveState.MAKING)
    file = models.FileField("tệp", upload_to=archive_path, max_length=200, blank=True)
    sha256 = models.CharField("dấu SHA-256", max_length=64, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ lưu"
        verbose_name_plural = "hồ sơ lưu"
        indexes = [models.Index(fields=["asked_at"], name="plan_archive_asked_at")]
        constraints = [
            models.CheckConstraint(name="plan_archive_state_known", condition=Q(state__in=ArchiveState.values)),
        ]

    def __str__(self):
        return self.download_name

    @property
    def download_name(self):
        return file_name("ho-so-luu", self.plan.union, f"{localtime(self.asked_at):%Y%m%d-%H%M}", extension="zip")

    @property
    def kept_until(self):
        return self.asked_at + ARCHIVE_KEPT
