"""What happens to a filing after it was filed: facts about it. They belong to models.py, which has them all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from config.fields import TextField
from dossiers.limits import REMARK_LIMIT
from initiatives.models import says

USER = settings.AUTH_USER_MODEL


class TakingBack(models.Model):
    """A filing that its union took back before the deadline, to correct it and file again (R11)."""

    filing = models.OneToOneField("Filing", models.PROTECT, verbose_name="lần nộp", related_name="taking_back")
    arrived_at = models.DateTimeField("rút lại lúc")
    deadline = models.DateTimeField("hạn nộp khi đó")
    taken_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người rút lại", related_name="+")

    class Meta:
        verbose_name = "lần rút lại"
        verbose_name_plural = "lần rút lại"
        constraints = [says("taking_back_in_time", Q(arrived_at__lt=F("deadline")), "Đã quá hạn, không rút lại được.")]

    def __str__(self):
        return f"{self.filing}: rút lại"


class Remark(models.Model):
    """What the board asks to be mended when it returns a filing: about one entry, or about the letter."""

    filing = models.ForeignKey("Filing", models.PROTECT, verbose_name="lần nộp", related_name="remarks")
    entry = models.ForeignKey(
        "DossierEntry", models.PROTECT, verbose_name="sáng kiến", related_name="remarks", null=True, blank=True
    )
    text = TextField("ý kiến")

    class Meta:
        verbose_name = "ý kiến của hội đồng"
        verbose_name_plural = "ý kiến của hội đồng"
        constraints = [
            says(
                "remark_says_something",
                Q(text__length__gte=1, text__length__lte=REMARK_LIMIT),
                f"Ý kiến từ 1 đến {REMARK_LIMIT} ký tự.",
            )
        ]

    def __str__(self):
        return self.text


class PaperCopy(models.Model):
    """When the paper of a filing reached the board; noted again where the first note was wrong: the last counts."""

    filing = models.ForeignKey("Filing", models.PROTECT, verbose_name="lần nộp", related_name="paper_copies")
    arrived_on = models.DateField("ngày nhận bản giấy")
    noted_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người ghi", related_name="+")
    noted_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "bản giấy"
        verbose_name_plural = "bản giấy"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.filing}: nhận bản giấy ngày {self.arrived_on:%d/%m/%Y}"
