"""What changes a published decision, and nothing else does (R17). It belongs to models.py, which has them all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.kinds import Change, Kind
from awards.limits import REASON_LIMIT
from awards.querysets import AmendmentQuerySet
from config.fields import LineField, TextField
from dossiers.models import DossierEntry
from initiatives.models import says

FORGOTTEN_REASON = "không hiện nữa, vì thông tin cá nhân của tác giả đã được xóa."


class Amendment(models.Model):
    """One change to what was published: public with its reason, never itself changed.

    A place is taken back (REVOKED) or given (GRANTED) by a decision with number and date; REWORDED says that name,
    workplace or title were put right on the entry, whose record holds the words before and after.
    """

    publication = models.ForeignKey("Publication", models.PROTECT, verbose_name="công bố", related_name="amendments")
    entry = models.ForeignKey(DossierEntry, models.PROTECT, verbose_name="sáng kiến", related_name="amendments")
    change = models.CharField("việc", max_length=10, choices=Change)
    kind = models.CharField("loại", max_length=10, choices=Kind, blank=True)
    reason = TextField("lý do")
    decision_number = LineField("số quyết định", max_length=50, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người ghi", related_name="+")
    made_at = models.DateTimeField("lúc")

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "điều chỉnh sau công bố"
        verbose_name_plural = "điều chỉnh sau công bố"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="amendment_says_what_it_changes",
                condition=Q(change=Change.REWORDED, kind="")
                | Q(change__in=[Change.REVOKED, Change.GRANTED], kind__in=Kind.values),
            ),
            says(
                "amendment_has_a_reason", Q(reason__length__gte=1, reason__length__lte=REASON_LIMIT), "Hãy ghi lý do."
            ),
            says(
                "amendment_of_places_is_decided",
                Q(change=Change.REWORDED) | (~Q(decision_number="") & Q(decision_date__isnull=False)),
                "Hãy ghi số và ngày của quyết định điều chỉnh.",
            ),
        ]

    def __str__(self):
        what = f"{self.get_change_display()} {self.get_kind_display().lower()}".strip()
        return f"{what}: {self.entry}"

    @property
    def public_reason(self):
        """The reason as everybody reads it: it may name the author, who may have asked to be forgotten since (R19)."""
        return FORGOTTEN_REASON if self.entry.initiative.anonymised_at else self.reason

    @property
    def decision(self):
        """The decision behind it in words; empty where there was none."""
        if not self.decision_number:
            return ""
        return f"Quyết định {self.decision_number} ngày {self.decision_date:%d/%m/%Y}"
