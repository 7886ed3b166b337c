"""Imports of initiatives that were collected on paper: the uploaded file, what became of it, which rows it gave."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Union
from config.fields import LineField


class State(models.TextChoices):
    UPLOADED = "UPLOADED", "Đang kiểm tra"
    REFUSED = "REFUSED", "Cần sửa tệp"
    CHECKED = "CHECKED", "Chờ xác nhận"
    CONFIRMED = "CONFIRMED", "Đang lưu"
    DONE = "DONE", "Đã lưu"
    FAILED = "FAILED", "Không lưu được"


# The queue still has something to do.
UNDER_WAY = {State.UPLOADED, State.CONFIRMED}
OVER = {State.REFUSED, State.DONE, State.FAILED}


def private_path(_import, _name):
    """Files lie under random names: nothing of what the uploader called it, and no page hands them out."""
    return f"imports/{uuid.uuid4().hex}.xlsx"


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff: those of their union and below. National: all. Nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.confirmable_by(user)

    def confirmable_by(self, user):
        """Those that this person may confirm: staff, of their own union and below."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(union__in=Union.objects.family_of(user.unions_as("STAFF")))

    def without_lists(self):
        """Without the long lists of rows and problems, for looking at the state alone."""
        return self.defer("rows", "problems")


class Import(models.Model):
    campaign = models.ForeignKey("initiatives.Campaign", models.PROTECT, verbose_name="chương trình", related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="công đoàn", related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tải lên", related_name="+")
    uploaded_at = models.DateTimeField("tải lên lúc")
    file_name = LineField("tên tệp", max_length=100)
    file = models.FileField("tệp", upload_to=private_path, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.UPLOADED)
    refusal = models.TextField("lý do", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_rows = models.PositiveIntegerField("số dòng đã đọc", default=0)
    all_rows = models.PositiveIntegerField("số dòng", default=0)
    new_rows = models.PositiveIntegerField("số dòng mới", default=0)
    known_rows = models.PositiveIntegerField("số dòng đã có", default=0)
    problem_count = models.PositiveIntegerField("số lỗi", default=0)
    # [[row number, cell, column, sentence], …] and [[row number, author, title, unit, why it is skipped], …]
    problems = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    unused = models.JSONField("cột không dùng", default=list)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người xác nhận",
        related_name="+",
        null=True,
        blank=True,
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ giấy"
        verbose_name_plural = "các lần nhập từ giấy"
        ordering = ["-id"]
        indexes = [models.Index(fields=["union", "-id"], name="import_of_union")]
        constraints = [
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="import_confirmed_before_it_is_stored",
                condition=~Q(state__in=[State.CONFIRMED, State.DONE])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.file_name} ({self.union})"

    def get_absolute_url(self):
        return reverse("import", args=[self.pk])

    @property
    def is_under_way(self):
        return self.state in UNDER_WAY

    @property
    def waits_for_confirmation(self):
        return self.state == State.CHECKED and self.new_rows > 0


class ImportedRow(models.Model):
    """One initiative that an import stored, and the row of the file that it stood in."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="stored")
    initiative = models.OneToOneField("initiatives.Initiative", models.PROTECT, related_name="imported_row")
    number = models.PositiveIntegerField("dòng")

    class Meta:
        verbose_name = "dòng đã nhập"
        verbose_name_plural = "các dòng đã nhập"
        ordering = ["of", "number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="imported_row_once")]

    def __str__(self):
        return f"dòng {self.number} của lần nhập {self.of_id}"
