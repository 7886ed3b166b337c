"""The signed letter as it comes from a scanner: checked by its content, kept with the ones it replaces."""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from config import clock
from dossiers.limits import IMAGE_MOST_PIXELS, LETTER_LIMIT, LETTER_LIMIT_MB, LETTER_MOST_PAGES
from dossiers.models import SignedLetter
from dossiers.pdf_check import examine
from dossiers.quota import lock, refuse_unless_open, touch
from record.writing import write

HELP = "Hãy quét hoặc chụp tờ trình đã ký thành tệp PDF, JPEG hoặc PNG."


def kind_of(content):
    """Return "pdf", "jpg" or "png", by what the bytes are, whatever the file is called.

    Raises ValidationError: `empty`, `too_large`, `wrong_type`, `broken`, `encrypted`, `unsafe`, `too_many_pages`.
    """
    if not content:
        raise ValidationError("Tệp trống. " + HELP, code="empty")
    refuse_too_large(len(content))
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        check_image(content, "JPEG")
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        check_image(content, "PNG")
        return "png"
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


def check_image(content, kind):
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > IMAGE_MOST_PIXELS:
                raise too_many_pixels()
            image.load()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except Exception as error:  # a hostile file breaks the decoder in many ways; each is the same answer
        raise ValidationError("Tệp ảnh này bị hỏng, không mở được. " + HELP, code="broken") from error


def too_many_pixels():
    return ValidationError("Ảnh quá lớn. Hãy quét lại với độ phân giải thấp hơn.", code="too_large")


def upload_letter(dossier, content, *, by):
    """Keep a signed letter for a dossier that is still being prepared. `content` is the file's bytes."""
    kind = kind_of(content)
    letter = SignedLetter(
        dossier=dossier,
        extension=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    try:
        with transaction.atomic():
            locked = lock(dossier)
            refuse_unless_open(locked)
            letter.file.save("letter", ContentFile(content), save=False)
            letter.save()
            touch(locked)
            write(locked, "letter_uploaded", by=by, after={"letter": letter.pk, "sha256": letter.sha256})
    except BaseException:
        if letter.file:
            letter.file.storage.delete(letter.file.name)
        raise
    return letter
