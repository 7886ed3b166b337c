"""Take an objection that anybody sends over the public form: one click, one complaint (R7, R13)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from awards.attachments import looked_into, refuse_too_many, stored_files
from awards.complaints import receive
from awards.limits import (
    OBJECTION_CONSENT,
    OBJECTION_FILES_FROM_ADDRESS,
    OBJECTIONS_FROM_ADDRESS,
    OBJECTIONS_OF_INITIATIVE,
    OBJECTIONS_OF_INITIATIVE_HERE,
)
from awards.models import CameBy, Complaint, Objection, Publication
from initiatives.changing import locked as locked_initiative
from initiatives.tallies import count, network_of

COMPLAINANT = "Người phản ánh"
# What people type; the rest of a complaint is the site's.
ANSWERS = ["kind", "text", "complainant", "contact"]


def object_to(entry, shortlist, submission_id, answers, files=(), *, address, arrived_at):
    """Store an objection to an entry of a published list and return its Objection; sent again it is the same one.

    `answers` maps the names of ANSWERS to clean values, `files` are open files. Raises ValidationError: `decided`,
    `already_sent` (this submission is stored with other content), `too_many`, and those of the files.
    """
    if stored := stored_as(submission_id):
        return same_or_refuse(stored, entry, answers)
    sender = network_of(address)
    refuse_decided(entry.initiative, shortlist)
    refuse_too_many(files)
    count_files(files, sender)
    try:
        with stored_files(looked_into(files)) as rows, transaction.atomic():
            return store(entry, shortlist, submission_id, answers, rows, sender, arrived_at)
    except IntegrityError:
        # Another request stored this submission a moment ago.
        if stored := stored_as(submission_id):
            return same_or_refuse(stored, entry, answers)
        raise


def stored_as(submission_id):
    found = Objection.objects.filter(submission_id=submission_id)
    return found.select_related("complaint", "shortlist__plan__campaign").first()


def same_or_refuse(stored, entry, answers):
    """Return the stored objection if it says this; otherwise say that this form has been used."""
    complaint = stored.complaint
    if complaint.initiative_id == entry.initiative_id and all(getattr(complaint, n) == answers[n] for n in ANSWERS):
        return stored
    raise ValidationError(
        "Phiếu này đã được gửi. Nếu đây là một phản ánh khác, hãy bấm gửi lần nữa.", code="already_sent"
    )


@transaction.atomic
def count_files(files, sender):
    """Looking into files is work: it is limited before it is done, and counts also when the rest is refused."""
    for _ in files:
        count(OBJECTION_FILES_FROM_ADDRESS, sender)


def store(entry, shortlist, submission_id, answers, files, sender, arrived_at):
    initiative = locked_initiative(entry.initiative)
    refuse_decided(initiative, shortlist)
    count(OBJECTIONS_OF_INITIATIVE_HERE, f"{initiative.pk} {sender}")
    count(OBJECTIONS_OF_INITIATIVE, initiative.pk)
    # The address comes last: its row is shared by a whole factory and is held the shortest time.
    count(OBJECTIONS_FROM_ADDRESS, sender)
    received_on = localdate(arrived_at)
    complaint = Complaint(initiative=initiative, came_by=CameBy.WEB, received_on=received_on, **answers)
    objection = Objection(
        shortlist=shortlist, submission_id=submission_id, consent_version=OBJECTION_CONSENT, arrived_at=arrived_at
    )
    receive(complaint, by_name=COMPLAINANT, files=files, objection=objection, arrived_at=arrived_at)
    return objection


def refuse_decided(initiative, shortlist):
    """Refuse what comes after the decisions were published: then nothing is held any more (R17).

    What stood on the list once and was not decided about, its dossier being no longer valid, is refused as well.
    """
    if initiative.decided_at or Publication.objects.filter(plan=shortlist.plan_id).exists():
        raise ValidationError(
            "Kết quả xét chọn đã được công bố nên trang này không nhận phản ánh nữa. Nội dung bạn đã ghi vẫn còn ở "
            "bên dưới: hãy chép lại và gửi đơn đến công đoàn.",
            code="decided",
        )
