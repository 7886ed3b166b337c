"""Give awards their certificates, once they are published."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.candidates import locked
from awards.models import Award, Certificate, Kind, Publication
from config import clock
from record.writing import write


@transaction.atomic
def issue(plan, *, by):
    """Give every award of a published plan that has none its certificate; return how many are new."""
    plan = locked(plan)
    if not Publication.objects.filter(plan=plan).exists():
        raise ValidationError("Chưa công bố nên chưa cấp bản chính.", code="not_published")
    awards = Award.objects.standing().filter(plan=plan, kind=Kind.PROVINCE, certificate=None).order_by("pk")
    certificates = [Certificate(award=award, issued_at=clock.now()) for award in awards]
    if certificates:
        Certificate.objects.bulk_create(certificates)
        write(plan, "certificates_issued", by=by, after={"awards": [one.award_id for one in certificates]})
    return len(certificates)
