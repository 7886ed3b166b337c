"""File a dossier: on time (R11), complete (R12), as a snapshot (R8), within the quota (R10)."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localtime

from accounts.models import Role, User
from config import clock
from dossiers.checklist import missing
from dossiers.editing import refuse_stale
from dossiers.limits import MAIL_FILES_LIMIT
from dossiers.models import Filing, Plan, State
from dossiers.quota import lock, refuse_unless_eligible, refuse_unless_open, release_fallen
from dossiers.summary_table import table_content
from dossiers.table_file import write_table
from outbox.posting import post
from record.models import canonical
from record.writing import write


def refuse_unless_on_time(dossier, arrived_at):
    deadline = dossier.plan.deadline_of(dossier.union)
    if arrived_at >= deadline:
        raise ValidationError(
            "Đã quá hạn nộp hồ sơ. Muốn nộp muộn phải được Ban Chính sách pháp luật gia hạn bằng văn bản.", code="late"
        )
    return deadline


def refuse_unless_issued(plan):
    if not plan.is_issued:
        raise ValidationError(
            f"Kế hoạch của {plan.union} chưa ghi số và ngày ban hành nên chưa nhận hồ sơ. Hãy hỏi {plan.union}.",
            code="plan_not_issued",
        )


def refuse_stale_filing(filing, seen):
    if filing is None or filing.number != seen:
        raise ValidationError("Hồ sơ vừa được nộp lại hoặc rút lại. Hãy xem lại trang này.", code="stale")


def file_dossier(dossier, *, by, arrived_at, version=None):
    """File a dossier and return the Filing, a snapshot that nothing changes afterwards.

    `version` is that of the dossier that its person has looked at last, where a page showed it. Raises ValidationError:
    `dossier_closed`, `late`, `quota_exceeded`, `stale`, or one error for each thing that is missing.
    """
    filing = Filing(arrived_at=arrived_at, filed_by=by)
    try:
        with transaction.atomic():
            # The plan first: its numbers stand still while they are compared, and freeze with this filing (R16).
            Plan.objects.select_for_update(no_key=True).get(pk=dossier.plan_id)
            return file_locked(lock(dossier), filing, by=by, version=version)
    except BaseException:
        if filing.table:
            filing.table.storage.delete(filing.table.name)
        raise


def file_locked(dossier, filing, *, by, version):
    refuse_unless_open(dossier)
    refuse_unless_issued(dossier.plan)
    filing.deadline = refuse_unless_on_time(dossier, filing.arrived_at)
    release_fallen(dossier, by=by)
    entries = list(dossier.entries.standing().select_related("initiative"))
    if lacks := missing(dossier):
        raise ValidationError([ValidationError(lack.sentence, code=lack.code) for lack in lacks])
    for entry in entries:
        refuse_unless_eligible(entry.initiative, dossier)
    if version is not None:
        refuse_stale(dossier, version)
    last = dossier.last_filing
    filing.dossier = dossier
    filing.number = last.number + 1 if last else 1
    filing.letter = dossier.current_letter
    filing.content = content_of(dossier, entries, filing.letter)
    filing.sha256 = hashlib.sha256(canonical(filing.content)).hexdigest()
    filing.table.save("table", ContentFile(write_table(dossier, entries)), save=False)
    filing.save()
    before = dossier.state
    dossier.state, dossier.state_reason = State.FILED, ""
    dossier.version += 1
    dossier.save(update_fields=["state", "state_reason", "version"])
    Plan.objects.filter(pk=dossier.plan_id, frozen_at=None).update(frozen_at=clock.now())
    write(
        dossier,
        "filed",
        by=by,
        before={"state": before},
        after={"state": State.FILED, "filing": filing.number, "sha256": filing.sha256, "arrived_at": filing.arrived_at},
    )
    send_copies(dossier, filing, by)
    return filing


def content_of(dossier, entries, letter):
    """Return everything that a filing says, as one JSON value: what the digest is of."""
    return {
        "union": dossier.union.code,
        "plan": dossier.plan.number,
        "letter": {
            "number": dossier.letter_number,
            "date": dossier.letter_date.isoformat(),
            "signer": dossier.signer,
            "sha256": letter.sha256,
        },
        **table_content(entries),
    }


def send_copies(dossier, filing, by):
    """Write the letters of a filing: dossier to the plan's mailbox when it has one, a receipt to the union."""
    subject = f"Hồ sơ sáng kiến của {dossier.union} – {filing.receipt_number}"
    facts = (
        f"Đơn vị: {dossier.union}\nKế hoạch: {dossier.plan.number}\nSố biên nhận: {filing.receipt_number}\n"
        f"Nộp lúc: {shown_moment(filing.arrived_at)}\nSố sáng kiến: {len(filing.content['entries'])}\n"
        f"Tờ trình số: {dossier.letter_number}\nDấu SHA-256 của hồ sơ: {filing.sha256}\n"
    )
    about = filing.receipt_number
    files = list(filing.letter.files.select_related("letter__dossier__union"))
    attached = [(file.download_name, file.file.name) for file in files]
    if sum(file.size for file in files) > MAIL_FILES_LIMIT:
        attached = []
        facts += "Tờ trình đã ký quá nặng để gửi kèm thư: hãy tải về từ trang của hồ sơ.\n"
    attached.append((filing.table_name, filing.table.name))
    if dossier.plan.mailbox:
        post("dossier_filed", about, dossier.plan.mailbox, subject, facts, attached)
    text = f"Hồ sơ đã nộp thành công. Đây là biên nhận.\n\n{facts}"
    for address in sorted(addresses_of(dossier.union, by)):
        post("dossier_receipt", about, address, f"Biên nhận: {subject}", text)


def addresses_of(union, *more):
    """Return the e-mail addresses of a union's staff and of these people."""
    staff = User.objects.filter(memberships__union=union, memberships__role=Role.STAFF, is_active=True)
    return {address for address in [*staff.values_list("email", flat=True), *(user.email for user in more)] if address}


def shown_moment(moment):
    """Return an instant as letters write it."""
    return f"{localtime(moment):%H:%M:%S ngày %d/%m/%Y}"
