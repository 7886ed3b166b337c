"""The letter, the summary table, and filing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.file_names import file_name
from config.paging import version_in
from dossiers.editing import describe_letter
from dossiers.filing import file_dossier
from dossiers.forms import LetterForm
from dossiers.models import Dossier
from dossiers.summary_table import write_table
from dossiers.views import back_at, dossier_page, editable

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
    response = FileResponse(file, as_attachment=not shown, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def summary_table(request, pk):
    """The summary table as it stands now, to be printed and signed with the letter."""
    dossier = editable(request, pk)
    entries = list(dossier.entries.standing().select_related("initiative"))
    response = HttpResponse(write_table(dossier, entries), content_type=XLSX)
    name = file_name("bang-tong-hop", dossier.union, extension="xlsx")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def filed_table(request, pk, number):
    """The summary table as it was filed."""
    dossier = editable(request, pk)
    filing = get_object_or_404(dossier.filings, number=number)
    return attachment(filing.table.open("rb"), filing.table_name, XLSX)


@require_POST
def file(request, pk):
    dossier = editable(request, pk)
    try:
        filing = file_dossier(dossier, by=request.user, arrived_at=request.arrived_at)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect(dossier)
    messages.success(request, f"Đã nộp hồ sơ. Số biên nhận {filing.receipt_number}.")
    return redirect(dossier)
