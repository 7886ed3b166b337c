"""What the General Confederation honours among the nominations. These facts belong to models.py, which has them all."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from awards.limits import REASON_LIMIT
from awards.querysets import HonourDecisionQuerySet, HonourQuerySet, NominationsQuerySet
from config.fields import LineField, TextField
from initiatives.models import Campaign, says

models.TextField.register_lookup(Length)

USER = settings.AUTH_USER_MODEL


class Nominations(Campaign):
    """A campaign as the General Confederation looks over it: what all federations nominated."""

    objects = NominationsQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = "đề nghị biểu dương toàn quốc"
        verbose_name_plural = "đề nghị biểu dương toàn quốc"


class HonourDecision(models.Model):
    """The moment at which what was marked until then becomes public (R17); a later one adds what came later."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, verbose_name="chương trình", related_name="honour_decisions")
    number = LineField("số quyết định", max_length=50)
    date = models.DateField("ngày quyết định")
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người công bố", related_name="+")

    objects = HonourDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định biểu dương"
        verbose_name_plural = "quyết định biểu dương"
        ordering = ["pk"]
        constraints = [
            says("honour_decision_has_a_number", ~Q(number=""), "Hãy ghi số quyết định."),
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="honour_decision_numbered_once",
                violation_error_message="Đã công bố một quyết định với số này.",
            ),
        ]

    def __str__(self):
        return f"Quyết định {self.number} ngày {self.date:%d/%m/%Y}"


class Honour(models.Model):
    """A published nomination that is honoured nationwide: private until its decision, then fixed.

    Marked by mistake it is taken back with no more ado; once public, by a correction with a reason, number and date.
    """

    award = models.ForeignKey("Award", models.PROTECT, verbose_name="đề nghị", related_name="honours")
    marked_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người đánh dấu", related_name="+")
    marked_at = models.DateTimeField("đánh dấu lúc")
    decision = models.ForeignKey(
        HonourDecision, models.PROTECT, verbose_name="quyết định", related_name="honours", null=True, blank=True
    )
    taken_back_at = models.DateTimeField("bỏ lúc", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="người bỏ", related_name="+", null=True, blank=True
    )
    correction_number = LineField("số văn bản đính chính", max_length=50, blank=True)
    correction_date = models.DateField("ngày văn bản đính chính", null=True, blank=True)
    correction_reason = TextField("lý do đính chính", blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu dương toàn quốc"
        verbose_name_plural = "biểu dương toàn quốc"
        constraints = [
            models.UniqueConstraint(fields=["award"], condition=Q(taken_back_at=None), name="honour_given_once"),
            models.CheckConstraint(
                name="honour_stands_or_was_taken_back",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
            says(
                "honour_corrected_with_a_reason",
                Q(decision=None, correction_number="", correction_date=None, correction_reason="")
                | Q(taken_back_at=None, correction_number="", correction_date=None, correction_reason="")
                | (
                    Q(decision__isnull=False, taken_back_at__isnull=False, correction_date__isnull=False)
                    & Q(correction_reason__length__gte=1, correction_reason__length__lte=REASON_LIMIT)
                    & ~Q(correction_number="")
                ),
                "Sau khi công bố, chỉ bỏ được bằng đính chính có số, ngày và lý do.",
            ),
        ]

    def __str__(self):
        return f"Biểu dương toàn quốc: {self.award.entry}"
