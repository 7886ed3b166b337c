"""The signed letter as it comes from a scanner: checked by its content, kept with the ones it replaces."""

import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from config import clock
from dossiers.checklist import entries_of
from dossiers.limits import LETTER_LIMIT, LETTER_LIMIT_MB, LETTER_MOST_FILES, LETTER_MOST_PAGES
from dossiers.marks import mark_of
from dossiers.models import LetterFile, SignedLetter
from dossiers.pdf_check import examine
from dossiers.pictures import examine_picture, first_page, thumbnail_in
from dossiers.quota import lock, refuse_unless_open, touch
from dossiers.signed_letters import digest_of
from dossiers.summary_table import table_content
from record.writing import write

HELP = "Hãy quét hoặc chụp tờ trình đã ký thành tệp PDF, JPEG hoặc PNG."
PICTURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True)
class Scan:
    """What a file is by its bytes, how many pages it has, and its first page small (a JPEG; None without one)."""

    kind: str
    pages: int
    thumbnail: bytes | None


def checked(content):
    """Return the Scan of a file, whatever it is called.

    Raises ValidationError: `empty`, `too_large`, `wrong_type`, `broken`, `encrypted`, `unsafe`, `too_many_pages`.
    """
    if not content:
        raise ValidationError("Tệp trống. " + HELP, code="empty")
    refuse_too_large(len(content))
    if content.startswith(b"%PDF-"):
        return Scan("pdf", check_pdf(content), first_page(content))
    for kind, start in PICTURES.items():
        if content.startswith(start):
            return Scan(kind, 1, check_image(content))
    raise ValidationError("Tệp này không phải PDF, JPEG hay PNG. " + HELP, code="wrong_type")


def refuse_too_large(size):
    """Refuse a file of this many bytes, before it is read where the size is known beforehand."""
    if size > LETTER_LIMIT:
        raise ValidationError(
            f"Tệp nặng {size / 1024 / 1024:.1f} MB, tối đa {LETTER_LIMIT_MB} MB. "
            "Hãy quét lại với độ phân giải 150–200 dpi.",
            code="too_large",
        )


def check_pdf(content):
    found = examine(content)
    if found.get("broken"):
        raise ValidationError("Tệp PDF này bị hỏng, không mở được. " + HELP, code="broken")
    if found["encrypted"]:
        raise ValidationError("Tệp PDF này có mật khẩu. Hãy lưu lại không mật khẩu.", code="encrypted")
    if found["unsafe"]:
        raise ValidationError(
            "Tệp PDF này có mã chạy hoặc tệp đính kèm bên trong nên không nhận. " + HELP, code="unsafe"
        )
    if not 1 <= found["pages"] <= LETTER_MOST_PAGES:
        raise ValidationError(
            f"Tệp PDF có {found['pages']} trang; tờ trình cần từ 1 đến {LETTER_MOST_PAGES} trang.",
            code="too_many_pages",
        )
    return found["pages"]


def check_image(content):
    """Return the thumbnail of a sound picture."""
    found = examine_picture(content)
    if found.get("too_large"):
        raise ValidationError("Ảnh quá lớn. Hãy quét lại với độ phân giải thấp hơn.", code="too_large")
    if found.get("broken"):
        raise ValidationError("Tệp ảnh này bị hỏng, không mở được. " + HELP, code="broken")
    return thumbnail_in(found)


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
    if scan.thumbnail:
        file.thumbnail.save("thumbnail", ContentFile(scan.thumbnail), save=False)
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
