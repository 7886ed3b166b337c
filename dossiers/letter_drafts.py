"""The proposal letter (tờ trình) as a DOCX that its union edits, signs and scans, made from the dossier."""

from config.text import clean_line
from dossiers.letterhead import letterhead_of, shown_date, written_out
from dossiers.marks import mark_of
from dossiers.paper_forms import filled_in
from dossiers.papers import PaperKind
from dossiers.summary_table import table_content


def draft_letter(dossier, entries):
    """Return (bytes of the DOCX, what its file is called)."""
    return filled_in(dossier.plan, PaperKind.PROPOSAL, values_of(dossier, entries))


def values_of(dossier, entries):
    """Return what the form's names stand for in the letter of a dossier with these entries."""
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
    """Return what the names of an entry stand for."""
    return {
        "stt": str(entry.rank),
        "ten": clean_line(entry.title),
        "tac_gia": entry.authors,
        "don_vi": entry.position,
        "khoi": entry.get_block_display(),
        "linh_vuc": entry.get_field_display(),
        "ma": entry.initiative.shown_code,
    }
