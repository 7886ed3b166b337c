"""What the board decides: findings on a dossier, complaints, places, and their publication."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from awards.amendment_models import Amendment
from awards.archives_models import PlanArchive
from awards.honours_models import Honour, HonourDecision, Nominations
from awards.kinds import Change, Kind
from awards.limits import COMPLAINT_LIMIT, CONTACT_LIMIT, REASON_LIMIT, REPLY_LIMIT
from awards.meeting_models import (
    Attendance,
    Certificate,
    CertificateWord,
    Meeting,
    MinutesCorrection,
    PaperSettings,
    Vote,
)
from awards.querysets import AwardQuerySet, ComplaintQuerySet, FindingQuerySet, PublicationQuerySet
from awards.scoring_models import (
    Band,
    Correction,
    CouncilMember,
    Criterion,
    Duty,
    Recusal,
    Score,
    ScoreSheet,
    Scoring,
    ScoringRules,
)
from awards.shortlist_models import ComplaintFile, Consultation, Hearing, Objection, Shortlist
from config.fields import LineField, TextField
from dossiers.models import Dossier, DossierEntry, Filing, Plan
from initiatives.models import Initiative, says

__all__ = [
    "COMPUTED",
    "Amendment",
    "Attendance",
    "Award",
    "Band",
    "CameBy",
    "Certificate",
    "CertificateWord",
    "Change",
    "Complaint",
    "ComplaintFile",
    "ComplaintKind",
    "ComplaintState",
    "Condition",
    "Consultation",
    "Correction",
    "CouncilMember",
    "Criterion",
    "Duty",
    "FiledDossier",
    "Finding",
    "Hearing",
    "Honour",
    "HonourDecision",
    "Kind",
    "Meeting",
    "MinutesCorrection",
    "Nominations",
    "Objection",
    "PaperSettings",
    "PlanArchive",
    "Publication",
    "Recusal",
    "Score",
    "ScoreSheet",
    "Scoring",
    "ScoringRules",
    "Selection",
    "Shortlist",
    "Vote",
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
    UNADMITTED = "UNADMITTED", "Không thụ lý"


class CameBy(models.TextChoices):
    WEB = "WEB", "Trang web"
    LETTER = "LETTER", "Đơn trên giấy"
    MAIL = "MAIL", "E-mail"
    PERSON = "PERSON", "Trực tiếp, điện thoại"


class Complaint(models.Model):
    """Holds an initiative back while it is open, and for good when it is upheld (R13, R14).

    The board takes it up and hears people, or does not admit it, which releases the initiative like a dismissal.
    """

    initiative = models.ForeignKey(Initiative, models.PROTECT, verbose_name="sáng kiến", related_name="complaints")
    kind = models.CharField("loại", max_length=10, choices=ComplaintKind)
    text = TextField("nội dung đơn")
    complainant = LineField("người gửi đơn", max_length=CONTACT_LIMIT)
    contact = LineField("liên hệ", max_length=CONTACT_LIMIT, blank=True)
    received_on = models.DateField("ngày nhận đơn")
    came_by = models.CharField("gửi bằng", max_length=6, choices=CameBy, default=CameBy.LETTER)
    is_late = models.BooleanField("sau thời gian lấy ý kiến", default=False, editable=False)
    taken_up_at = models.DateTimeField("thụ lý lúc", null=True, blank=True, editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=ComplaintState, default=ComplaintState.OPEN)
    outcome = TextField("kết luận", blank=True)
    reply = TextField("trả lời người gửi đơn", blank=True)
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
                | (Q(state__in=["DISMISSED", "UPHELD", "UNADMITTED"], closed_at__isnull=False) & ~Q(outcome="")),
                "Hãy ghi kết luận khi giải quyết đơn.",
            ),
            models.CheckConstraint(name="complaint_came_by_known", condition=Q(came_by__in=CameBy.values)),
            says(
                "complaint_texts_fit",
                Q(outcome__length__lte=REASON_LIMIT, reply__length__lte=REPLY_LIMIT),
                "Kết luận hoặc trả lời quá dài.",
            ),
            models.CheckConstraint(
                name="complaint_not_admitted_was_not_taken_up", condition=~Q(state="UNADMITTED") | Q(taken_up_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.initiative.shown_code}"

    @property
    def is_taken_up(self):
        return self.taken_up_at is not None

    @property
    def mailbox(self):
        """The e-mail address of who complained; empty when another contact was given."""
        try:
            validate_email(self.contact)
        except ValidationError:
            return ""
        return self.contact


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
    reason = TextField("lý do chọn", blank=True)
    taken_back_at = models.DateTimeField("bỏ chọn lúc", null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "place"], name="award_place_taken_once"),
            models.UniqueConstraint(fields=["kind", "entry"], condition=Q(taken_back_at=None), name="award_given_once"),
            models.CheckConstraint(name="award_kind_known", condition=Q(kind__in=Kind.values)),
            says("award_reason_fits", Q(reason__length__lte=REASON_LIMIT), "Lý do quá dài."),
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
