"""Take a filed dossier back before its deadline, to correct it and file again (R11)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from dossiers.filing import addresses_of, refuse_stale_filing, shown_moment
from dossiers.models import State, TakingBack
from dossiers.quota import lock
from outbox.posting import post
from record.writing import write


def refuse_unless_taken_back_in_time(dossier, arrived_at):
    """Return the deadline; refuse what the board has judged, and from the deadline on."""
    if dossier.state != State.FILED:
        raise ValidationError(
            f"Hồ sơ ở trạng thái “{dossier.get_state_display()}”, không rút lại được.", code="wrong_state"
        )
    deadline = dossier.plan.deadline_of(dossier.union)
    if arrived_at >= deadline:
        raise ValidationError("Đã hết hạn nộp nên không rút lại được nữa. Hồ sơ đã nộp vẫn được xét.", code="late")
    return deadline


def may_take_back(dossier, filing, arrived_at):
    """Whether this filing could be taken back now."""
    if dossier.last_filing != filing:
        return False
    try:
        refuse_unless_taken_back_in_time(dossier, arrived_at)
    except ValidationError:
        return False
    return True


@transaction.atomic
def take_back(dossier, *, by, arrived_at, seen):
    """Make a filed dossier a draft again and return it; the filing is kept. `seen` is the number of the filing.

    Raises ValidationError: `stale`, `wrong_state`, `late`.
    """
    dossier = lock(dossier)
    filing = dossier.last_filing
    refuse_stale_filing(filing, seen)
    deadline = refuse_unless_taken_back_in_time(dossier, arrived_at)
    TakingBack.objects.create(filing=filing, arrived_at=arrived_at, deadline=deadline, taken_by=by)
    dossier.state = State.DRAFT
    dossier.version += 1
    dossier.save(update_fields=["state", "version"])
    after = {"state": State.DRAFT, "filing": filing.number, "arrived_at": arrived_at}
    write(dossier, "filing_taken_back", by=by, before={"state": State.FILED}, after=after)
    tell(dossier, filing, by, arrived_at)
    return dossier


def tell(dossier, filing, by, arrived_at):
    subject = f"Rút lại hồ sơ sáng kiến của {dossier.union} – {filing.receipt_number}"
    text = (
        f"{by} đã rút lại hồ sơ {filing.receipt_number} của {dossier.union} lúc {shown_moment(arrived_at)} để sửa.\n"
        "Hồ sơ chỉ được xét khi đơn vị nộp lại trước hạn.\n"
    )
    for address in sorted({*addresses_of(dossier.union, by), dossier.plan.mailbox} - {""}):
        post("dossier_taken_back", filing.receipt_number, address, subject, text)
