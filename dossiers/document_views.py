"""A dossier's papers: the letter to edit and sign, the table as it will print, and what stands around their text."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.file_names import file_name
from accounts.models import Union
from config.paging import version_in
from dossiers.checklist import entries_of
from dossiers.forms import point_at_mistake
from dossiers.letter_drafts import draft_letter
from dossiers.letterhead import PROFILE_FIELDS, keep_profile, profile_of
from dossiers.models import UnionProfile
from dossiers.summary_table import COLUMNS, COUNTRY, MOTTO, TITLE, table_of
from dossiers.views import editable
from record.taking import put_taken

REFUSED = 422
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ProfileForm(forms.ModelForm):
    class Meta:
        model = UnionProfile
        fields = PROFILE_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        helps = {
            "parent_line": "Dòng đầu ở góc trái văn bản; khi in tự chuyển thành chữ in hoa.",
            "own_line": "Dòng thứ hai, in đậm; cũng dùng trong câu của tờ trình.",
            "abbreviation": "Ví dụ LĐLĐ thì số tờ trình là 15/TTr-LĐLĐ.",
            "place": "Đứng trước ngày tháng, ví dụ Đại Từ, ngày 05 tháng 01 năm 2021.",
            "signer": "Điền sẵn vào hồ sơ chưa ghi người ký.",
        }
        for name, text in helps.items():
            self.fields[name].help_text = text


@require_http_methods(["GET", "HEAD", "POST"])
def union_profile(request, union_code):
    mine = [union.pk for union in request.user.unions_as("STAFF")]
    union = get_object_or_404(Union.objects.filter(pk__in=mine).select_related("parent"), code=union_code)
    profile = profile_of(union)
    if request.method != "POST":
        return profile_page(request, union, ProfileForm(instance=profile), profile.version)
    form, version = ProfileForm(request.POST, instance=profile), version_in(request)
    if form.is_valid():
        try:
            keep_profile(union, form.cleaned_data, by=request.user, version=version)
            messages.success(request, "Đã lưu thông tin in trên văn bản.")
            return redirect("union_profile", union.code)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            version = profile_of(union).version
    return profile_page(request, union, form, version, status=REFUSED)


def profile_page(request, union, form, version, status=200):
    context = {"union": union, "form": point_at_mistake(form), "version": version}
    return render(request, "dossiers/profile.html", context, status=status)


@require_safe
def letter_draft(request, pk):
    """The letter as a Word document, at any time: what is not known yet is dotted."""
    dossier = editable(request, pk)
    content, name = draft_letter(dossier, entries_of(dossier))
    name = file_name(name, dossier.union, extension="docx")
    put_taken(request, dossier, name)
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def table_preview(request, pk):
    """The summary table as a page that prints as the file does."""
    dossier = editable(request, pk)
    context = {
        "dossier": dossier,
        "table": table_of(dossier, entries_of(dossier)),
        "columns": COLUMNS,
        "title": TITLE,
        "country": COUNTRY,
        "motto": MOTTO,
    }
    return render(request, "dossiers/table.html", context)
