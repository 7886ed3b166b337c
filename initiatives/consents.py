"""What people consented to: the text of each version, kept from the first initiative that carries it (R19)."""

from django.core.exceptions import ValidationError
from django.db import models

from config.fields import LineField, TextField


class ConsentText(models.Model):
    """The text of one version. It never changes: years later it tells what was consented to."""

    campaign = models.ForeignKey(
        "initiatives.Campaign", models.PROTECT, verbose_name="chương trình", related_name="consent_texts"
    )
    version = LineField("phiên bản lời đồng ý", max_length=20)
    text = TextField("lời đồng ý")

    class Meta:
        verbose_name = "lời đồng ý"
        verbose_name_plural = "lời đồng ý"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "version"], name="consent_text_one_for_a_version"),
        ]

    def __str__(self):
        return f"{self.campaign}, phiên bản {self.version}"


def keep_consent_text(campaign):
    """Keep the text of the campaign's version when it is consented to for the first time."""
    if getattr(campaign, "is_consent_kept", False):  # it was looked up with the campaign
        return
    if campaign.consent_texts.filter(version=campaign.consent_version).exists():
        return
    # Locked: nobody changes the text between here and the commit, while its version still seems unused.
    current = type(campaign).objects.select_for_update(no_key=True).get(pk=campaign.pk)
    shown = current if current.consent_version == campaign.consent_version else campaign
    campaign.consent_texts.get_or_create(version=campaign.consent_version, defaults={"text": shown.consent_text})


def refuse_reworded(campaign, version, text):
    """Refuse another text for a version to which somebody consented (R19)."""
    if campaign.consent_texts.filter(version=version).exclude(text=text).exists():
        raise ValidationError(
            f"Đã có người đồng ý với lời của phiên bản “{version}”. Muốn đổi lời, hãy ghi một phiên bản mới.",
            code="consent_text_fixed",
        )
