"""The letter, the summary table, filing, and what was filed."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.file_names import file_name
from config.headers import FILE_POLICY
from config.paging import version_in
from config.private_files import file_answer
from dossiers.checklist import doubts, entries_of, missing
from dossiers.comparing import compare, rows_by_code
from dossiers.editing import describe_letter
from dossiers.filing import addresses_of, file_dossier
from dossiers.forms import LetterForm
from dossiers.marks import mark_of
from dossiers.models import Dossier
from dossiers.summary_table import COLUMNS, rows_of, table_content
from dossiers.table_file import write_table
from dossiers.taking_back import may_take_back, take_back
from dossiers.views import back_at, closed, dossier_page, editable
from record.taking import put_taken

REFUSED = 422
LETTER = "to-trinh"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def letter_details(request, pk):
    dossier = editable(request, pk)
    form, version = LetterForm(request.POST, instance=Dossier.objects.get(pk=pk)), version_in(request)
    if form.is_valid():
        try:
            describe_letter(dossier, form.cleaned_data, by=request.user, version=version)
            messages.success(request, "Đã lưu số, ngày và người ký tờ trình.", extra_tags=LETTER)
            return back_at(dossier, LETTER)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            dossier = editable(request, pk)
            version = dossier.version
    return dossier_page(request, dossier, letter_form=form, version=version, status=REFUSED)


def attachment(file, name, content_type, *, shown=False):
    """Answer with a stored file to be saved; `shown` inside the site only what the site made itself."""
    response = file_answer(file, filename=name, content_type=content_type, as_attachment=not shown)
    response["Content-Security-Policy"] = FILE_POLICY
    return response


@require_safe
def summary_table(request, pk):
    """The summary table as it stands now, to be printed and signed with the letter."""
    dossier = editable(request, pk)
    entries = list(dossier.entries.standing().select_related("initiative"))
    response = HttpResponse(write_table(dossier, entries), content_type=XLSX)
    name = file_name("bang-tong-hop", dossier.union, extension="xlsx")
    put_taken(request, dossier, name)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def filed_table(request, pk, number):
    """The summary table as it was filed."""
    dossier = editable(request, pk)
    filing = get_object_or_404(dossier.filings, number=number)
    put_taken(request, dossier, filing.table_name)
    return attachment(filing.table.open("rb"), filing.table_name, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request, pk):
    """The last look at everything, and filing what was looked at."""
    dossier = editable(request, pk)
    if request.method != "POST":
        if way_back := closed(request, dossier):
            return way_back
        return redirect(dossier) if missing(dossier) else last_look(request, dossier)
    try:
        filing = file_dossier(dossier, by=request.user, arrived_at=request.arrived_at, version=version_in(request))
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        if "stale" in {error.code for error in refusal.error_list}:
            return last_look(request, editable(request, pk), status=REFUSED)
        return redirect(dossier)
    messages.success(request, f"Đã nộp hồ sơ. Số biên nhận {filing.receipt_number}.")
    return redirect(filing)


def last_look(request, dossier, *, status=200):
    entries = entries_of(dossier)
    quota = dossier.plan.quota_of(dossier.union)
    deadline = dossier.plan.deadline_of(dossier.union)
    letter = dossier.current_letter
    context = {
        "dossier": dossier,
        "rows": [list(zip(COLUMNS, row, strict=True)) for row in rows_of(entries)],
        "entered": len(entries),
        "quota": quota,
        "places_left": max(0, quota - len(entries)),
        "letter": letter,
        "mark": mark_of(table_content(entries)),
        "doubts": doubts(entries, letter),
        "deadline": deadline,
        "is_late": request.arrived_at >= deadline,
        "staff": sorted(addresses_of(dossier.union, request.user)),
    }
    return render(request, "dossiers/last_look.html", context, status=status)


def filing_of(request, pk, number):
    """Return a filing of a dossier that this person prepares, or answer 404."""
    filings = editable(request, pk).filings.select_related(
        "dossier__plan__union", "dossier__union__parent", "filed_by", "taking_back__taken_by"
    )
    return get_object_or_404(filings, number=number)


@require_safe
def filing_receipt(request, pk, number):
    """What was filed, when to the second, with its digest: to be printed and kept."""
    filing = filing_of(request, pk, number)
    dossier = filing.dossier
    context = {
        "dossier": dossier,
        "filing": filing,
        "rows": rows_by_code(filing).values(),
        "letter_date": date.fromisoformat(filing.content["letter"]["date"]),
        "others": dossier.filings.exclude(pk=filing.pk).order_by("number"),
        "may_take_back": may_take_back(dossier, filing, request.arrived_at),
    }
    return render(request, "dossiers/filing_receipt.html", context)


@require_safe
def compare_filings(request, pk, number, other):
    """Two filings side by side, the older on the left."""
    old, new = (filing_of(request, pk, each) for each in sorted([number, other]))
    letter, entries = compare(old, new)
    context = {"dossier": new.dossier, "old": old, "new": new, "letter": letter, "entries": entries}
    return render(request, "dossiers/compare.html", context)


@require_POST
def take_filing_back(request, pk, number):
    filing = filing_of(request, pk, number)
    try:
        dossier = take_back(filing.dossier, by=request.user, arrived_at=request.arrived_at, seen=number)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(filing)
    messages.success(request, "Đã rút lại hồ sơ. Hãy sửa rồi nộp lại trước hạn.")
    return redirect(dossier)
