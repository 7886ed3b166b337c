"""What is known of texts that are alike: prints by which they are found, and the pairs with what people said of them.

The prints are an index that can be made anew at any time; only what people said is a fact of its own, and on record.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from config.fields import TextField
from initiatives.copies import ALIKE_PERCENT
from initiatives.limits import REASON_LIMIT


class Signature(models.Model):
    """That an initiative's text was looked at, in which version and by which method; its runs, to compare it by.

    UNPAIRED stands for a version where the prints are stored and nobody has looked for pairs yet.
    """

    UNPAIRED = 0

    initiative = models.OneToOneField(
        "initiatives.Initiative", models.PROTECT, primary_key=True, related_name="signature", db_constraint=False
    )
    version = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    digest = models.BinaryField(max_length=16)
    runs = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "dấu của nội dung"
        verbose_name_plural = "dấu của nội dung"

    def __str__(self):
        return f"dấu của sáng kiến {self.initiative_id}"


class Fingerprint(models.Model):
    """One print of one text. The key is the only index: who looks for a print finds the earliest that have it.

    There are twenty times as many as initiatives: four bytes for each of the two, not eight, save a quarter of it.
    """

    pk = models.CompositePrimaryKey("number", "initiative_id")
    number = models.IntegerField()
    initiative_id = models.IntegerField("sáng kiến")

    class Meta:
        verbose_name = "dấu của một đoạn"
        verbose_name_plural = "dấu của các đoạn"

    def __str__(self):
        return f"{self.number} của sáng kiến {self.initiative_id}"


class Sweep(models.Model):
    """How far the record was followed; who signs holds its lock, so that of two copies the second finds the first."""

    last_event = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "lượt tìm nội dung giống nhau"
        verbose_name_plural = "lượt tìm nội dung giống nhau"

    def __str__(self):
        return f"tới sự kiện {self.last_event}"


class Said(models.TextChoices):
    NOTHING = "", "Chưa ai xem xét"
    BY_UNION = "UNION", "Công đoàn: không phải sao chép"
    BY_BOARD = "BOARD", "Hội đồng: không phải sao chép"


UNSAID = Q(percent__gte=ALIKE_PERCENT, said="")


class ResemblanceQuerySet(models.QuerySet):
    def standing(self):
        """Alike as both texts are now, and neither withdrawn nor its author forgotten."""
        alike = self.filter(percent__gte=ALIKE_PERCENT)
        for side in ("earlier", "later"):
            alike = alike.filter(**{f"{side}__anonymised_at": None}).exclude(**{f"{side}__status": "WITHDRAWN"})
        return alike

    def unsaid(self):
        """Alike, and nobody has looked at it yet: what union staff are to look at."""
        return self.filter(UNSAID)

    def open_for_board(self):
        """Alike, and the board itself has not said that it is no copy, whatever a union said."""
        return self.filter(percent__gte=ALIKE_PERCENT).exclude(said=Said.BY_BOARD)

    def about(self, initiative):
        return self.filter(Q(earlier=initiative) | Q(later=initiative))

    def visible_to(self, user):
        """Who sees one of the two initiatives; what is shown of the other is the page's matter."""
        from initiatives.models import Initiative  # noqa: PLC0415 (models.py imports this file)

        seen = Initiative.objects.visible_to(user).order_by()
        return self.filter(Q(earlier__in=seen) | Q(later__in=seen))


class Resemblance(models.Model):
    """Two initiatives with text in common: which arrived earlier, how much, and what people said of it."""

    later = models.ForeignKey(
        "initiatives.Initiative",
        models.PROTECT,
        verbose_name="sáng kiến gửi sau",
        related_name="earlier_alike",
        db_index=False,
    )
    earlier = models.ForeignKey(
        "initiatives.Initiative", models.PROTECT, verbose_name="sáng kiến gửi trước", related_name="later_alike"
    )
    percent = models.PositiveSmallIntegerField("giống (%)")
    found_at = models.DateTimeField("thấy lúc")
    said = models.CharField("kết luận", max_length=5, choices=Said, default=Said.NOTHING, blank=True)
    reason = TextField("lý do", blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người kết luận", null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField("kết luận lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ResemblanceQuerySet.as_manager()

    class Meta:
        verbose_name = "hai sáng kiến giống nhau"
        verbose_name_plural = "các sáng kiến giống nhau"
        indexes = [models.Index(fields=["later"], condition=UNSAID, name="resemblance_unsaid")]
        constraints = [
            # Its index is also the one by which lists ask for what looks copied.
            models.UniqueConstraint(fields=["later", "earlier"], name="resemblance_once"),
            models.CheckConstraint(name="resemblance_of_two", condition=~Q(later=F("earlier"))),
            models.CheckConstraint(name="resemblance_in_percent", condition=Q(percent__lte=100)),
            models.CheckConstraint(name="resemblance_said_known", condition=Q(said__in=Said.values)),
            models.CheckConstraint(
                name="resemblance_reason_fits",
                condition=Q(reason__length__lte=REASON_LIMIT),
                violation_error_message=f"Lý do tối đa {REASON_LIMIT} ký tự.",
            ),
            models.CheckConstraint(
                name="resemblance_said_by_somebody",
                condition=Q(said="", reason="", said_by=None, said_at=None)
                | (~Q(said="") & ~Q(reason="") & Q(said_by__isnull=False, said_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.later.shown_code} giống {self.earlier.shown_code} {self.percent} %"
