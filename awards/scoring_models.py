"""Who marks the entries of a plan. These facts belong to models.py, which has them all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.limits import PERSON_NAME_LIMIT
from accounts.models import Union
from awards.limits import JOB_TITLE_LIMIT
from awards.scoring_querysets import CouncilMemberQuerySet
from config.fields import LineField
from dossiers.plans import Plan
from initiatives.models import says

USER = settings.AUTH_USER_MODEL


class Duty(models.TextChoices):
    CHAIR = "CHAIR", "Chủ tịch hội đồng"
    DEPUTY = "DEPUTY", "Phó Chủ tịch hội đồng"
    SECRETARY = "SECRETARY", "Thư ký"
    MEMBER = "MEMBER", "Ủy viên"


class CouncilMember(models.Model):
    """A member of a plan's council. Who has no account marks on paper; who left keeps the row (`left_at`)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="council")
    user = models.ForeignKey(
        USER, models.PROTECT, verbose_name="tài khoản", related_name="council_seats", null=True, blank=True
    )
    full_name = LineField("họ tên", max_length=PERSON_NAME_LIMIT)
    job_title = LineField("chức vụ, đơn vị", max_length=JOB_TITLE_LIMIT, blank=True)
    duty = models.CharField("nhiệm vụ trong hội đồng", max_length=10, choices=Duty, default=Duty.MEMBER)
    home_union = models.ForeignKey(
        Union,
        models.PROTECT,
        verbose_name="công đoàn của thành viên",
        related_name="+",
        null=True,
        blank=True,
        help_text="Thành viên không chấm sáng kiến của công đoàn mình.",
    )
    left_at = models.DateTimeField("thôi tham gia lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CouncilMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên hội đồng"
        verbose_name_plural = "thành viên hội đồng"
        constraints = [
            models.UniqueConstraint(fields=["plan", "user"], name="council_member_once"),
            models.UniqueConstraint(
                fields=["plan", "duty"],
                condition=Q(duty="CHAIR", left_at=None),
                name="council_one_chair",
                violation_error_message="Hội đồng đã có Chủ tịch.",
            ),
            models.CheckConstraint(name="council_duty_known", condition=Q(duty__in=Duty.values)),
            says("council_member_named", ~Q(full_name=""), "Hãy ghi họ tên."),
        ]

    def __str__(self):
        return self.full_name
