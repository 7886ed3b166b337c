"""Complaints about content or result, disputes over authorship: an open one holds its initiative back at once (R13)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.findings import checked_reason
from awards.models import Award, Complaint, ComplaintState
from config import clock
from initiatives.changing import locked as locked_initiative
from record.writing import write


@transaction.atomic
def receive(complaint, *, by):
    """Store a complaint that came in and hold its initiative. Awards already published stay until corrected."""
    locked_initiative(complaint.initiative)
    complaint.state = ComplaintState.OPEN
    complaint.save()
    write(
        complaint,
        "received",
        by=by,
        after={"initiative": complaint.initiative_id, "kind": complaint.kind, "received_on": complaint.received_on},
        is_first=True,
    )
    write(complaint.initiative, "held", by=by, after={"complaint": complaint.pk})
    return complaint


@transaction.atomic
def conclude(complaint, state, outcome, *, by):
    """Close a complaint: DISMISSED releases the initiative, UPHELD excludes it (`chosen`: take it back first)."""
    outcome = checked_reason(outcome)
    initiative = locked_initiative(complaint.initiative)
    complaint = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    if complaint.state != ComplaintState.OPEN:
        raise ValidationError("Đơn này đã được giải quyết.", code="already_concluded")
    chosen = Award.objects.standing().filter(entry__initiative=initiative, plan__publication=None)
    if state == ComplaintState.UPHELD and chosen.exists():
        raise ValidationError("Sáng kiến đang được chọn. Hãy bỏ chọn trước khi kết luận đơn có căn cứ.", code="chosen")
    complaint.state, complaint.outcome, complaint.closed_at = state, outcome, clock.now()
    complaint.save(update_fields=["state", "outcome", "closed_at"])
    write(complaint, "concluded", by=by, before={"state": "OPEN"}, after={"state": state}, reason=outcome)
    write(initiative, "released" if state == ComplaintState.DISMISSED else "excluded", by=by)
    return complaint
