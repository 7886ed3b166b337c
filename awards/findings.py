"""Judge a filed dossier by the four conditions of R13: each found apart, with who, when and why."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from awards.limits import REASON_LIMIT
from awards.models import COMPUTED, Complaint, ComplaintKind, Condition, Finding, Publication
from config import clock
from config.templatetags.moments import until
from config.text import clean, dotted, says_something
from dossiers.models import Remark, State
from dossiers.quota import lock
from dossiers.summary_table import COLUMNS
from record.writing import write

COMPLAINTS_ON = {
    Condition.NO_COMPLAINT: [ComplaintKind.CONTENT, ComplaintKind.RESULT],
    Condition.NO_DISPUTE: [ComplaintKind.AUTHORSHIP],
}
STALE = "Đơn vị vừa nộp lại hồ sơ. Hãy đọc lần nộp mới rồi ghi kết luận."


@dataclass(frozen=True)
class Found:
    """How one condition of a filing stands: `holds` is None while nobody has said."""

    condition: Condition
    holds: bool | None
    reason: str
    by: str = ""
    at: datetime | None = None
    is_computed: bool = False


def stand_of(filing):
    """Return how the four conditions of a filing stand, in order: two computed, two as a person last found them."""
    return stands_of([filing])[filing.pk]


def stands_of(filings):
    """Return {key: how the four conditions stand} of several filings, with one query."""
    latest = Finding.objects.latest_of(filings)

    def stand(filing):
        found = latest.get(filing.pk, {})
        return [computed(filing, c) if c in COMPUTED else as_found(c, found.get(c)) for c in Condition]

    return {filing.pk: stand(filing) for filing in filings}


def computed(filing, condition):
    if condition == Condition.ON_TIME:
        holds = filing.arrived_at < filing.deadline
        reason = f"Nộp lúc {localtime(filing.arrived_at):%H:%M %d/%m/%Y}, hạn: {until(filing.deadline)}."
        return Found(condition, holds, reason, is_computed=True)
    rows = filing.content["entries"]
    holds = bool(rows) and all(len(row) == len(COLUMNS) and all(row) for row in rows)
    return Found(
        condition, holds, f"Có tờ trình đã ký; bảng tổng hợp {len(rows)} sáng kiến, đủ các cột.", is_computed=True
    )


def as_found(condition, finding):
    if finding is None:
        return Found(condition, None, "")
    return Found(condition, finding.holds, finding.reason, str(finding.found_by), finding.found_at)


def checked_reason(reason):
    """Return a cleaned reason; `reason_missing` and `reason_too_long` tell what it lacks."""
    reason = clean(reason)
    if not says_something(reason):
        raise ValidationError("Hãy ghi lý do hoặc căn cứ.", code="reason_missing")
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            f"Lý do dài {dotted(len(reason))}/{dotted(REASON_LIMIT)} ký tự. Hãy viết ngắn hơn.", code="reason_too_long"
        )
    return reason


def lock_filed(dossier, states, seen=None):
    """Return the dossier locked, and its last filing; refuse one that is in none of these states.

    `seen` is the number of the filing that the person read: `stale` when the union has filed again since.
    """
    dossier = lock(dossier)
    if seen is not None and dossier.last_filing.number != seen:
        raise ValidationError(STALE, code="stale")
    if dossier.state not in states:
        raise ValidationError(
            f"Hồ sơ đang ở trạng thái “{dossier.get_state_display()}” nên không làm việc này được.", code="wrong_state"
        )
    if Publication.objects.filter(plan=dossier.plan).exists():
        raise ValidationError("Kết quả đã công bố, hồ sơ không thay đổi được nữa.", code="published")
    return dossier, dossier.last_filing


@transaction.atomic
def find(dossier, condition, holds, reason, *, by, seen=None):
    """Record what a person found on one of the two conditions that no machine can tell."""
    if condition in COMPUTED:
        raise ValidationError("Điều kiện này do hệ thống tính.", code="computed")
    reason = checked_reason(reason)
    dossier, filing = lock_filed(dossier, [State.FILED, State.VALID, State.INVALID], seen)
    finding = Finding.objects.create(
        filing=filing, condition=condition, holds=holds, reason=reason, found_by=by, found_at=clock.now()
    )
    write(dossier, "found", by=by, after={"condition": condition, "holds": holds}, reason=reason)
    return finding


def refuse_unless_may_be_valid(dossier, filing):
    """Refuse a dossier that is late, incomplete, not found on, or whose trouble holds no single entry (R13)."""
    for found in stand_of(filing):
        if found.holds is None:
            raise ValidationError(f"Chưa có kết luận: {found.condition.label.lower()}.", code="finding_missing")
        if found.holds:
            continue
        if found.is_computed:
            raise ValidationError(f"Không đạt: {found.condition.label.lower()}.", code="condition_fails")
        about = Complaint.objects.holding().filter(
            initiative__entries__in=dossier.entries.standing(), kind__in=COMPLAINTS_ON[found.condition]
        )
        if not about.exists():
            raise ValidationError(
                f"{found.condition.label}: kết luận “không đạt” nhưng chưa có đơn nào cho một sáng kiến cụ thể. "
                "Hãy nhập đơn để chỉ giữ lại sáng kiến đó.",
                code="complaint_missing",
            )


@transaction.atomic
def judge_valid(dossier, reason, *, by, seen=None):
    """Find a dossier valid: its entries without a complaint may be chosen (R13, R14)."""
    reason = checked_reason(reason)
    dossier, filing = lock_filed(dossier, [State.FILED, State.INVALID], seen)
    refuse_unless_may_be_valid(dossier, filing)
    keep_computed(filing, by)
    return change_state(dossier, State.VALID, reason, by=by)


@transaction.atomic
def judge_invalid(dossier, reason, *, by, seen=None):
    """Find a dossier invalid; refused while one of its entries is chosen."""
    reason = checked_reason(reason)
    dossier, filing = lock_filed(dossier, [State.FILED, State.VALID], seen)
    refuse_while_chosen(dossier)
    keep_computed(filing, by)
    return change_state(dossier, State.INVALID, reason, by=by)


@transaction.atomic
def return_for_correction(dossier, reason, *, by, seen=None, remarks=()):
    """Give a dossier back to its union, which may file again before the deadline.

    `remarks` are [(entry, None for the letter; text)]: what is to be mended where.
    """
    reason = checked_reason(reason)
    dossier, filing = lock_filed(dossier, [State.FILED, State.VALID, State.INVALID], seen)
    refuse_while_chosen(dossier)
    Remark.objects.bulk_create([Remark(filing=filing, entry=entry, text=text) for entry, text in remarks])
    return change_state(dossier, State.RETURNED, reason, by=by)


def refuse_while_chosen(dossier):
    if dossier.plan.awards.standing().filter(entry__dossier=dossier).exists():
        raise ValidationError("Hồ sơ có sáng kiến đang được chọn. Hãy bỏ chọn trước.", code="chosen")


def keep_computed(filing, by):
    """Write down the two computed conditions as they stood when the dossier was judged."""
    for condition in COMPUTED:
        found = computed(filing, condition)
        Finding.objects.create(
            filing=filing,
            condition=condition,
            holds=found.holds,
            reason=found.reason,
            found_by=by,
            found_at=clock.now(),
        )


def change_state(dossier, state, reason, *, by):
    before = {"state": dossier.state, "state_reason": dossier.state_reason}
    dossier.state, dossier.state_reason = state, reason
    dossier.version += 1
    dossier.save(update_fields=["state", "state_reason", "version"])
    write(dossier, f"judged_{state.lower()}", by=by, before=before, after={"state": state}, reason=reason)
    return dossier
