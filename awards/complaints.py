"""Complaints about content or result, disputes over authorship: an open one holds its initiative back at once (R13)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from awards.findings import checked_reason
from awards.letters_about_complaints import (
    tell_cleared,
    tell_concluded,
    tell_considered,
    tell_excluded,
    tell_received,
)
from awards.limits import REPLY_LIMIT
from awards.models import Award, Complaint, ComplaintFile, ComplaintState, Hearing, Shortlist
from config import clock
from config.text import clean, dotted
from initiatives.changing import locked as locked_initiative
from initiatives.querysets import midnight_of
from record.writing import write


@transaction.atomic
def receive(complaint, *, by=None, by_name="", files=(), objection=None, arrived_at=None):
    """Store a complaint that came in and hold its initiative. Awards already published stay until corrected.

    `files` are rows of `attachments.stored_files`; `objection` is how it came over the public form. One that comes
    after the time for objections is taken, marked late.
    """
    initiative = locked_initiative(complaint.initiative)
    complaint.state = ComplaintState.OPEN
    complaint.is_late = comes_late(initiative, arrived_at or midnight_of(complaint.received_on))
    complaint.save()
    for file in files:
        file.complaint = complaint
    ComplaintFile.objects.bulk_create(files)
    if objection:
        objection.complaint = complaint
        objection.save(force_insert=True)
    after = {"initiative": complaint.initiative_id, "kind": complaint.kind, "received_on": complaint.received_on}
    after |= {"came_by": complaint.came_by, "is_late": complaint.is_late, "files": [file.sha256 for file in files]}
    write(complaint, "received", by=by, by_name=by_name, after=after, is_first=True)
    write(initiative, "held", by=by, by_name=by_name, after={"complaint": complaint.pk})
    tell_received(complaint)
    return complaint


def comes_late(initiative, moment):
    """Whether the time for objections, if there was one, is over at this moment."""
    closes_at = Shortlist.objects.of_plan_of(initiative).aggregate(last=Max("closes_at"))["last"]
    return closes_at is not None and moment >= closes_at


def locked_open(complaint):
    """Return the initiative and the complaint afresh, both locked; refuse one that was concluded."""
    initiative = locked_initiative(complaint.initiative)
    complaint = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    complaint.initiative = initiative
    if complaint.state != ComplaintState.OPEN:
        raise ValidationError("Đơn này đã được giải quyết.", code="already_concluded")
    return initiative, complaint


@transaction.atomic
def take_up(complaint, *, by):
    """Admit a complaint: its authors learn that something is being considered. Twice is once."""
    initiative, complaint = locked_open(complaint)
    if not complaint.is_taken_up:
        complaint.taken_up_at = clock.now()
        complaint.save(update_fields=["taken_up_at"])
        write(complaint, "taken_up", by=by)
        tell_considered(initiative, by=by)
    return complaint


@transaction.atomic
def hear(complaint, held_on, heard, said, *, by):
    """Write down whom the board heard, when, and what was said; it stays. Raises `date_in_future`, `not_taken_up`."""
    _, complaint = locked_open(complaint)
    if not complaint.is_taken_up:
        raise ValidationError("Hãy thụ lý đơn trước khi ghi buổi làm việc.", code="not_taken_up")
    if held_on > clock.today():
        raise ValidationError("Ngày làm việc chưa tới. Hãy xem lại.", code="date_in_future")
    hearing = Hearing.objects.create(
        complaint=complaint, held_on=held_on, heard=heard, said=said, recorded_by=by, recorded_at=clock.now()
    )
    write(complaint, "heard", by=by, after={"hearing": hearing.pk, "held_on": held_on})
    return hearing


@transaction.atomic
def conclude(complaint, state, outcome, *, by, reply=""):
    """Close a complaint: DISMISSED and UNADMITTED release the initiative, UPHELD excludes it.

    `reply` is what the complainant reads beside the conclusion. Raises ValidationError: `already_concluded`, `chosen`
    (take it back first), `taken_up` (admitted before, so it is heard and decided), and those of `checked_reason`.
    """
    outcome, reply = checked_reason(outcome), fitting(reply)
    initiative, complaint = locked_open(complaint)
    refuse_conclusion(complaint, initiative, state)
    complaint.state, complaint.outcome, complaint.reply, complaint.closed_at = state, outcome, reply, clock.now()
    complaint.save(update_fields=["state", "outcome", "reply", "closed_at"])
    after = {"state": state, "reply": reply} if reply else {"state": state}
    write(complaint, "concluded", by=by, before={"state": "OPEN"}, after=after, reason=outcome)
    if state == ComplaintState.UPHELD:
        tell_excluded(initiative, by=by)
    else:
        write(initiative, "released", by=by)
        tell_cleared(initiative, by=by)
    tell_concluded(complaint)
    return complaint


def refuse_conclusion(complaint, initiative, state):
    if state == ComplaintState.UNADMITTED and complaint.is_taken_up:
        raise ValidationError("Đơn đã được thụ lý. Hãy kết luận có hay không có căn cứ.", code="taken_up")
    chosen = Award.objects.standing().filter(entry__initiative=initiative, plan__publication=None)
    if state == ComplaintState.UPHELD and chosen.exists():
        raise ValidationError("Sáng kiến đang được chọn. Hãy bỏ chọn trước khi kết luận đơn có căn cứ.", code="chosen")


def fitting(reply):
    reply = clean(reply)
    if len(reply) > REPLY_LIMIT:
        raise ValidationError(
            f"Phần trả lời dài {dotted(len(reply))}/{dotted(REPLY_LIMIT)} ký tự. Hãy viết ngắn hơn.",
            code="reply_too_long",
        )
    return reply
