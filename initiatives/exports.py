"""One export of the staff list: who asked, for what, how far it is, and its file while that is kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from config import clock
from initiatives.limits import EXPORT_KEPT


class Kind(models.TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    CSV = "csv", "CSV"


class ExportState(models.TextChoices):
    MAKING = "MAKING", "Đang ghi"
    DONE = "DONE", "Đã xong"
    TOO_LONG = "TOO_LONG", "Quá dài"
    FAILED = "FAILED", "Không ghi được"


def export_path(export, filename):
    return f"exports/{uuid.uuid4().hex}.{export.kind}"


class ExportQuerySet(models.QuerySet):
    def made_by(self, user):
        """An export is read by whom it was made for, and by nobody else."""
        return self.filter(made_by=user) if user.is_active else self.none()

    def making(self):
        return self.filter(state=ExportState.MAKING)

    def outdated(self):
        return self.filter(asked_at__lte=clock.now() - EXPORT_KEPT)


class Export(models.Model):
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tải", related_name="+")
    kind = models.CharField("loại", max_length=4, choices=Kind)
    query = models.TextField("bộ lọc", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=ExportState, default=ExportState.MAKING)
    total = models.PositiveIntegerField("số dòng cần ghi", null=True)
    rows = models.PositiveIntegerField("số dòng đã ghi", default=0)
    tries = models.PositiveSmallIntegerField("số lần bắt đầu", default=0, editable=False)
    file = models.FileField("tệp", upload_to=export_path, max_length=200, blank=True)
    asked_at = models.DateTimeField("yêu cầu lúc")

    objects = ExportQuerySet.as_manager()

    # Who is looked for by name is nobody's business later.
    PERSONAL_FIELDS = frozenset({"query"})

    class Meta:
        verbose_name = "danh sách tải về"
        verbose_name_plural = "danh sách tải về"
        indexes = [models.Index(fields=["asked_at"], name="export_asked_at")]
        constraints = [
            models.CheckConstraint(name="export_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=ExportState.values)),
        ]

    def __str__(self):
        return self.download_name

    def get_absolute_url(self):
        return reverse("export", args=[self.pk])

    @property
    def download_name(self):
        return f"sang-kien-{localtime(self.asked_at):%Y%m%d-%H%M}.{self.kind}"

    @property
    def kept_until(self):
        return self.asked_at + EXPORT_KEPT
