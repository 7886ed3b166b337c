"""What the board decides: findings on a dossier, complaints, places, and their publication."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from awards.archives_models import PlanArchive
from awards.honours_models import Honour, HonourDecision, Nominations
from awards.limits import COMPLAINT_LIMIT, CONTACT_LIMIT, REASON_LIMIT
from awards.querysets import AwardQuerySet, ComplaintQuerySet, FindingQuerySet, PublicationQuerySet
from config.fields import LineField, TextField
from dossiers.models import Dossier, DossierEntry, Filing, Plan
from initiatives.models import Initiative, says

__all__ = [
    "COMPUTED",
    "Award",
    "Complaint",
    "ComplaintKind",
    "ComplaintState",
    "Condition",
    "FiledDossier",
    "Finding",
    "Honour",
    "HonourDecision",
    "Kind",
    "Nominations",
    "PlanArchive",
    "Publication",
    "Selection",
]

models.TextField.register_lookup(Length)

USER = settings.AUTH_USER_MODEL


class Condition(models.TextChoices):
    """The four conditions of a valid dossier (R13)."""

    ON_TIME = "ON_TIME", "Nộp đúng hạn"
    COMPLETE = "COMPLETE", "Đủ văn bản, tài liệu"
    NO_COMPLAINT = "NO_COMPLAINT", "Không có khiếu nại về nội dung, kết quả"
    NO_DISPUTE = "NO_DISPUTE", "Không có tranh chấp quyền tác giả"


COMPUTED = {Condition.ON_TIME, Condition.COMPLETE}


class Finding(models.Model):
    """What was found on one condition of one filing; a later finding replaces an earlier one, which is kept."""

    filing = models.ForeignKey(Filing, models.PROTECT, verbose_name="lần nộp", related_name="findings")
    condition = models.CharField("điều kiện", max_length=20, choices=Condition)
    holds = models.BooleanField("đạt")
    reason = TextField("căn cứ")
    found_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người kết luận", related_name="+")
    found_at = models.DateTimeField("lúc")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="finding_condition_known", condition=Q(condition__in=Condition.values)),
            says("finding_has_a_reason", Q(reason__length__gte=1, reason__length__lte=REASON_LIMIT), "Hãy ghi căn cứ."),
        ]

    def __str__(self):
        return f"{self.get_condition_display()}: {'đạt' if self.holds else 'không đạt'}"


class ComplaintKind(models.TextChoices):
    CONTENT = "CONTENT", "Về nội dung"
    RESULT = "RESULT", "Về kết quả"
    AUTHORSHIP = "AUTHORSHIP", "Tranh chấp quyền tác giả"


class ComplaintState(models.TextChoices):
    OPEN = "OPEN", "Đang xem xét"
    DISMISSED = "DISMISSED", "Không có căn cứ"
    UPHELD = "UPHELD", "Có căn cứ"


class Complaint(models.Model):
    """Holds an initiative back while it is open, and for good when it is upheld (R13, R14)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, verbose_name="sáng kiến", related_name="complaints")
    kind = models.CharField("loại", max_length=10, choices=ComplaintKind)
    text = TextField("nội dung đơn")
    complainant = LineField("người gửi đơn", max_length=CONTACT_LIMIT)
    contact = LineField("liên hệ", max_length=CONTACT_LIMIT, blank=True)
    received_on = models.DateField("ngày nhận đơn")
    state = models.CharField("trạng thái", max_length=10, choices=ComplaintState, default=ComplaintState.OPEN)
    outcome = TextField("kết luận", blank=True)
    closed_at = models.DateTimeField("giải quyết lúc", null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"complainant", "contact"})

    class Meta:
        verbose_name = "đơn khiếu nại, tranh chấp"
        verbose_name_plural = "đơn khiếu nại, tranh chấp"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="complaint_kind_known", condition=Q(kind__in=ComplaintKind.values)),
            says(
                "complaint_says_something",
                Q(text__length__gte=1, text__length__lte=COMPLAINT_LIMIT),
                f"Nội dung đơn từ 1 đến {COMPLAINT_LIMIT} ký tự.",
            ),
            says(
                "complaint_open_or_concluded",
                Q(state="OPEN", closed_at=None)
                | (Q(state__in=["DISMISSED", "UPHELD"], closed_at__isnull=False) & ~Q(outcome="")),
                "Hãy ghi kết luận khi giải quyết đơn.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.initiative.shown_code}"


class Kind(models.TextChoices):
    PROVINCE = "PROVINCE", "Khen thưởng cấp tỉnh, ngành"
    NATIONAL = "NATIONAL", "Đề nghị Tổng Liên đoàn biểu dương"


class Award(models.Model):
    """One entry on one numbered place. The places are the limit: there is no 31st (R15).

    `place` is empty once the award was taken back; the row stays.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="awards")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    entry = models.ForeignKey(DossierEntry, models.PROTECT, verbose_name="sáng kiến", related_name="awards")
    place = models.PositiveSmallIntegerField("suất", null=True)
    chosen_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người chọn", related_name="+")
    chosen_at = models.DateTimeField("lúc")
    taken_back_at = models.DateTimeField("bỏ chọn lúc", null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "place"], name="award_place_taken_once"),
            models.UniqueConstraint(fields=["kind", "entry"], condition=Q(taken_back_at=None), name="award_given_once"),
            models.CheckConstraint(name="award_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="award_has_a_place_until_taken_back",
                # Without `isnull` an empty place would be neither wrong nor right, which a database lets pass.
                condition=Q(place__isnull=False, place__gte=1, taken_back_at=None)
                | Q(place=None, taken_back_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.entry}"


class Publication(models.Model):
    """The one moment at which a plan's decisions become public (R17)."""

    plan = models.OneToOneField(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="publication")
    decision_number = LineField("số quyết định", max_length=50)
    decision_date = models.DateField("ngày quyết định")
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người công bố", related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "công bố"
        verbose_name_plural = "công bố"
        constraints = [says("publication_has_a_number", ~Q(decision_number=""), "Hãy ghi số quyết định.")]

    def __str__(self):
        return f"Quyết định {self.decision_number} ngày {self.decision_date:%d/%m/%Y}"


class Selection(Plan):
    """A plan as the board chooses from it: the selection page of the admin."""

    class Meta:
        proxy = True
        verbose_name = "xét chọn"
        verbose_name_plural = "xét chọn"


class FiledDossier(Dossier):
    """A dossier as the board judges it."""

    class Meta:
        proxy = True
        verbose_name = "hồ sơ đã nộp"
        verbose_name_plural = "hồ sơ đã nộp"
