"""What the council did when it met, and the certificates that followed. These facts belong to models.py."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.limits import PERSON_NAME_LIMIT
from awards.limits import CONCLUSION_LIMIT, REASON_LIMIT
from awards.querysets import CertificateQuerySet
from awards.scoring_models import CouncilMember
from config.fields import LineField, TextField
from dossiers.models import DossierEntry, Plan
from dossiers.querysets import OfPlanQuerySet
from initiatives.codes import new_code, shown
from initiatives.limits import CODE_LENGTH
from initiatives.models import says

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """One meeting of a plan's council. Once closed it never changes; what was wrong is said in a MinutesCorrection.

    `listed` keeps the list as it stood when the minutes were closed, without names: [{entry, nominated, points, rank,
    reason}].
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="meetings")
    held_at = models.DateTimeField("họp lúc")
    place = LineField("địa điểm", max_length=200)
    chaired_by = models.ForeignKey(CouncilMember, models.PROTECT, verbose_name="chủ trì", related_name="+")
    secretary = LineField("thư ký", max_length=PERSON_NAME_LIMIT)
    quorum = models.PositiveSmallIntegerField("số thành viên phải có mặt")
    conclusion = TextField("kết luận", blank=True)
    listed = models.JSONField("danh sách khi chốt", default=list, blank=True, editable=False)
    closed_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="người chốt", related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc họp"
        verbose_name_plural = "cuộc họp"
        ordering = ["held_at", "pk"]
        constraints = [
            says("meeting_quorum_positive", Q(quorum__gte=1), "Số thành viên phải có mặt từ 1 trở lên."),
            says("meeting_named", ~Q(place="") & ~Q(secretary=""), "Hãy ghi địa điểm và thư ký."),
            says(
                "meeting_conclusion_fits",
                Q(conclusion__length__lte=CONCLUSION_LIMIT),
                f"Kết luận tối đa {CONCLUSION_LIMIT} ký tự.",
            ),
            says(
                "meeting_closed_with_a_conclusion",
                Q(closed_at=None, closed_by=None)
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(conclusion="")),
                "Hãy ghi kết luận trước khi chốt biên bản.",
            ),
        ]

    def __str__(self):
        return f"Cuộc họp tại {self.place}"


class Attendance(models.Model):
    """Whether a member came; who did not may have a reason."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="cuộc họp", related_name="attendance")
    member = models.ForeignKey(CouncilMember, models.PROTECT, verbose_name="thành viên", related_name="+")
    is_present = models.BooleanField("có mặt")
    reason = LineField("lý do vắng", max_length=200, blank=True)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_noted_once"),
            says(
                "attendance_excused_when_absent", Q(is_present=False) | Q(reason=""), "Có mặt thì không ghi lý do vắng."
            ),
        ]

    def __str__(self):
        return f"{self.member}: {'có mặt' if self.is_present else 'vắng mặt'}"


class Vote(models.Model):
    """How the council voted on one entry; all of nothing means that it did not."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="cuộc họp", related_name="votes")
    entry = models.ForeignKey(DossierEntry, models.PROTECT, verbose_name="sáng kiến", related_name="+")
    in_favour = models.PositiveSmallIntegerField("tán thành", default=0)
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstained = models.PositiveSmallIntegerField("không có ý kiến", default=0)

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "entry"], name="vote_counted_once")]

    def __str__(self):
        return f"{self.in_favour} tán thành, {self.against} không tán thành, {self.abstained} không có ý kiến"

    @property
    def total(self):
        return self.in_favour + self.against + self.abstained


class MinutesCorrection(models.Model):
    """What was wrong in closed minutes, said later: printed below them, itself never changed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="cuộc họp", related_name="corrections")
    text = TextField("nội dung đính chính")
    made_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người ghi", related_name="+")
    made_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "đính chính biên bản"
        verbose_name_plural = "đính chính biên bản"
        ordering = ["pk"]
        constraints = [
            says(
                "minutes_correction_says_something",
                Q(text__length__gte=1, text__length__lte=REASON_LIMIT),
                f"Nội dung đính chính từ 1 đến {REASON_LIMIT} ký tự.",
            ),
        ]

    def __str__(self):
        return self.text


class CertificateWord(models.TextChoices):
    """What the union gives."""

    PRAISE = "PRAISE", "Bằng khen"
    COMMENDATION = "COMMENDATION", "Giấy khen"


class PaperSettings(models.Model):
    """What a plan's papers say beside the letterhead of its union."""

    plan = models.OneToOneField(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="paper_settings")
    certificate = models.CharField(
        "hình thức khen", max_length=12, choices=CertificateWord, default=CertificateWord.PRAISE
    )

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin văn bản của hội đồng"
        verbose_name_plural = "thông tin văn bản của hội đồng"
        constraints = [
            models.CheckConstraint(name="certificate_word_known", condition=Q(certificate__in=CertificateWord.values)),
        ]

    def __str__(self):
        return f"Thông tin văn bản của {self.plan}"


class Certificate(models.Model):
    """The code under which everybody may look up that an award was given. What it says is read from the award."""

    award = models.OneToOneField("awards.Award", models.PROTECT, verbose_name="khen thưởng", related_name="certificate")
    code = models.CharField("mã xác nhận", max_length=CODE_LENGTH, unique=True, default=new_code)
    issued_at = models.DateTimeField("cấp lúc")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận khen thưởng"
        verbose_name_plural = "giấy chứng nhận khen thưởng"

    def __str__(self):
        return f"{self.shown_code}: {self.award}"

    @property
    def shown_code(self):
        return shown(self.code)
