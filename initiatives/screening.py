"""A union checks that an initiative meets the rules: accepts it, or rejects it with a reason its author sees."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config.text import clean, dotted, says_something
from initiatives.changing import locked, refuse_once_decided
from initiatives.limits import REASON_LIMIT
from initiatives.models import Status
from record.writing import write


def accept(initiative, *, by, version):
    """Let an initiative enter a dossier (R14)."""
    return decide(initiative, Status.ACCEPTED, "", by=by, version=version)


def reject(initiative, reason, *, by, version):
    """Refuse an initiative; `reason_missing` and `reason_too_long` tell what the reason lacks."""
    reason = clean(reason)
    if not says_something(reason):
        raise ValidationError("Hãy ghi lý do: tác giả sẽ đọc được.", code="reason_missing")
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            f"Lý do dài {dotted(len(reason))}/{REASON_LIMIT} ký tự. Hãy viết ngắn hơn.", code="reason_too_long"
        )
    return decide(initiative, Status.REJECTED, reason, by=by, version=version)


@transaction.atomic
def decide(initiative, status, reason, *, by, version):
    initiative = locked(initiative)
    if initiative.status == Status.WITHDRAWN:
        raise ValidationError("Tác giả đã rút sáng kiến này.", code="withdrawn")
    refuse_once_decided(initiative)
    if initiative.version != version:
        raise ValidationError(
            "Sáng kiến vừa được tác giả hoặc người khác thay đổi. Hãy đọc lại rồi quyết định.", code="stale"
        )
    before = {"status": initiative.status, "status_reason": initiative.status_reason}
    initiative.status, initiative.status_reason = status, reason
    initiative.version += 1
    initiative.save(update_fields=["status", "status_reason", "version"])
    deed = "accepted" if status == Status.ACCEPTED else "rejected"
    write(initiative, deed, by=by, before=before, after={"status": status}, reason=reason)
    return initiative
