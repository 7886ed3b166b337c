"""Keep the minutes of a council's meeting: who came, how it voted, what it concluded; closed, they never change."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.candidates import locked
from awards.listing import kept_list
from awards.models import Attendance, CouncilMember, Meeting, MinutesCorrection, Vote
from config import clock
from record.writing import changes, write

STALE = "Một người khác vừa sửa biên bản này. Hãy xem lại nội dung bên dưới rồi bấm lưu lần nữa."
DETAILS = ["held_at", "place", "chaired_by", "secretary", "quorum", "conclusion"]
COUNTS = ["in_favour", "against", "abstained"]


@transaction.atomic
def open_minutes(plan, details, *, by):
    """Begin the minutes of a meeting (a dict with the names of DETAILS): all who sit in the council are to be noted."""
    plan = locked(plan)
    meeting = Meeting.objects.create(plan=plan, **details)
    for member in CouncilMember.objects.sitting().filter(plan=plan).in_order():
        Attendance.objects.create(meeting=meeting, member=member, is_present=False)
    write(meeting, "created", by=by, after=details | {"chaired_by": details["chaired_by"].pk}, is_first=True)
    return meeting


def lock_meeting(meeting, version):
    """Return the meeting afresh with its row locked, unless it was closed (`minutes_closed`) or changed (`stale`)."""
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if meeting.closed_at:
        raise ValidationError("Biên bản đã chốt, không sửa được nữa. Hãy ghi đính chính.", code="minutes_closed")
    if meeting.version != version:
        raise ValidationError(STALE, code="stale")
    return meeting


@transaction.atomic
def keep_minutes(meeting, details, attendance, votes, *, by, version):
    """Keep what the minutes say: DETAILS, {member: (is present, reason)}, {entry: counts in the order of COUNTS}.

    Raises ValidationError: `minutes_closed`, `stale`, `more_votes_than_present`.
    """
    meeting = lock_meeting(meeting, version)
    present = sum(is_present for is_present, _ in attendance.values())
    refuse_too_many_votes(votes, present)
    before, after = changes(meeting, {name: details[name] for name in DETAILS})
    for name in after:
        setattr(meeting, name, details[name])
    # Emptied first: neither those who came nor the votes are for a moment more than the other allows.
    meeting.votes.update(**dict.fromkeys(COUNTS, 0))
    for member, (is_present, reason) in attendance.items():
        values = {"is_present": is_present, "reason": "" if is_present else reason}
        Attendance.objects.update_or_create(meeting=meeting, member=member, defaults=values)
    for entry, counts in votes.items():
        Vote.objects.update_or_create(meeting=meeting, entry=entry, defaults=dict(zip(COUNTS, counts, strict=True)))
    meeting.version += 1
    meeting.save()
    after |= {"present": present, "votes": {entry.pk: list(counts) for entry, counts in votes.items() if any(counts)}}
    write(meeting, "changed", by=by, before=before, after=after)
    return meeting


def refuse_too_many_votes(votes, present):
    for entry, counts in votes.items():
        if sum(counts) > present:
            raise ValidationError(
                f"“{entry.title}”: {sum(counts)} phiếu, nhưng chỉ có {present} thành viên có mặt. Hãy xem lại.",
                code="more_votes_than_present",
            )


@transaction.atomic
def close_minutes(meeting, *, by, version):
    """Close the minutes for good, with the list as it stands.

    Raises ValidationError: `minutes_closed`, `stale`, `not_held_yet`, `conclusion_missing`, `nobody_present`,
    `chair_absent`.
    """
    meeting = lock_meeting(meeting, version)
    refuse_unless_whole(meeting)
    locked(meeting.plan)
    meeting.listed = kept_list(meeting.plan)
    meeting.closed_at, meeting.closed_by = clock.now(), by
    meeting.version += 1
    meeting.save()
    write(meeting, "minutes_closed", by=by, after={"entries": len(meeting.listed)})
    return meeting


def refuse_unless_whole(meeting):
    present = set(meeting.attendance.filter(is_present=True).values_list("member", flat=True))
    if meeting.held_at > clock.now():
        raise ValidationError("Cuộc họp chưa diễn ra. Hãy xem lại giờ, ngày họp.", code="not_held_yet")
    if not meeting.conclusion:
        raise ValidationError("Hãy ghi kết luận rồi lưu, trước khi chốt biên bản.", code="conclusion_missing")
    if not present:
        raise ValidationError("Chưa ghi thành viên nào có mặt.", code="nobody_present")
    if meeting.chaired_by_id not in present:
        raise ValidationError("Người chủ trì đang được ghi là vắng mặt. Hãy xem lại.", code="chair_absent")


@transaction.atomic
def correct_minutes(meeting, text, *, by):
    """Say what was wrong in closed minutes; they themselves stay as they are."""
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if not meeting.closed_at:
        raise ValidationError("Biên bản chưa chốt: hãy sửa ngay trong biên bản.", code="minutes_open")
    correction = MinutesCorrection.objects.create(meeting=meeting, text=text, made_by=by, made_at=clock.now())
    write(meeting, "minutes_corrected", by=by, after={"correction": correction.pk}, reason=text)
    return correction
