"""What a plan's papers say beside their lists: the letterhead of its union, and what is given."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.models import CertificateWord, PaperSettings
from dossiers.letterhead import keep_profile
from dossiers.models import Plan
from record.writing import write


def certificate_of(plan):
    """Return what a plan gives, a value of CertificateWord."""
    kept = PaperSettings.objects.filter(plan=plan).first()
    return kept.certificate if kept else CertificateWord.PRAISE.value


@transaction.atomic
def keep_settings(plan, profile, certificate, *, by, version, given):
    """Keep the letterhead (a dict with the names of PROFILE_FIELDS) and what is given. Refuses (`stale`) to overwrite.

    `version` is that of the letterhead which the page showed, `given` what it said is given.
    """
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("union").get(pk=plan.pk)
    before = certificate_of(plan)
    if before != given:
        raise ValidationError(
            "Một người khác vừa thay đổi các thông tin này. Hãy xem lại rồi bấm lưu lần nữa.", code="stale"
        )
    keep_profile(plan.union, profile, by=by, version=version)
    if certificate != before:
        PaperSettings.objects.update_or_create(plan=plan, defaults={"certificate": certificate})
        write(plan, "certificate_named", by=by, before={"certificate": before}, after={"certificate": certificate})
