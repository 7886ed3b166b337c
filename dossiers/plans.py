"""The facts of a plan: one top union's rules for one campaign. They belong to models.py, which has them all."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Level, Union
from config.fields import LineField, TextField
from dossiers.limits import MOST_QUOTA
from dossiers.querysets import OfPlanQuerySet, PlanQuerySet
from initiatives.models import Campaign, says

USER = settings.AUTH_USER_MODEL


def quota_field(label):
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(MOST_QUOTA)])


class Plan(models.Model):
    """One top union's rules for one campaign. Its numbers and dates freeze when the first dossier is filed (R16)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, verbose_name="chương trình", related_name="plans")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="LĐLĐ tỉnh, ngành", related_name="plans")
    number = LineField("số kế hoạch", max_length=50)
    issued_on = models.DateField("ngày ban hành", null=True)
    dossier_deadline = models.DateTimeField(
        "hạn nhận hồ sơ", help_text="Từ thời điểm này là quá hạn. “Chậm nhất đến ngày 16/4” là 00:00 ngày 17/4."
    )
    quota_upper = quota_field("chỉ tiêu của LĐLĐ huyện, công đoàn ngành và tương đương")
    quota_grassroots = quota_field("chỉ tiêu của công đoàn cơ sở trực thuộc")
    award_limit = quota_field("số khen thưởng")
    nomination_limit = quota_field("số đề nghị Tổng Liên đoàn biểu dương")
    target = models.PositiveIntegerField("chỉ tiêu số sáng kiến", validators=[MinValueValidator(1)])
    mailbox = models.EmailField("hộp thư nhận hồ sơ", blank=True, help_text="Để trống thì không gửi thư.")
    frozen_at = models.DateTimeField("khóa số liệu lúc", null=True, blank=True, editable=False)

    FROZEN_FIELDS = frozenset(
        {
            "campaign",
            "union",
            "dossier_deadline",
            "quota_upper",
            "quota_grassroots",
            "award_limit",
            "nomination_limit",
            "target",
        }
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["campaign", "union"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "union"], name="plan_one_for_a_union"),
            says(
                "plan_numbers_positive",
                Q(quota_upper__gte=1, quota_grassroots__gte=1, award_limit__gte=1, nomination_limit__gte=1),
                "Các chỉ tiêu phải từ 1 trở lên.",
            ),
            says(
                "plan_nominates_among_awarded",
                Q(nomination_limit__lte=F("award_limit")),
                "Số đề nghị biểu dương không được hơn số khen thưởng.",
            ),
            says(
                "plan_issued_before_it_freezes",
                Q(frozen_at=None) | (~Q(number="") & Q(issued_on__isnull=False)),
                "Hãy ghi số và ngày ban hành của kế hoạch.",
            ),
            says("plan_target_positive", Q(target__gt=0), "Chỉ tiêu phải từ 1 trở lên."),
        ]

    def __str__(self):
        return f"Kế hoạch {self.shown_number} của {self.union}"

    @property
    def is_issued(self):
        """Whether its paper is out: a plan made by copying has no number and day until somebody fills them in."""
        return bool(self.number and self.issued_on)

    @property
    def shown_number(self):
        return self.number or "(chưa ghi số)"

    def clean(self):
        if self.union_id and self.union.level != Level.TOP:
            raise ValidationError({"union": "Kế hoạch là của LĐLĐ tỉnh hoặc công đoàn ngành."}, code="wrong_level")

    def quota_of(self, union):
        """Return how many initiatives a union may put forward (R10); 0 when it is not right below this plan's union."""
        if union.parent_id != self.union_id:
            return 0
        exception = self.quota_exceptions.filter(union=union).first()
        if exception:
            return exception.quota
        return self.quota_upper if union.level == Level.UPPER else self.quota_grassroots

    def deadline_of(self, union):
        """Return when this union's dossier must have arrived: the plan's deadline, or its extension (R11)."""
        extension = self.extensions.filter(union=union).order_by("-until").first()
        return max(self.dossier_deadline, extension.until) if extension else self.dossier_deadline


class QuotaException(models.Model):
    """A union with a quota of its own, by name (R10)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="quota_exceptions")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="công đoàn", related_name="+")
    quota = quota_field("chỉ tiêu")

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu riêng"
        verbose_name_plural = "chỉ tiêu riêng"
        constraints = [
            models.UniqueConstraint(fields=["plan", "union"], name="quota_exception_one_for_a_union"),
            says("quota_exception_positive", Q(quota__gte=1), "Chỉ tiêu phải từ 1 trở lên."),
        ]

    def __str__(self):
        return f"{self.union}: {self.quota}"


class Extension(models.Model):
    """A later deadline for one union, granted by the board with a reason (R11)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="extensions")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="công đoàn", related_name="+")
    until = models.DateTimeField("gia hạn đến")
    reason = TextField("lý do")
    granted_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người cho gia hạn", related_name="+")
    granted_at = models.DateTimeField("lúc")

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        constraints = [says("extension_has_a_reason", ~Q(reason=""), "Hãy ghi lý do gia hạn.")]

    def __str__(self):
        return f"{self.union} đến {self.until:%H:%M %d/%m/%Y}"
