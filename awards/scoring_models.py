"""Who marks the entries of a plan, by what, and how they marked. These belong to models.py, which has them all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from accounts.limits import PERSON_NAME_LIMIT
from accounts.models import Union
from awards.limits import (
    COMMENT_LIMIT,
    CRITERION_NAME_LIMIT,
    GUIDANCE_LIMIT,
    JOB_TITLE_LIMIT,
    LEAST_MARKS,
    MOST_MARKS,
    MOST_POINTS,
    REASON_LIMIT,
    USUAL_GAP,
)
from awards.points import PointsField
from awards.scoring_querysets import CouncilMemberQuerySet, ScoreSheetQuerySet
from config.fields import LineField, TextField
from dossiers.models import DossierEntry, Plan
from initiatives.models import says

models.TextField.register_lookup(Length)

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


class ScoringRules(models.Model):
    """How a plan's council marks. They and the criteria freeze when the first sheet is begun (`begun_at`)."""

    plan = models.OneToOneField(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="scoring")
    marks_wanted = models.PositiveSmallIntegerField("số phiếu chấm cho mỗi sáng kiến", default=LEAST_MARKS)
    gap = PointsField("mức chênh lệch cần thêm phiếu thứ ba", default=USUAL_GAP)
    begun_at = models.DateTimeField("bắt đầu chấm lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc chấm lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "quy định chấm điểm"
        verbose_name_plural = "quy định chấm điểm"
        constraints = [
            says(
                "scoring_wants_two_marks",
                Q(marks_wanted__gte=LEAST_MARKS, marks_wanted__lte=MOST_MARKS),
                f"Mỗi sáng kiến cần từ {LEAST_MARKS} đến {MOST_MARKS} phiếu chấm.",
            ),
            models.CheckConstraint(
                name="scoring_closed_after_it_began", condition=Q(closed_at=None) | Q(begun_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Quy định chấm điểm của {self.plan}"


class Criterion(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="criteria")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = LineField("tiêu chí", max_length=CRITERION_NAME_LIMIT)
    guidance = TextField("hướng dẫn", blank=True)
    max_points = PointsField("điểm tối đa")

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="criterion_position_taken_once"),
            says("criterion_named", ~Q(name=""), "Hãy ghi tên tiêu chí."),
            says("criterion_guidance_fits", Q(guidance__length__lte=GUIDANCE_LIMIT), "Phần hướng dẫn quá dài."),
            models.CheckConstraint(
                name="criterion_points_plausible", condition=Q(max_points__gt=0, max_points__lte=MOST_POINTS)
            ),
        ]

    def __str__(self):
        return self.name


class Band(models.Model):
    """One level of a criterion, as "Hoàn toàn mới: 25–30". Bands of a criterion do not overlap (a trigger)."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, verbose_name="tiêu chí", related_name="bands")
    label = LineField("mức", max_length=CRITERION_NAME_LIMIT)
    from_points = PointsField("từ")
    to_points = PointsField("đến")

    class Meta:
        verbose_name = "mức điểm"
        verbose_name_plural = "mức điểm"
        ordering = ["criterion", "-from_points"]
        constraints = [
            says("band_in_order", Q(from_points__lte=F("to_points")), "Mức điểm phải đi từ thấp đến cao."),
            says("band_named", ~Q(label=""), "Hãy ghi tên mức."),
        ]

    def __str__(self):
        return self.label


class ScoreSheet(models.Model):
    """How one member marks one entry: a draft until it is handed in, then changed by corrections only (R20).

    `total` is the sum of its scores from then on. Who else sees it: `visible_to`.
    """

    entry = models.ForeignKey(DossierEntry, models.PROTECT, verbose_name="sáng kiến", related_name="sheets")
    member = models.ForeignKey(CouncilMember, models.PROTECT, verbose_name="người chấm", related_name="sheets")
    comment = TextField("nhận xét", blank=True)
    started_at = models.DateTimeField("bắt đầu lúc")
    submitted_at = models.DateTimeField("nộp phiếu lúc", null=True, blank=True)
    total = PointsField("tổng điểm", null=True, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người nhập", related_name="+")
    is_from_paper = models.BooleanField("nhập từ phiếu giấy", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    # The record keeps these apart: it is read by people who must not know them yet.
    PERSONAL_FIELDS = frozenset({"scores", "total", "comment"})

    class Meta:
        verbose_name = "phiếu chấm điểm"
        verbose_name_plural = "phiếu chấm điểm"
        constraints = [
            models.UniqueConstraint(fields=["entry", "member"], name="sheet_one_for_a_member"),
            models.CheckConstraint(
                name="sheet_totalled_when_handed_in",
                condition=Q(submitted_at=None, total=None) | Q(submitted_at__isnull=False, total__isnull=False),
            ),
            says("sheet_comment_fits", Q(comment__length__lte=COMMENT_LIMIT), "Phần nhận xét quá dài."),
        ]

    def __str__(self):
        return f"{self.member}: {self.entry}"


class Score(models.Model):
    """The points of a sheet on one criterion; what a draft has not decided yet is empty."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, verbose_name="phiếu", related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, verbose_name="tiêu chí", related_name="+")
    band = models.ForeignKey(Band, models.PROTECT, verbose_name="mức", related_name="+", null=True, blank=True)
    points = PointsField("điểm", null=True, blank=True)

    class Meta:
        verbose_name = "điểm"
        verbose_name_plural = "điểm"
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="score_one_for_a_criterion")]

    def __str__(self):
        return f"{self.sheet}: {self.criterion}"


class Correction(models.Model):
    """Why a handed-in sheet was changed: opens it at this `version` for one change."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, verbose_name="phiếu", related_name="corrections")
    version = models.PositiveIntegerField("lần")
    reason = TextField("lý do")
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="người sửa", related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần sửa phiếu"
        verbose_name_plural = "lần sửa phiếu"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "version"], name="correction_numbered_once"),
            says(
                "correction_has_a_reason",
                Q(reason__length__gte=1, reason__length__lte=REASON_LIMIT),
                "Hãy ghi lý do sửa phiếu.",
            ),
        ]

    def __str__(self):
        return f"{self.sheet}, sửa lần {self.version}"


class Recusal(models.Model):
    """A member who does not mark one entry, and why. It stands; a sheet on it no longer counts."""

    member = models.ForeignKey(CouncilMember, models.PROTECT, verbose_name="thành viên", related_name="recusals")
    entry = models.ForeignKey(DossierEntry, models.PROTECT, verbose_name="sáng kiến", related_name="recusals")
    reason = TextField("lý do")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="người ghi", related_name="+")

    class Meta:
        verbose_name = "từ chối chấm"
        verbose_name_plural = "từ chối chấm"
        constraints = [
            models.UniqueConstraint(fields=["member", "entry"], name="recusal_once"),
            says("recusal_has_a_reason", Q(reason__length__gte=1, reason__length__lte=REASON_LIMIT), "Hãy ghi lý do."),
        ]

    def __str__(self):
        return f"{self.member} không chấm {self.entry}"


class Scoring(Plan):
    """A plan as its council marks it."""

    class Meta:
        proxy = True
        verbose_name = "chấm điểm"
        verbose_name_plural = "chấm điểm"
