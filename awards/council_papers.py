"""The council's papers as DOCX that the union edits and signs: minutes, decision with its list, request for praise."""

from django.utils.timezone import localtime

from awards.certificates import names_on, word_of
from awards.listing import lines_kept, lines_of, shown_mark
from awards.selection_state import publication_of
from config import clock
from config.text import clean_line
from dossiers.letterhead import head_of, shown_date, written_out
from dossiers.models import PaperKind
from dossiers.paper_forms import CHOSEN, filled_in


def minutes(meeting, user):
    """Return (bytes of the DOCX, what its file is called)."""
    plan = meeting.plan
    lines = lines_kept(meeting, user) if meeting.closed_at else lines_of(plan, user)
    attendance = list(meeting.attendance.select_related("member"))
    present = [note for note in attendance if note.is_present]
    votes = meeting.votes.select_related("entry__dossier__union", "entry__initiative").order_by("entry__title", "pk")
    held = localtime(meeting.held_at)
    values = council_values(plan, lines, is_draft=not meeting.closed_at) | {
        "bat_dau": f"{held:%H} giờ {held:%M}, {shown_date(held)}",
        "ngay_hop": shown_date(held),
        "dia_diem": meeting.place,
        "chu_tri": meeting.chaired_by.full_name,
        "thu_ky": meeting.secretary,
        "so_thanh_vien": f"{len(attendance):02d}",
        "so_co_mat": f"{len(present):02d}",
        "so_can_co": f"{meeting.quorum:02d}",
        "du_so": "đủ" if len(present) >= meeting.quorum else "không đủ",
        "co_mat": members(present),
        "vang_mat": members([note for note in attendance if not note.is_present]),
        "so_bieu_duong": f"{sum(line.is_nominated for line in lines):02d}",
        "bieu_quyet": [vote_values(number, vote) for number, vote in enumerate(filter(has_votes, votes), start=1)],
        "dong_hang": [line_values(line) for line in lines if line.reason],
        "ket_luan": meeting.conclusion or "……",
        "dinh_chinh": [
            {
                "luc": f"{localtime(correction.made_at):%d/%m/%Y}",
                "noi_dung": correction.text,
                "nguoi": correction.made_by.full_name,
            }
            for correction in meeting.corrections.select_related("made_by")
        ],
    }
    return filled_in(plan, PaperKind.MINUTES, values)


def decision(plan, user):
    """Return (bytes of the DOCX, what its file is called): the decision with its annex."""
    values = council_values(plan, lines_of(plan, user)) | {"hinh_thuc_khen": word_of(plan)}
    return filled_in(plan, PaperKind.DECISION, values)


def nomination(plan, user):
    """Return (bytes of the DOCX, what its file is called): the letter to the union above, with the nominated ones."""
    head = head_of(plan.union)
    values = council_values(plan, lines_of(plan, user, nominated_only=True)) | {
        "noi_nhan": written_out(head.parent_name),
        "so_van_ban": head.number,
    }
    return filled_in(plan, PaperKind.NOMINATION, values)


def council_values(plan, lines, *, is_draft=None):
    """Return the values that all of the council's papers share; a paper is a draft until publication."""
    publication = publication_of(plan)
    number, date = (publication.decision_number, publication.decision_date) if publication else ("", None)
    head = head_of(plan.union, number, date, kind="QĐ")
    is_draft = publication is None if is_draft is None else is_draft
    return {
        "cong_doan_cap_tren": head.parent_line,
        "cong_doan": head.own_line,
        "ten_cong_doan": head.own_name,
        "dia_danh": head.place,
        "chuong_trinh": clean_line(plan.campaign.name),
        "so_ke_hoach": plan.number,
        "ngay_ke_hoach": shown_date(plan.issued_on),
        "ban": head.committee,
        "thay_mat": head.on_behalf,
        "chuc_vu_nguoi_ky": "\n".join(head.titles),
        "nguoi_ky": head.signer,
        "ma_doi_chieu": shown_mark([line.entry for line in lines]),
        "du_thao": drafted() if is_draft else "",
        "so_sang_kien": f"{len(lines):02d}",
        "sang_kien": [line_values(line) for line in lines],
        "so_quyet_dinh": head.number,
        "ngay_quyet_dinh": head.day,
    }


def drafted():
    """Return what a draft says of itself."""
    return f"DỰ THẢO, lập lúc {localtime(clock.now()):%H:%M ngày %d/%m/%Y}"


def line_values(line):
    entry = line.entry
    return {
        "stt": str(line.number),
        "ten": clean_line(entry.title),
        "tac_gia": "\n".join(names_on(entry)),
        "don_vi": entry.position,
        "khoi": entry.get_block_display(),
        "linh_vuc": entry.get_field_display(),
        "ma": entry.initiative.shown_code,
        "cong_doan": entry.dossier.union.name,
        "hinh_thuc": line.honour,
        "diem": line.points,
        "xep_hang": f"Hạng {line.rank}" if line.rank else "",
        "bieu_quyet": "",
        "ly_do": line.reason,
    }


def has_votes(vote):
    return vote.total > 0


def vote_values(number, vote):
    return dict.fromkeys(CHOSEN, "") | {
        "stt": str(number),
        "ten": clean_line(vote.entry.title),
        "tac_gia": "\n".join(names_on(vote.entry)),
        "cong_doan": vote.entry.dossier.union.name,
        "ma": vote.entry.initiative.shown_code,
        "bieu_quyet": str(vote),
    }


def members(notes):
    return [
        {
            "stt": str(number),
            "ten": note.member.full_name,
            "chuc_vu": ", ".join(filter(None, (note.member.job_title, note.member.get_duty_display()))),
            "ly_do": note.reason,
        }
        for number, note in enumerate(notes, start=1)
    ]
