"""What people scan or photograph and upload: looked into by its content, whatever it is called."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from dossiers.apart import examine, examine_picture, thumbnail_in
from dossiers.limits import LETTER_LIMIT, LETTER_LIMIT_MB, LETTER_MOST_PAGES

PICTURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True)
class Scan:
    """What a file is by its bytes, how many pages it has, and a picture small (a JPEG; None for a PDF)."""

    kind: str
    pages: int
    thumbnail: bytes | None


def checked(content, *, what="tờ trình đã ký"):
    """Return the Scan of a file; `what` people were asked for stands in the refusals.

    Raises ValidationError: `empty`, `too_large`, `wrong_type`, `broken`, `encrypted`, `unsafe`, `too_many_pages`.
    """
    advice = f"Hãy quét hoặc chụp {what} thành tệp PDF, JPEG hoặc PNG."
    if not content:
        raise ValidationError(f"Tệp trống. {advice}", code="empty")
    refuse_too_large(len(content))
    if content.startswith(b"%PDF-"):
        return Scan("pdf", check_pdf(content, advice), None)
    for kind, start in PICTURES.items():
        if content.startswith(start):
            return Scan(kind, 1, check_image(content, advice))
    raise ValidationError(f"Tệp này không phải PDF, JPEG hay PNG. {advice}", code="wrong_type")


def refuse_too_large(size):
    """Refuse a file of this many bytes, before it is read where the size is known beforehand."""
    if size > LETTER_LIMIT:
        raise ValidationError(
            f"Tệp nặng {size / 1024 / 1024:.1f} MB, tối đa {LETTER_LIMIT_MB} MB. "
            "Hãy quét lại với độ phân giải 150–200 dpi.",
            code="too_large",
        )


def check_pdf(content, advice):
    """Return how many pages a sound PDF has."""
    found = examine(content)
    if found.get("broken"):
        raise ValidationError(f"Tệp PDF này bị hỏng, không mở được. {advice}", code="broken")
    if found["encrypted"]:
        raise ValidationError("Tệp PDF này có mật khẩu. Hãy lưu lại không mật khẩu.", code="encrypted")
    if found["unsafe"]:
        raise ValidationError(
            f"Tệp PDF này có mã chạy hoặc tệp đính kèm bên trong nên không nhận. {advice}", code="unsafe"
        )
    if not 1 <= found["pages"] <= LETTER_MOST_PAGES:
        raise ValidationError(
            f"Tệp PDF có {found['pages']} trang; chỉ nhận từ 1 đến {LETTER_MOST_PAGES} trang.", code="too_many_pages"
        )
    return found["pages"]


def check_image(content, advice):
    """Return the thumbnail of a sound picture."""
    found = examine_picture(content)
    if found.get("too_large"):
        raise ValidationError("Ảnh quá lớn. Hãy quét lại với độ phân giải thấp hơn.", code="too_large")
    if found.get("broken"):
        raise ValidationError(f"Tệp ảnh này bị hỏng, không mở được. {advice}", code="broken")
    return thumbnail_in(found)
