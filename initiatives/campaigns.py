"""One run of the programme: its address, dates, target, help line, consent, and how long it keeps personal data.

These facts belong to models.py, which has them all.
"""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from config.fields import LineField, TextField
from initiatives.querysets import CampaignQuerySet


def says(name, condition, message):
    """Return a CheckConstraint with the sentence that people read when it refuses."""
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


class Campaign(models.Model):
    slug = models.SlugField("phần địa chỉ web (không dấu)", max_length=80, unique=True)
    name = LineField("tên chương trình", max_length=200)
    opens_at = models.DateTimeField("mở lúc")
    closes_at = models.DateTimeField(
        "đóng lúc", help_text="Từ thời điểm này không nhận nữa. “Sau 24h ngày 20/4” là 00:00 ngày 21/4."
    )
    practice_from = models.DateField("áp dụng từ ngày")
    practice_until = models.DateField("áp dụng đến ngày")
    target = models.PositiveIntegerField("chỉ tiêu cả nước", validators=[MinValueValidator(1)])
    help_name = LineField("người giải đáp", max_length=100)
    help_office = LineField("đơn vị giải đáp", max_length=200)
    help_phone = LineField("điện thoại giải đáp", max_length=30)
    consent_version = LineField("phiên bản lời đồng ý", max_length=20)
    consent_text = TextField("lời đồng ý")
    personal_until = models.DateField(
        "giữ thông tin cá nhân đến hết ngày",
        null=True,
        blank=True,
        help_text="Sau ngày này họ tên, điện thoại… của người không được khen thưởng tự xóa, không khôi phục được. "
        "Để trống: giữ đến khi tác giả yêu cầu xóa.",
    )
    is_running = models.BooleanField("đang chạy", default=False, help_text="Trang chủ dẫn tới chương trình này.")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình"
        verbose_name_plural = "chương trình"
        ordering = ["-opens_at"]
        constraints = [
            says(
                "campaign_opens_before_it_closes",
                Q(opens_at__lt=F("closes_at")),
                "Thời điểm đóng phải sau thời điểm mở.",
            ),
            says(
                "campaign_practice_period_in_order",
                Q(practice_from__lte=F("practice_until")),
                "Ngày cuối của thời gian áp dụng phải sau ngày đầu.",
            ),
            says(
                "campaign_keeps_personal_data_till_practised",
                Q(personal_until=None) | Q(personal_until__gt=F("practice_until")),
                "Ngày hết giữ thông tin cá nhân phải sau ngày cuối của thời gian áp dụng.",
            ),
            models.CheckConstraint(name="campaign_target_positive", condition=Q(target__gt=0)),
            models.UniqueConstraint(
                fields=["is_running"],
                condition=Q(is_running=True),
                name="campaign_one_running",
                violation_error_message="Đang có một chương trình khác chạy.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("landing", args=[self.slug])

    def has_opened(self, moment):
        return moment >= self.opens_at

    def takes_at(self, moment):
        """Whether something that arrived at this moment is taken (R1): up to, not including, closing time."""
        return self.opens_at <= moment < self.closes_at

    @property
    def last_day(self):
        """The last whole day on which initiatives are taken, as people say it ("hết ngày 20/4")."""
        return self.closes_at - datetime.timedelta(microseconds=1)
