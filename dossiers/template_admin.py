"""The board lays down its plan's form of the letter: uploaded, checked, kept with those before; never changed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from accounts.visible_admin import UnstaleForm, VisibleAdmin
from config.templatetags.sizes import file_size
from dossiers.letter_drafts import ENTRY_VARIABLES, SHIPPED, VARIABLES
from dossiers.letter_templates import check_template, lay_down, refuse_too_large
from dossiers.limits import TEMPLATE_LIMIT_MB
from dossiers.models import LetterTemplate, Plan

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
        fields = ["plan"]

    def clean_upload(self):
        file = self.cleaned_data["upload"]
        refuse_too_large(file.size)
        content = file.read()
        check_template(content)
        return content


@admin.register(LetterTemplate)
class LetterTemplateAdmin(VisibleAdmin):
    form = TemplateForm
    list_display = ["__str__", "shown_size", "uploaded_by", "uploaded_at", "download"]
    list_select_related = ["plan__union", "uploaded_by"]
    sortable_by = []
    ordering = ["-pk"]
    deed_words = {"created": "Thay mẫu tờ trình"}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("plan__union", "uploaded_by")

    def has_add_permission(self, request):
        return super().has_add_permission(request) and plans_of(request.user).exists()

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return ["plan", "shown_size", "sha256", "uploaded_by", "uploaded_at", "download"] if obj else ["plan", "upload"]

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
        kept = lay_down(obj.plan, form.cleaned_data["upload"], by=request.user)
        obj.__dict__.update(kept.__dict__)

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("mau-chung.docx", own(require_safe(self.shipped)), name="dossiers_shipped_template"),
            path("<int:pk>/mau.docx", own(require_safe(self.stored)), name="dossiers_letter_template"),
            *super().get_urls(),
        ]

    def shipped(self, request):
        """The site's own form, to begin a new one from."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return handed_out(SHIPPED.open("rb"), "mau-to-trinh.docx")

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
    """The plans whose letter this person lays down: their board's; an administrator's are all."""
    return Plan.objects.all() if user.is_superuser else Plan.objects.decided_by(user)


def handed_out(file, name):
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=DOCX)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def guide():
    """Return what to know before replacing the form: where to begin, and the names that are filled in."""
    names = [
        *((f"{{{{ {name} }}}}", about) for name, about in VARIABLES.items() if name != "sang_kien"),
        *((f"{{{{ muc.{name} }}}}", f"trong bảng danh sách: {about}") for name, about in ENTRY_VARIABLES.items()),
    ]
    return format_html(
        "<p>Các đơn vị tải tờ trình theo mẫu tải lên sau cùng; mẫu cũ vẫn được giữ. Hãy bắt đầu từ "
        '<a href="{}">mẫu chung</a>, sửa bằng Word, giữ nguyên những tên trong ngoặc nhọn. '
        "Mẫu được điền thử trước khi nhận.</p><details><summary>Các tên được điền</summary><dl>{}</dl></details>",
        reverse("admin:dossiers_shipped_template"),
        format_html_join("", "<dt><code>{}</code></dt><dd>{}</dd>", names),
    )
