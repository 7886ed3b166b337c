"""A page that looks like the scan of a signed proposal letter, and says that it is none."""

import io
from datetime import UTC, datetime, time
from functools import cache

from PIL import Image, ImageDraw, ImageFont

A4_AT_150_DPI = (1240, 1754)
DPI = 150
MARGIN = 140
LINE_HEIGHT = 42
INK, PAPER, STAMP = (35, 35, 45), (250, 249, 244), (190, 40, 45)
# The first of these that this machine has with Vietnamese letters.
FONTS = ["times.ttf", "Times New Roman.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "NotoSerif-Regular.ttf"]
NO_LETTER = "\U0010fffd"
SAMPLE = "BẢN MẪU – DỮ LIỆU TRÌNH DIỄN"


def scanned_letter(dossier, titles):
    """Return the bytes of a one-page PDF: the dossier's proposal letter, drawn as a picture."""
    page = Image.new("RGB", A4_AT_150_DPI, PAPER)
    draw = ImageDraw.Draw(page)
    if font := serif(30):
        write_letter(draw, font, dossier, titles)
    else:
        rule_page(draw)
    page = page.rotate(0.4, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)
    content = io.BytesIO()
    scanned_at = datetime.combine(dossier.letter_date, time(3), UTC).timetuple()
    page.save(content, "PDF", resolution=DPI, quality=60, creationDate=scanned_at, modDate=scanned_at)
    return content.getvalue()


@cache
def serif(size):
    """Return a font that has the Vietnamese letters, or None on a machine without any."""
    for name in FONTS:
        try:
            font = ImageFont.truetype(name, size)
        except OSError:
            continue
        if writes_vietnamese(font):
            return font
    return None


def writes_vietnamese(font):
    """Tell whether a font draws a letter, not the box that stands for letters it does not have."""
    return bytes(font.getmask("Ễ")) != bytes(font.getmask(NO_LETTER))


def rule_page(draw):
    """Draw the lines of an empty form: without a font there is nothing to write with."""
    width, height = A4_AT_150_DPI
    for y in range(MARGIN, height - MARGIN, LINE_HEIGHT):
        draw.line([(MARGIN, y), (width - MARGIN, y)], fill=(170, 170, 170), width=2)


def write_letter(draw, font, dossier, titles):
    width, height = A4_AT_150_DPI
    left, right = width * 0.28, width * 0.72
    centred(draw, serif(22), left, 120, dossier.plan.union.name.upper())
    centred(draw, serif(22), left, 156, dossier.union.name.upper()[:44])
    centred(draw, font, left, 200, f"Số: {dossier.letter_number}")
    centred(draw, serif(22), right, 120, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    centred(draw, serif(24), right, 156, "Độc lập - Tự do - Hạnh phúc")
    date = dossier.letter_date
    centred(draw, font, right, 200, f"Ngày {date.day:02d} tháng {date.month:02d} năm {date.year}")
    centred(draw, serif(38), width / 2, 300, "TỜ TRÌNH")
    centred(draw, font, width / 2, 356, "V/v đề nghị khen thưởng sáng kiến tiêu biểu")
    y = write_body(draw, font, 440, body_of(dossier, titles))
    sign(draw, font, right, y + 30, dossier.signer)
    centred(draw, serif(40), width / 2, height - 130, SAMPLE, fill=STAMP)


def body_of(dossier, titles):
    """Return the paragraphs of the letter."""
    return [
        f"Kính gửi: Ban Thường vụ {dossier.plan.union}",
        f"Căn cứ Kế hoạch số {dossier.plan.number} ngày {dossier.plan.issued_on:%d/%m/%Y} về việc triển khai chương "
        f"trình “{dossier.plan.campaign}”, {dossier.union} đã rà soát các sáng kiến của đoàn viên và lựa chọn "
        f"{len(titles):02d} sáng kiến tiêu biểu:",
        *(f"{number}. {title}." for number, title in enumerate(titles, start=1)),
        "(Có bảng tổng hợp tóm tắt sáng kiến kèm theo)",
        "Kính đề nghị Ban Thường vụ xem xét, quyết định.",
    ]


def write_body(draw, font, y, paragraphs):
    """Write paragraphs from `y` on and return where they end."""
    for paragraph in paragraphs:
        for line in wrapped(font, paragraph, A4_AT_150_DPI[0] - 2 * MARGIN):
            draw.text((MARGIN, y), line, font=font, fill=INK)
            y += LINE_HEIGHT
        y += LINE_HEIGHT // 3
    return y


def sign(draw, font, x, y, signer):
    """Write who signs, with a scribble and a red ring where signature and seal would be."""
    centred(draw, font, x, y, "TM. BAN THƯỜNG VỤ")
    centred(draw, font, x, y + 40, "CHỦ TỊCH")
    draw.ellipse([x - 230, y + 70, x - 40, y + 260], outline=STAMP, width=5)
    centred(draw, serif(24), x - 135, y + 150, "MẪU", fill=STAMP)
    for step in range(4):
        draw.arc([x - 90 + 45 * step, y + 110, x + 10 + 45 * step, y + 200], 160, 30 + 40 * step, (30, 50, 140), 4)
    centred(draw, font, x, y + 270, signer)


def centred(draw, font, x, y, text, fill=INK):
    draw.text((x, y), text, font=font, fill=fill, anchor="mt")


def wrapped(font, text, width):
    """Return the lines of a text that are no wider than `width` pixels."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
