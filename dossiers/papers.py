"""What papers are made with: how a union writes itself on them, and the forms of them that a plan lays down.

These facts belong to models.py, which has them all.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Union
from config.fields import LineField
from dossiers.limits import ABBREVIATION_LIMIT, PAPER_LINE_LIMIT, PLACE_LIMIT, SIGNER_LIMIT
from dossiers.plans import Plan
from dossiers.querysets import OfPlanQuerySet, ProfileQuerySet
from initiatives.models import says

USER = settings.AUTH_USER_MODEL


class Committee(models.TextChoices):
    """On whose behalf a letter is signed: a small grassroots union has no standing committee."""

    STANDING = "STANDING", "Ban Thường vụ"
    EXECUTIVE = "EXECUTIVE", "Ban Chấp hành"


class SignerTitle(models.TextChoices):
    CHAIR = "CHAIR", "Chủ tịch"
    DEPUTY = "DEPUTY", "Phó Chủ tịch ký thay Chủ tịch (KT.)"


class UnionProfile(models.Model):
    """How a union writes itself on its papers. Without one, `letterhead.profile_of` derives it from the name."""

    union = models.OneToOneField(Union, models.PROTECT, verbose_name="công đoàn", related_name="paper_profile")
    parent_line = LineField("tên công đoàn cấp trên", max_length=PAPER_LINE_LIMIT)
    own_line = LineField("tên công đoàn ban hành", max_length=PAPER_LINE_LIMIT)
    abbreviation = LineField("chữ viết tắt sau số tờ trình", max_length=ABBREVIATION_LIMIT)
    place = LineField("địa danh", max_length=PLACE_LIMIT)
    committee = models.CharField("ký thay mặt", max_length=10, choices=Committee, default=Committee.STANDING)
    signer_title = models.CharField("chức vụ người ký", max_length=10, choices=SignerTitle, default=SignerTitle.CHAIR)
    signer = LineField("họ tên người ký", max_length=SIGNER_LIMIT, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin in trên văn bản"
        verbose_name_plural = "thông tin in trên văn bản"
        constraints = [
            says(
                "profile_lines_filled",
                ~Q(parent_line="") & ~Q(own_line="") & ~Q(abbreviation="") & ~Q(place=""),
                "Hãy ghi đủ tên công đoàn, chữ viết tắt và địa danh.",
            ),
            models.CheckConstraint(name="profile_committee_known", condition=Q(committee__in=Committee.values)),
            models.CheckConstraint(name="profile_title_known", condition=Q(signer_title__in=SignerTitle.values)),
            says(
                "profile_texts_fit",
                Q(
                    parent_line__length__lte=PAPER_LINE_LIMIT,
                    own_line__length__lte=PAPER_LINE_LIMIT,
                    abbreviation__length__lte=ABBREVIATION_LIMIT,
                    place__length__lte=PLACE_LIMIT,
                    signer__length__lte=SIGNER_LIMIT,
                ),
                "Nội dung in trên văn bản quá dài.",
            ),
        ]

    def __str__(self):
        return f"Thông tin in trên văn bản của {self.union}"


def template_path(template, filename):
    """Store under a random name: nothing of the uploaded name reaches the file system."""
    return f"letter-templates/{uuid.uuid4().hex}.docx"


class PaperKind(models.TextChoices):
    """Which paper a form is of; the names that each fills in: paper_forms.py."""

    PROPOSAL = "PROPOSAL", "Tờ trình của đơn vị"
    MINUTES = "MINUTES", "Biên bản họp xét chọn"
    DECISION = "DECISION", "Quyết định khen thưởng"
    NOMINATION = "NOMINATION", "Tờ trình đề nghị biểu dương"


class LetterTemplate(models.Model):
    """The form of a paper, laid down for a plan; the last one of a kind counts, those before are kept."""

    kind = models.CharField("loại văn bản", max_length=10, choices=PaperKind, default=PaperKind.PROPOSAL)
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="kế hoạch", related_name="letter_templates")
    file = models.FileField("tệp mẫu", upload_to=template_path, max_length=200)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("dấu SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người tải lên", related_name="+")
    uploaded_at = models.DateTimeField("tải lên lúc")

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        constraints = [
            models.CheckConstraint(name="letter_template_kind_known", condition=Q(kind__in=PaperKind.values))
        ]

    def __str__(self):
        return f"Mẫu số {self.pk} ({self.get_kind_display().lower()}) của {self.plan.union}"

    @property
    def download_name(self):
        return f"mau-van-ban-{self.pk}.docx"
