"""What unions file: the dossiers of the unions below a top one, by its plan (plans.py)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse

from accounts.file_names import file_name
from accounts.models import Union
from config.fields import LineField, TextField
from dossiers.after_filing import PaperCopy, Remark, TakingBack
from dossiers.limits import AUTHORS_LIMIT, EFFECT_LIMIT, LINE_LIMIT, REASON_LIMIT, SUMMARY_LIMIT
from dossiers.marks import mark_of
from dossiers.papers import LetterTemplate, PaperKind, UnionProfile
from dossiers.plans import Extension, Plan, QuotaException
from dossiers.querysets import DossierQuerySet, EntryQuerySet
from dossiers.signed_letters import LetterFile, SignedLetter, letter_path
from initiatives.models import Block, Field, Initiative, says

__all__ = [
    "Dossier",
    "DossierEntry",
    "Extension",
    "Filing",
    "LetterFile",
    "LetterTemplate",
    "PaperCopy",
    "PaperKind",
    "Plan",
    "QuotaException",
    "Remark",
    "SignedLetter",
    "State",
    "TakingBack",
    "UnionProfile",
    "letter_path",  # a migration names it here
]

models.TextField.register_lookup(Length)

USER = settings.AUTH_USER_MODEL


class State(models.TextChoices):
    DRAFT = "DRAFT", "Đang chuẩn bị"
    FILED = "FILED", "Đã nộp"
    RETURNED = "RETURNED", "Trả lại để bổ sung"
    VALID = "VALID", "Hợp lệ"
    INVALID = "INVALID", "Không hợp lệ"


OPEN_STATES = [State.DRAFT, State.RETURNED]


class Dossier(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="dossiers")
    union = models.ForeignKey(Union, models.PROTECT, verbose_name="công đoàn", related_name="dossiers")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    state_reason = TextField("lý do của hội đồng", blank=True)
    letter_number = LineField("số tờ trình", max_length=50, blank=True)
    letter_date = models.DateField("ngày tờ trình", null=True, blank=True)
    signer = LineField("người ký", max_length=100, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        constraints = [
            models.UniqueConstraint(fields=["plan", "union"], name="dossier_one_for_a_union"),
            models.CheckConstraint(name="dossier_state_known", condition=Q(state__in=State.values)),
            says("dossier_reason_fits", Q(state_reason__length__lte=REASON_LIMIT), "Lý do quá dài."),
        ]

    def __str__(self):
        return f"Hồ sơ của {self.union}"

    def get_absolute_url(self):
        return reverse("dossier", args=[self.pk])

    @property
    def is_open(self):
        """Whether its union may still change it."""
        return self.state in OPEN_STATES

    @property
    def last_filing(self):
        return self.filings.order_by("-number").first()

    @property
    def current_letter(self):
        """The signed letter uploaded last; the ones it replaced are kept."""
        return self.letters.order_by("-pk").first()


class DossierEntry(models.Model):
    """An initiative put forward, with its summary for the table: copied, editable, and frozen by filing (R8).

    `rank` is both its order and its place in the quota: 1 up to the quota, each once in a dossier, empty when the entry
    was taken out. So the database itself refuses one entry too many.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, verbose_name="hồ sơ", related_name="entries")
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="entries")
    initiative = models.ForeignKey(Initiative, models.PROTECT, verbose_name="sáng kiến", related_name="entries")
    rank = models.PositiveSmallIntegerField("thứ tự", null=True, blank=True)

    authors = TextField("họ tên tác giả", blank=True)
    birth_years = LineField("năm sinh", max_length=LINE_LIMIT, blank=True)
    position = TextField("chức vụ và đơn vị công tác", blank=True)
    block = models.CharField("khối", max_length=20, choices=Block)
    title = LineField("tên sáng kiến", max_length=LINE_LIMIT, blank=True)
    field = models.CharField("lĩnh vực", max_length=20, choices=Field)
    summary = TextField("tóm tắt nội dung", blank=True)
    practised = LineField("thời gian áp dụng", max_length=LINE_LIMIT, blank=True)
    effect = TextField("hiệu quả và giá trị làm lợi", blank=True)

    added_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người đưa vào", related_name="+")
    added_at = models.DateTimeField("đưa vào lúc")
    removed_at = models.DateTimeField("bỏ ra lúc", null=True, blank=True)
    removal_reason = TextField("lý do bỏ ra", blank=True)
    rewordings = models.PositiveSmallIntegerField("số lần sửa sau công bố", default=0, editable=False)

    objects = EntryQuerySet.as_manager()

    PERSONAL_FIELDS = frozenset({"authors", "birth_years", "position"})

    class Meta:
        verbose_name = "sáng kiến đề nghị"
        verbose_name_plural = "sáng kiến đề nghị"
        ordering = ["dossier", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rank"], name="entry_rank_taken_once"),
            models.UniqueConstraint(
                fields=["plan", "initiative"], condition=Q(removed_at=None), name="entry_in_one_dossier"
            ),
            models.CheckConstraint(name="entry_rank_from_one", condition=Q(rank=None) | Q(rank__gte=1)),
            models.CheckConstraint(
                name="entry_has_a_rank_until_removed",
                condition=Q(rank__isnull=False, removed_at=None) | Q(rank=None, removed_at__isnull=False),
            ),
            says(
                "entry_summary_fits",
                Q(summary__length__lte=SUMMARY_LIMIT, effect__length__lte=EFFECT_LIMIT),
                f"Phần tóm tắt và phần hiệu quả tối đa {SUMMARY_LIMIT} ký tự.",
            ),
            says(
                "entry_authors_fit",
                Q(authors__length__lte=AUTHORS_LIMIT, position__length__lte=AUTHORS_LIMIT),
                f"Phần tác giả và phần chức vụ tối đa {AUTHORS_LIMIT} ký tự.",
            ),
        ]

    def __str__(self):
        return f"{self.initiative.shown_code} {self.title}"

    @property
    def anchor(self):
        """Where it stands on its dossier's page."""
        return f"muc-{self.pk}"


def table_path(filing, filename):
    return f"tables/{uuid.uuid4().hex}.xlsx"


class Filing(models.Model):
    """One filing of a dossier: a snapshot that later edits do not change (R8). Filing again makes a new one."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, verbose_name="hồ sơ", related_name="filings")
    number = models.PositiveSmallIntegerField("lần")
    arrived_at = models.DateTimeField("nộp lúc")
    deadline = models.DateTimeField("hạn nộp khi đó")
    filed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người nộp", related_name="+")
    letter = models.ForeignKey(SignedLetter, models.PROTECT, verbose_name="tờ trình", related_name="+")
    table = models.FileField("bảng tổng hợp", upload_to=table_path, max_length=200)
    content = models.JSONField("nội dung")
    sha256 = models.CharField("dấu SHA-256 của nội dung", max_length=64)

    class Meta:
        verbose_name = "lần nộp"
        verbose_name_plural = "lần nộp"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="filing_numbered_once"),
            says("filing_on_time", Q(arrived_at__lt=F("deadline")), "Hồ sơ nộp quá hạn."),
        ]

    def __str__(self):
        return f"{self.dossier}, lần {self.number}"

    def get_absolute_url(self):
        return reverse("filing_receipt", args=[self.dossier_id, self.number])

    @property
    def table_name(self):
        return file_name("bang-tong-hop", self.dossier.union, self.number, extension="xlsx")

    @property
    def mark(self):
        """The mark that its papers carry; the same as that of the dossier's table when it was filed."""
        return mark_of(self.content)

    @property
    def receipt_number(self):
        return f"HS-{self.dossier_id:05d}-{self.number}"

    @property
    def paper_copy(self):
        """The note of when its paper arrived; None while it has not."""
        return self.paper_copies.select_related("noted_by").last()
