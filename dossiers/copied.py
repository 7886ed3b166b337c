"""What is copied along with a plan (dossiers/copying.py)."""

from config import clock
from dossiers.models import LetterTemplate, QuotaException
from record.writing import write


def copy_quotas(plan, new, *, by):
    """Quotas by name are for unions right below the plan's: copied where these are the same (R10)."""
    if plan.union_id != new.union_id:
        return
    for exception in plan.quota_exceptions.filter(union__is_active=True, union__parent=new.union_id):
        QuotaException.objects.create(plan=new, union=exception.union, quota=exception.quota)
        write(new, "quota_set", by=by, after={"union": exception.union.code, "quota": exception.quota})


def copy_letter_template(plan, new, *, by):
    """The form of the letter that was laid down last; its file is never deleted, so both share it."""
    template = plan.letter_templates.order_by("pk").last()
    if template is None or plan.union_id != new.union_id:
        return
    copied = LetterTemplate.objects.create(
        plan=new,
        file=template.file.name,
        size=template.size,
        sha256=template.sha256,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    write(copied, "created", by=by, after={"plan": new.pk, "sha256": copied.sha256}, is_first=True)


PLAN_PARTS = [copy_quotas, copy_letter_template]
