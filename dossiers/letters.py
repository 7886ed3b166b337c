"""The signed letter as it comes from a scanner: checked by its content, kept with the ones it replaces."""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from config import clock
from dossiers.apart import first_page
from dossiers.checklist import entries_of
from dossiers.limits import LETTER_MOST_FILES
from dossiers.marks import mark_of
from dossiers.models import LetterFile, SignedLetter
from dossiers.quota import lock, refuse_unless_open, touch
from dossiers.scans import checked
from dossiers.signed_letters import digest_of
from dossiers.summary_table import table_content
from record.writing import write


def upload_letter(dossier, content, *, by):
    """Keep a signed letter of one file, whose bytes these are."""
    return upload_files(dossier, [io.BytesIO(content)], by=by)


def upload_files(dossier, files, *, by, adding=False):
    """Keep a signed letter for a dossier that is still being prepared: these files, in their order.

    `files` are open files; with `adding` they come behind those of the current letter. One that is refused refuses all.
    """
    stored = []
    try:
        for number, file in enumerate(files, start=1):
            try:
                stored.append(stored_file(file.read()))
            except ValidationError as refusal:
                which = f"Tệp thứ {number}: " if len(files) > 1 else ""
                raise ValidationError(which + refusal.messages[0], code=refusal.code) from refusal
        with transaction.atomic():
            locked = lock(dossier)
            refuse_unless_open(locked)
            letter = locked.current_letter if adding else None
            mark = letter.mark if letter else mark_of(table_content(entries_of(locked)))
            return renewed(locked, [*files_of(letter), *stored], "letter_uploaded", mark, by=by)
    except BaseException:
        for file in stored:
            for kept in filter(None, (file.file, file.thumbnail)):
                kept.storage.delete(kept.name)
        raise


def stored_file(content):
    """Check a file and put it into the storage; return its row, which has no letter yet."""
    scan = checked(content)
    digest = hashlib.sha256(content).hexdigest()
    file = LetterFile(extension=scan.kind, size=len(content), sha256=digest, pages=scan.pages)
    file.file.save("letter", ContentFile(content), save=False)
    if thumbnail := first_page(content) if scan.kind == "pdf" else scan.thumbnail:
        file.thumbnail.save("thumbnail", ContentFile(thumbnail), save=False)
    return file


def files_of(letter):
    return list(letter.files.all()) if letter else []


def renewed(dossier, files, deed, mark, *, by):
    """Make these the files of a new letter, which is now the dossier's. Needs the lock."""
    if len(files) > LETTER_MOST_FILES:
        raise ValidationError(
            f"Tờ trình có {len(files)} tệp, tối đa {LETTER_MOST_FILES}. Hãy gộp các trang thành một tệp PDF.",
            code="too_many_files",
        )
    letter = SignedLetter.objects.create(
        dossier=dossier, sha256=digest_of(files), mark=mark, uploaded_by=by, uploaded_at=clock.now()
    )
    LetterFile.objects.bulk_create([file.copied(letter, place) for place, file in enumerate(files, start=1)])
    touch(dossier)
    write(dossier, deed, by=by, after={"letter": letter.pk, "sha256": letter.sha256, "files": len(files)})
    return letter


def current_files(letter):
    """Return the letter's dossier, locked, and the letter's files; refuse one that was replaced meanwhile (`stale`)."""
    dossier = lock(letter.dossier)
    refuse_unless_open(dossier)
    if dossier.current_letter != letter:
        raise ValidationError("Một người khác vừa thay tờ trình. Hãy xem bản mới.", code="stale")
    return dossier, files_of(letter)


@transaction.atomic
def move_file(letter, place, step, *, by):
    """Exchange a file of the current letter with its neighbour before (`step=-1`) or behind (`step=1`)."""
    dossier, files = current_files(letter)
    old, new = place - 1, place - 1 + step
    if not (0 <= old < len(files) and 0 <= new < len(files)):
        return letter
    files[old], files[new] = files[new], files[old]
    return renewed(dossier, files, "letter_arranged", letter.mark, by=by)


@transaction.atomic
def remove_file(letter, place, *, by):
    """Leave a file out of the current letter; what it was is kept with the letter before."""
    dossier, files = current_files(letter)
    kept = [file for file in files if file.place != place]
    if not kept:
        raise ValidationError("Tờ trình phải còn ít nhất một tệp. Hãy tải bản khác lên để thay.", code="letter_empty")
    return renewed(dossier, kept, "letter_arranged", letter.mark, by=by) if len(kept) < len(files) else letter
