"""The facts of asking for objections: the published list, what was sent in about it, who was heard.

They belong to models.py, which has them all.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.limits import HEARD_LIMIT, HEARING_LIMIT, REASON_LIMIT
from awards.querysets import ShortlistQuerySet
from config.fields import LineField, TextField
from dossiers.models import Plan
from dossiers.scanned_files import ScannedFile
from initiatives.codes import new_secret
from initiatives.models import says

USER = settings.AUTH_USER_MODEL


class Shortlist(models.Model):
    """A plan's candidates as they were published for objections. A corrected list is a new version; all stay.

    `content` is the frozen list: {"entries": [{"entry", "number", "title", "authors", "union", "field", "workplace"}]}.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="shortlists")
    version = models.PositiveSmallIntegerField("lần")
    reason = TextField("lý do đính chính", blank=True)
    content = models.JSONField("nội dung")
    sha256 = models.CharField("dấu SHA-256", max_length=64)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người công bố", related_name="+")
    closes_at = models.DateTimeField("hết thời gian lấy ý kiến")

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách lấy ý kiến"
        verbose_name_plural = "danh sách lấy ý kiến"
        ordering = ["plan", "version"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "version"], name="shortlist_numbered_once"),
            says(
                "shortlist_corrected_with_a_reason",
                Q(reason__length__lte=REASON_LIMIT) & (Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason=""))),
                "Hãy ghi lý do đính chính.",
            ),
            models.CheckConstraint(name="shortlist_open_for_a_time", condition=Q(closes_at__gt=F("published_at"))),
        ]

    def __str__(self):
        return f"Danh sách lấy ý kiến lần {self.version} của {self.plan.union}"

    def get_absolute_url(self):
        return reverse("shortlist", args=[self.plan.campaign.slug, self.plan.union.code])

    @property
    def entries(self):
        return self.content["entries"]

    @property
    def last_day(self):
        """The last day on which objections are in time: "hết ngày …"."""
        return self.closes_at - timedelta(microseconds=1)


class Objection(models.Model):
    """How a complaint came in over the public form: its one submission, and the link to follow it by."""

    complaint = models.OneToOneField("Complaint", models.PROTECT, verbose_name="đơn", related_name="objection")
    shortlist = models.ForeignKey(Shortlist, models.PROTECT, verbose_name="danh sách", related_name="objections")
    submission_id = models.UUIDField("số của phiếu gửi", unique=True)
    secret = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    consent_version = models.CharField("phiên bản lời đồng ý", max_length=20)
    arrived_at = models.DateTimeField("nhận lúc")

    class Meta:
        verbose_name = "phản ánh gửi qua trang web"
        verbose_name_plural = "phản ánh gửi qua trang web"
        constraints = [models.CheckConstraint(name="objection_consented", condition=~Q(consent_version=""))]

    def __str__(self):
        return f"{self.complaint} – {self.arrived_at:%d/%m/%Y}"

    @property
    def private_path(self):
        return reverse("objection_receipt", args=[self.shortlist.plan.campaign.slug, self.secret])


def complaint_path(complaint_file, filename):
    """Store under a random name: nothing of the uploaded name reaches the file system."""
    return f"complaints/{uuid.uuid4().hex}.{complaint_file.extension}"


class ComplaintFile(ScannedFile):
    """What was attached to a complaint: handed out to its board alone."""

    complaint = models.ForeignKey("Complaint", models.PROTECT, verbose_name="đơn", related_name="files")
    file = models.FileField("tệp", upload_to=complaint_path, max_length=200)

    class Meta:
        verbose_name = "tệp kèm đơn"
        verbose_name_plural = "tệp kèm đơn"
        ordering = ["complaint", "place"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "place"], name="complaint_file_placed_once"),
            models.CheckConstraint(
                name="complaint_file_known", condition=Q(place__gte=1, extension__in=["pdf", "jpg", "png"])
            ),
        ]

    def __str__(self):
        return self.download_name

    @property
    def download_name(self):
        return f"don-{self.complaint_id}-tep-{self.place}.{self.extension}"


class Hearing(models.Model):
    """Whom the board heard about a complaint, when, and what was said. What was written down stays."""

    complaint = models.ForeignKey("Complaint", models.PROTECT, verbose_name="đơn", related_name="hearings")
    held_on = models.DateField("ngày làm việc")
    heard = LineField("làm việc với ai", max_length=HEARD_LIMIT)
    said = TextField("nội dung trình bày")
    recorded_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người ghi", related_name="+")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "buổi làm việc"
        verbose_name_plural = "buổi làm việc"
        ordering = ["pk"]
        constraints = [
            says("hearing_names_somebody", ~Q(heard=""), "Hãy ghi đã làm việc với ai."),
            says(
                "hearing_says_something",
                Q(said__length__gte=1, said__length__lte=HEARING_LIMIT),
                f"Nội dung trình bày từ 1 đến {HEARING_LIMIT} ký tự.",
            ),
        ]

    def __str__(self):
        return f"{self.heard}, ngày {self.held_on:%d/%m/%Y}"


class Consultation(Plan):
    """A plan as its board asks for objections: the page of the admin."""

    class Meta:
        proxy = True
        verbose_name = "lấy ý kiến"
        verbose_name_plural = "lấy ý kiến"
