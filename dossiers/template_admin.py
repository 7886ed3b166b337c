"""The board lays down its plan's forms of papers: uploaded, checked, kept with those before; never changed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from accounts.visible_admin import UnstaleForm, VisibleAdmin
from config.private_files import file_answer
from config.templatetags.sizes import file_size
from dossiers.letter_templates import check_template, lay_down, refuse_too_large
from dossiers.limits import TEMPLATE_LIMIT_MB
from dossiers.models import LetterTemplate, PaperKind, Plan
from dossiers.paper_forms import FORMS

NEW = ["plan", "kind", "upload"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateForm(UnstaleForm):
    upload = forms.FileField(
        label=f"Tệp mẫu (Word .docx, tối đa {TEMPLATE_LIMIT_MB} MB)",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Hãy chọn tệp mẫu."},
    )

    class Meta:
        model = LetterTemplate
        fields = ["plan", "kind"]

    def clean_upload(self):
        """Checked as a form of the kind that was picked; without one there is nothing to check it against."""
        file = self.cleaned_data["upload"]
        refuse_too_large(file.size)
        content = file.read()
        if "kind" in self.cleaned_data:
            check_template(content, self.cleaned_data["kind"])
        return content


@admin.register(LetterTemplate)
class LetterTemplateAdmin(VisibleAdmin):
    form = TemplateForm
    list_display = ["__str__", "kind", "shown_size", "uploaded_by", "uploaded_at", "download"]
    list_select_related = ["plan__union", "uploaded_by"]
    sortable_by = []
    ordering = ["-pk"]
    deed_words = {"created": "Thay mẫu văn bản"}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan__union", "uploaded_by")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and plans_of(request.user).exists()

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return ["plan", "kind", "shown_size", "sha256", "uploaded_by", "uploaded_at", "download"] if obj else NEW

    def get_readonly_fields(self, request, obj=None):
        return ["shown_size", "download"] if obj else []

    def get_fieldsets(self, request, obj=None):
        description = None if obj else guide()
        return [(None, {"fields": self.get_fields(request, obj), "description": description})]

    def get_changeform_initial_data(self, request):
        plans = plans_of(request.user)[:2]
        return {"plan": plans[0].pk} if len(plans) == 1 else {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "plan":
            kwargs["queryset"] = plans_of(request.user).select_related("union")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        kept = lay_down(obj.plan, form.cleaned_data["upload"], by=request.user, kind=obj.kind)
        obj.__dict__.update(kept.__dict__)

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("mau-chung/<str:kind>.docx", own(require_safe(self.shipped)), name="dossiers_shipped_template"),
            path("<int:pk>/mau.docx", own(require_safe(self.stored)), name="dossiers_letter_template"),
            *super().get_urls(),
        ]

    def shipped(self, request, kind):
        """The site's own form, to begin a new one from."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in FORMS:
            raise Http404
        return handed_out(FORMS[kind].shipped.open("rb"), f"mau-{FORMS[kind].file_name}.docx")

    def stored(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        template = get_object_or_404(self.get_queryset(request), pk=pk)
        return handed_out(template.file.open("rb"), template.download_name)

    @admin.display(description="cỡ tệp")
    def shown_size(self, template):
        return file_size(template.size)

    @admin.display(description="tải về")
    def download(self, template):
        address = reverse("admin:dossiers_letter_template", args=[template.pk])
        return format_html('<a href="{}">{}</a>', address, template.download_name)


def plans_of(user):
    """The plans whose papers this person lays down: their board's; an administrator's are all."""
    return Plan.objects.all() if user.is_superuser else Plan.objects.decided_by(user)


def handed_out(file, name):
    answer = file_answer(file, filename=name, content_type=DOCX)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def guide():
    """Return what to know before replacing a form: where to begin, and the names that are filled in."""
    forms = format_html_join("", "{}", ((guide_to(PaperKind(kind), form),) for kind, form in FORMS.items()))
    return format_html(
        "<p>Văn bản được làm theo mẫu tải lên sau cùng của loại đó; mẫu cũ vẫn được giữ. Hãy bắt đầu từ mẫu chung, sửa "
        "bằng Word, giữ nguyên những tên trong ngoặc nhọn. Mẫu được điền thử trước khi nhận.</p>{}",
        forms,
    )


def guide_to(kind, form):
    """Return the part of the guide about one kind of paper: its own form, and its names."""
    names = [
        *((f"{{{{ {name} }}}}", about) for name, about in form.variables.items() if name not in form.lists),
        *(
            (f"{{{{ muc.{part} }}}}", f"trong danh sách {name}: {about}")
            for name, parts in form.lists.items()
            for part, about in parts.items()
        ),
    ]
    return format_html(
        '<details><summary>{}: mẫu chung, các tên được điền</summary><p><a href="{}">Tải mẫu chung</a></p>'
        "<dl>{}</dl></details>",
        kind.label,
        reverse("admin:dossiers_shipped_template", args=[kind.value]),
        format_html_join("", "<dt><code>{}</code></dt><dd>{}</dd>", names),
    )
