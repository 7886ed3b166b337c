"""Forms for those who mark on paper, blank or as marked, for all entries of a member in one file: PDF and DOCX."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime

from accounts.file_names import file_name
from awards.criteria import criteria_of
from awards.models import CouncilMember
from awards.points import shown
from awards.scoring import entries_to_mark, with_branches
from config import typesetting
from dossiers.apart import fill
from dossiers.letterhead import place_of, shown_date, written_out
from record.taking import put_taken

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED = Path(__file__).parent / "documents" / "phieu-cham-diem.docx"
BLANK, MARKED = "trang", "da-cham"
NONE = {
    BLANK: "Không có phiếu nào để in: chưa đặt tiêu chí, hoặc người này không còn sáng kiến nào để chấm.",
    MARKED: "Không có phiếu đã nộp nào mà bạn xem được.",
}
KINDS = {"pdf": "application/pdf", "docx": DOCX}


def papers(request, site, pk, member_pk, which, kind):
    """Hand out a member's forms: `trang` for what is to be marked, `da-cham` for what was handed in and is seen."""
    plan = site.visible(request, pk)
    members = with_branches(
        CouncilMember.objects.visible_to(request.user).filter(plan=plan).select_related("plan__union")
    )
    member = get_object_or_404(members, pk=member_pk)
    if kind not in KINDS or which not in (BLANK, MARKED):
        raise Http404
    if which == BLANK and not site.may_decide(request, plan):
        raise Http404
    forms = blank_forms(member) if which == BLANK else marked_forms(site.sheets_seen(request, plan), member)
    if not forms:
        messages.error(request, NONE[which])
        return redirect("admin:awards_scoring_change", plan.pk)
    return handed_out(request, plan, member, forms, which, kind)


def handed_out(request, plan, member, forms, which, kind):
    data = frame_of(plan, member) | {"forms": forms}
    content = typesetting.pdf("score_form", data) if kind == "pdf" else fill(SHIPPED.read_bytes(), data)["document"]
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = file_name("phieu-cham-diem", plan.union, f"{which}-{member.pk}", extension=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    put_taken(request, plan, name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def frame_of(plan, member):
    """Return what is the same on all forms of a member."""
    return {
        "parent": written_out(plan.union.parent.name).upper() if plan.union.parent else "",
        "union": written_out(plan.union.name).upper(),
        "plan": f"Kế hoạch số {plan.number} ngày {plan.issued_on:%d/%m/%Y}",
        "place": place_of(plan.union),
        "member": member.full_name,
        "job_title": member.job_title,
        "duty": member.get_duty_display(),
    }


def blank_forms(member):
    criteria = list(criteria_of(member.plan))
    return [form_of(entry, criteria) for entry in entries_to_mark(member)] if criteria else []


def marked_forms(sheets, member):
    criteria = list(criteria_of(member.plan))
    sheets = sheets.handed_in().filter(member=member).select_related("entry__dossier__union", "entry__initiative")
    return [form_of(sheet.entry, criteria, sheet) for sheet in sheets.prefetch_related("scores").order_by("entry")]


def form_of(entry, criteria, sheet=None):
    """Return one form as the templates take it; all are texts."""
    scores = {score.criterion_id: score for score in sheet.scores.all()} if sheet else {}
    return {
        "title": entry.title,
        "authors": entry.authors,
        "union": entry.dossier.union.name,
        "field": entry.get_field_display(),
        "code": entry.initiative.shown_code,
        "criteria": [criterion_on_paper(n, each, scores.get(each.pk)) for n, each in enumerate(criteria, start=1)],
        "most": shown(sum(criterion.max_points for criterion in criteria)),
        "total": shown(sheet.total) if sheet else "",
        "comment": sheet.comment if sheet else "",
        "day": shown_date(sheet and localtime(sheet.submitted_at).date()),
        "is_from_paper": bool(sheet and sheet.is_from_paper),
    }


def criterion_on_paper(number, criterion, score):
    return {
        "number": str(number),
        "name": criterion.name,
        "guidance": criterion.guidance,
        "most": shown(criterion.max_points),
        "points": shown(score.points) if score else "",
        "bands": [
            {
                "label": band.label,
                "range": f"{shown(band.from_points)}–{shown(band.to_points)}",
                "box": "☒" if score and score.band_id == band.pk else "☐",
            }
            for band in criterion.bands.all()
        ],
    }
