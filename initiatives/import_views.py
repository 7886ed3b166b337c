"""Importing what was collected on paper: upload, preview, confirm, codes to hand out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Union
from config.paging import key_in, page_of
from initiatives.import_models import Import, State
from initiatives.import_template import template_for
from initiatives.importing import confirm, refuse_too_large, take_codes, upload
from initiatives.limits import IMPORT_KEPT, IMPORT_LIMIT_MB
from initiatives.models import Campaign

REFUSED = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = 100


class UploadForm(forms.Form):
    union = forms.ModelChoiceField(
        label="Công đoàn", queryset=Union.objects.none(), to_field_name="code", empty_label=None
    )
    file = forms.FileField(
        label=f"Tệp Excel đã điền (.xlsx, tối đa {IMPORT_LIMIT_MB} MB)",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Hãy chọn tệp Excel đã điền."},
    )

    def __init__(self, *args, unions, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["union"].queryset = Union.objects.filter(pk__in=[union.pk for union in unions])
        if len(unions) == 1:  # nothing to choose
            self.fields["union"].widget = forms.HiddenInput()
            self.initial.setdefault("union", unions[0].code)

    def clean_file(self):
        file = self.cleaned_data["file"]
        refuse_too_large(file.size)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    """The template, the upload, and the imports so far."""
    unions = request.user.unions_as("STAFF")
    if request.method != "POST":
        return imports_page(request, UploadForm(unions=unions))
    if not unions:
        raise Http404
    form = UploadForm(request.POST, request.FILES, unions=unions)
    if form.is_valid():
        union = Union.objects.select_related("parent__parent").get(pk=form.cleaned_data["union"].pk)
        try:
            found = upload(
                union,
                get_object_or_404(Campaign.objects.running()),
                form.cleaned_data["file"],
                by=request.user,
                arrived_at=request.arrived_at,
            )
            return redirect(found)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    return imports_page(request, form, status=REFUSED)


def imports_page(request, form, *, status=200):
    campaign = Campaign.objects.running().first()
    found = Import.objects.visible_to(request.user).without_lists().select_related("union", "by")
    context = {
        "form": form,
        "unions": request.user.unions_as("STAFF"),
        "campaign": campaign,
        "is_open": bool(campaign) and campaign.takes_at(request.arrived_at),
        "page": page_of(found, request.GET, size=20),
        "query": "",
        "kept": IMPORT_KEPT.days,
    }
    return render(request, "initiatives/imports.html", context, status=status)


@require_safe
def import_template(request, union_code):
    mine = Union.objects.family_of(request.user.unions_as("STAFF")).select_related("parent__parent")
    union = get_object_or_404(mine, code=union_code)
    campaign = get_object_or_404(Campaign.objects.running())
    return workbook(template_for(union, campaign), f"mau-nhap-sang-kien-{union.code}.xlsx")


def workbook(content, name):
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def one_import(request, pk):
    """Where an import stands: how far the queue is, what has to be mended, what will be stored, what was."""
    found = get_object_or_404(Import.objects.visible_to(request.user).select_related("union", "campaign", "by"), pk=pk)
    stored = found.stored.select_related("initiative__unit").order_by("number")
    listed = stored if found.state == State.DONE else found.problems or found.rows
    number = found.new_rows if found.state == State.DONE else len(listed)
    start = min(key_in(request.GET.get("tu")) or 0, number)
    context = {
        "import": found,
        "may_confirm": Import.objects.confirmable_by(request.user).filter(pk=pk).exists(),
        "listed": listed[start : start + LINES],
        "before": max(0, start - LINES) if start else None,
        "after": start + LINES if start + LINES < number else None,
        "left_out": max(0, found.problem_count - len(found.problems)) if found.problems else 0,
    }
    return render(request, "initiatives/import.html", context)


@require_POST
def confirm_import(request, pk):
    found = get_object_or_404(Import.objects.confirmable_by(request.user), pk=pk)
    try:
        confirm(found, by=request.user, arrived_at=request.arrived_at)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(found)


@require_POST
def import_codes(request, pk):
    """The codes of what an import stored, to hand to the workers."""
    found = get_object_or_404(Import.objects.visible_to(request.user), pk=pk, state=State.DONE)
    return workbook(take_codes(found, by=request.user), f"ma-sang-kien-{found.pk}.xlsx")
