"""Take in initiatives that were collected on paper: upload a workbook, have it checked, confirm, store all or nothing.

The worker is the author; who confirmed is on the record. Reading and storing are tasks of the queue. Each may be run
again after a crash: it looks at the import's state under a lock, and storing is one transaction.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django_q.tasks import async_task

from config import clock
from config.text import clean_line
from initiatives import letters_to_authors
from initiatives.consents import keep_consent_text
from initiatives.import_checking import judge, mark_known
from initiatives.import_models import OVER, Import, ImportedRow, State
from initiatives.import_template import codes_of
from initiatives.limits import IMPORT_KEPT, IMPORT_LIMIT_MB, IMPORT_TRIES, IMPORTS_OF_PERSON, MOST_PROBLEMS
from initiatives.mapping import follow_aliases
from initiatives.models import Campaign, Initiative
from initiatives.sending import content_digest, new_initiative, refuse_unless_open, refuse_wrong
from initiatives.tallies import count
from record.writing import write, write_many

BATCH = 500
GAVE_UP = "Máy chủ đã thử nhiều lần mà chưa xong, và không lưu gì cả. Hãy tải tệp lên lại."
NAME_LIMIT = 100


def refuse_too_large(size):
    if size > IMPORT_LIMIT_MB * 1024 * 1024:
        raise ValidationError(
            f"Tệp nặng {size / 1024 / 1024:.1f} MB, tối đa {IMPORT_LIMIT_MB} MB. Hãy chia thành nhiều tệp.",
            code="too_large",
        )


def upload(union, campaign, file, *, by, arrived_at):
    """Keep an uploaded file (Django's) and have the queue check it; return the Import.

    Raises ValidationError: `closed`, `not_open_yet`, `empty`, `too_large`, `too_many`.
    """
    refuse_unless_open(campaign, arrived_at)
    refuse_too_large(file.size)
    content = file.read()
    if not content:
        raise ValidationError("Tệp trống. Hãy chọn tệp Excel đã điền.", code="empty")
    found = Import(
        campaign=campaign,
        union=union,
        by=by,
        uploaded_at=clock.now(),
        file_name=clean_line(file.name or "")[-NAME_LIMIT:] or "tệp",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    file.seek(0)
    try:
        with transaction.atomic():
            count(IMPORTS_OF_PERSON, by.pk)
            found.file.save("paper", file, save=False)
            found.save(force_insert=True)
            async_task("initiatives.importing.check", found.pk, save=False)
    except BaseException:
        if found.file:
            found.file.storage.delete(found.file.name)
        raise
    return found


def check(pk):
    """Judge an uploaded file for its preview. A task of the queue."""
    if found := taken_up(pk, State.UPLOADED):
        judged = judged_of(found)
        settle(found, State.UPLOADED, state_after(judged), **told(judged))


def state_after(judged):
    return State.REFUSED if judged.refusal or judged.problems else State.CHECKED


@transaction.atomic
def confirm(found, *, by, arrived_at):
    """Have the queue store a checked import; confirming twice stores once (R1, R7).

    Raises ValidationError: `closed`, `not_checked`, `nothing_new`.
    """
    found = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign").get(pk=found.pk)
    if found.state in (State.CONFIRMED, State.DONE):
        return
    if found.state != State.CHECKED or not found.file:
        raise ValidationError("Tệp này không còn chờ xác nhận. Hãy tải lên lại.", code="not_checked")
    if not found.new_rows:
        raise ValidationError("Mọi dòng trong tệp đều đã có, không có gì để lưu.", code="nothing_new")
    refuse_unless_open(found.campaign, arrived_at)
    found.state, found.confirmed_at, found.confirmed_by = State.CONFIRMED, arrived_at, by
    found.done_rows = found.tries = 0
    found.save(update_fields=["state", "confirmed_at", "confirmed_by", "done_rows", "tries"])
    async_task("initiatives.importing.store", found.pk, save=False)


def store(pk):
    """Judge a confirmed file again and store its new rows, all or none. A task of the queue."""
    found = taken_up(pk, State.CONFIRMED)
    if found is None:
        return
    judged = judged_of(found)
    if state_after(judged) == State.REFUSED:
        settle(found, State.CONFIRMED, State.REFUSED, **told(judged))
        return
    try:
        try:
            store_rows(found, judged)
        except IntegrityError:
            # One of the rows was stored a moment ago by somebody else: now it is known.
            store_rows(found, judged)
    except ValidationError as refusal:
        settle(found, State.CONFIRMED, State.FAILED, refusal=" ".join(refusal.messages))


def taken_up(pk, state):
    """Return the import if it is in this state, counting the try; one that was tried too often has failed."""
    with transaction.atomic():
        found = Import.objects.without_lists().select_for_update(no_key=True).filter(pk=pk, state=state).first()
        if found is None:
            return None
        found.tries += 1
        if found.tries > IMPORT_TRIES:
            found.state, found.refusal = State.FAILED, GAVE_UP
        found.save(update_fields=["tries", "state", "refusal"])
    return found if found.state == state else None


def judged_of(found):
    """Return what is Judged of an import's file, noting how far it is for whoever waits."""

    def progress(done, of):
        Import.objects.filter(pk=found.pk).update(done_rows=done, all_rows=of)

    with found.file.open("rb") as file:
        content = file.read()
    return judge(content, found.campaign, found.union, progress)


def settle(found, before, after, **values):
    """Note the outcome, unless another run of the same task has done so; what is over needs its file no more."""
    with transaction.atomic():
        is_mine = Import.objects.filter(pk=found.pk, state=before).update(state=after, **values)
        if is_mine and after in OVER:
            transaction.on_commit(lambda: found.file.storage.delete(found.file.name))


def told(judged):
    """Return the fields of an import that say what is Judged of its file."""
    return {
        "refusal": judged.refusal,
        "problem_count": len(judged.problems),
        "problems": [list(problem) for problem in judged.problems[:MOST_PROBLEMS]],
        "rows": [preview_of(row) for row in sorted(judged.rows, key=lambda row: (not row.known, row.number))],
        "all_rows": len(judged.rows) + len({problem[0] for problem in judged.problems}),
        "new_rows": len(judged.new),
        "known_rows": len(judged.rows) - len(judged.new),
        "unused": judged.unused,
    }


def preview_of(row):
    unit = row.answers["unit"]
    return [
        row.number,
        row.answers["full_name"],
        row.answers["title"],
        unit.name if unit else row.answers["unit_other"],
        row.known,
    ]


def lock(campaign_pk):
    """Lock a campaign for importing; those who send initiatives meanwhile do not wait for it."""
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign_pk)


@transaction.atomic
def store_rows(found, judged):
    """Store the new rows of a confirmed import (R1, R7, R20).

    The campaign's row is locked for as long as it takes: two people who import the same paper wait for each other.
    """
    campaign = lock(found.campaign_id)
    if not Import.objects.select_for_update(no_key=True).filter(pk=found.pk, state=State.CONFIRMED).exists():
        return
    mark_known(campaign, judged.rows)
    refuse_unless_open(campaign, found.confirmed_at)
    new = judged.new
    for row in new:
        refuse_wrong(row.answers, campaign)
    initiatives = [new_initiative(campaign, row.submission_id, row.answers, found.confirmed_at) for row in new]
    for initiative in initiatives:
        initiative.derive()
    keep_consent_text(campaign)
    Initiative.objects.bulk_create(initiatives, batch_size=BATCH)
    about = {"import": found.pk, "union": found.union.name}
    entries = [(one, None, {"content": content_digest(one), **about}, "") for one in initiatives]
    for start in range(0, len(entries), BATCH):
        write_many("imported", entries[start : start + BATCH], by=found.confirmed_by)
    letters_to_authors.send_private_links(initiatives, from_paper_by=found.union.name)
    follow_aliases(initiatives)
    ImportedRow.objects.bulk_create(
        [ImportedRow(of=found, initiative=one, number=row.number) for one, row in zip(initiatives, new, strict=True)],
        batch_size=BATCH,
    )
    # From now on the initiatives themselves are shown, not what was copied for the preview (R19).
    skipped = [[row.number, "", "", "", row.known] for row in judged.rows if row.known]
    settle(found, State.CONFIRMED, State.DONE, **told(judged) | {"rows": skipped})


@transaction.atomic
def take_codes(found, *, by):
    """Return the workbook with the codes of what an import stored; who took it away is on record (R20)."""
    found = Import.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.pk)
    write(found, "codes_taken", by=by, after={"rows": found.new_rows})
    return codes_of(found)


def forget_old():
    """Delete the files of old imports and what was copied from them; what they stored stays. A daily task."""
    old = Import.objects.filter(uploaded_at__lt=clock.now() - IMPORT_KEPT).exclude(file="")
    for found in old.without_lists().iterator():
        found.file.storage.delete(found.file.name)
        unfinished = {} if found.state in OVER else {"state": State.FAILED, "refusal": "Tệp đã quá hạn và đã xóa."}
        Import.objects.filter(pk=found.pk).update(file="", rows=[], problems=[], **unfinished)
