"""The proposal letter (tờ trình) as a DOCX that its union edits, signs and scans, made from the dossier."""

import logging
from pathlib import Path

from config.text import clean_line
from dossiers.letter_filling import fill_apart as fill
from dossiers.letterhead import letterhead_of, shown_date, written_out
from dossiers.marks import mark_of
from dossiers.summary_table import table_content

SHIPPED = Path(__file__).parent / "documents" / "to-trinh.docx"
NAME, OWN_FORM_NAME = "to-trinh", "to-trinh-mau-chung"
# The names that a template may use and what they stand for: shown where a template is replaced.
VARIABLES = {
    "cong_doan_cap_tren": "tên công đoàn cấp trên, chữ in hoa (dòng đầu, góc trái)",
    "cong_doan": "tên công đoàn ban hành, chữ in hoa",
    "ten_cong_doan": "tên công đoàn ban hành, chữ thường, dùng trong câu",
    "so_to_trinh": "số tờ trình, ví dụ 15/TTr-LĐLĐ; chưa có số thì để chấm",
    "dia_danh": "địa danh, ví dụ Đại Từ",
    "ngay_to_trinh": "ngày tờ trình, ví dụ ngày 05 tháng 01 năm 2021",
    "noi_nhan": "tên LĐLĐ tỉnh, công đoàn ngành nhận hồ sơ",
    "chuong_trinh": "tên chương trình",
    "so_ke_hoach": "số kế hoạch",
    "ngay_ke_hoach": "ngày ban hành kế hoạch",
    "so_sang_kien": "số sáng kiến đề nghị, hai chữ số",
    "sang_kien": "danh sách sáng kiến theo thứ tự; mỗi mục có các phần dưới đây",
    "ban": "Ban Thường vụ hoặc Ban Chấp hành",
    "thay_mat": "TM. BAN THƯỜNG VỤ hoặc TM. BAN CHẤP HÀNH",
    "chuc_vu_nguoi_ky": "CHỦ TỊCH, hoặc hai dòng KT. CHỦ TỊCH và PHÓ CHỦ TỊCH",
    "nguoi_ky": "họ tên người ký",
    "ma_doi_chieu": "mã để đối chiếu bản giấy với phần mềm",
}
ENTRY_VARIABLES = {
    "stt": "số thứ tự",
    "ten": "tên sáng kiến",
    "tac_gia": "họ tên tác giả, mỗi người một dòng",
    "don_vi": "chức vụ và đơn vị công tác",
    "khoi": "khối",
    "linh_vuc": "lĩnh vực",
    "ma": "mã trên phần mềm",
}

log = logging.getLogger(__name__)


def draft_letter(dossier, entries):
    """Return (bytes of the DOCX, what its file is called).

    A laid-down form that cannot be filled in is no reason to leave a union without a letter: it gets the site's own,
    and the file's name says so.
    """
    values, name = values_of(dossier, entries), NAME
    if template := dossier.plan.letter_templates.order_by("-pk").first():
        with template.file.open("rb") as file:
            answer = fill(file.read(), values)
        if "document" in answer:
            return answer["document"], NAME
        name = OWN_FORM_NAME
        log.error("Letter template %s cannot be filled in for dossier %s: %s", template.pk, dossier.pk, answer)
    return fill(SHIPPED.read_bytes(), values)["document"], name


def values_of(dossier, entries):
    """Return the values of VARIABLES for a dossier with these entries."""
    head, plan = letterhead_of(dossier), dossier.plan
    return {
        "cong_doan_cap_tren": head.parent_line,
        "cong_doan": head.own_line,
        "ten_cong_doan": head.own_name,
        "so_to_trinh": head.number,
        "dia_danh": head.place,
        "ngay_to_trinh": head.day,
        "noi_nhan": written_out(plan.union.name),
        "chuong_trinh": clean_line(plan.campaign.name),
        "so_ke_hoach": plan.number or "…",
        "ngay_ke_hoach": shown_date(plan.issued_on),
        "so_sang_kien": f"{len(entries):02d}",
        "sang_kien": [entry_values(entry) for entry in entries],
        "ban": head.committee,
        "thay_mat": head.on_behalf,
        "chuc_vu_nguoi_ky": "\n".join(head.titles),
        "nguoi_ky": head.signer,
        "ma_doi_chieu": mark_of(table_content(entries)),
    }


def entry_values(entry):
    """Return the values of ENTRY_VARIABLES."""
    return {
        "stt": str(entry.rank),
        "ten": clean_line(entry.title),
        "tac_gia": entry.authors,
        "don_vi": entry.position,
        "khoi": entry.get_block_display(),
        "linh_vuc": entry.get_field_display(),
        "ma": entry.initiative.shown_code,
    }
