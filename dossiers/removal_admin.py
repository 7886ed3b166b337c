"""An administrator answers what authors ask: personal data are removed, or not, with a reason (R19)."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from accounts.visible_admin import KnownChoices, ReadOnlyAdmin
from config.unavailable import typed_text
from dossiers.forgetting import carry_out
from dossiers.removal_forms import RefusalForm
from initiatives.forgetting import letters_to_author, mentions, refuse_removal
from initiatives.models import Initiative
from initiatives.my_data import told
from initiatives.personal import FORGOTTEN
from initiatives.removals import RemovalRequest, RemovalState
from initiatives.timeline import outcomes_of
from record.models import PersonalDetail
from record.words import DEEDS


class StateFilter(KnownChoices):
    title, field, choices_class = "trạng thái", "state", RemovalState


@admin.register(RemovalRequest)
class RemovalRequestAdmin(ReadOnlyAdmin):
    list_display = ["shown_code", "shown_due", "state", "shown_title", "asked_at", "answered_by"]
    list_display_links = ["shown_code", "shown_title"]
    list_select_related = ["initiative", "answered_by"]
    list_filter = [StateFilter]
    sortable_by = []
    # Those that wait first, the most urgent on top; then those that were answered last.
    ordering = [F("answered_at").desc(nulls_first=True), "due_at", "pk"]
    deed_words = DEEDS

    @admin.display(description="mã sáng kiến")
    def shown_code(self, request):
        return request.initiative.shown_code

    @admin.display(description="tên sáng kiến")
    def shown_title(self, request):
        return request.initiative.title

    @admin.display(description="hạn giải quyết")
    def shown_due(self, request):
        return due_words(request)

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/xoa/", own(require_POST(self.carry_out)), name="initiatives_removal_carry_out"),
            path("<int:pk>/khong-xoa/", own(require_POST(self.refuse)), name="initiatives_removal_refuse"),
            *super().get_urls(),
        ]

    def may_answer(self, request):
        return request.user.is_national and request.user.has_perm("initiatives.change_removalrequest")

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        removal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.removal_page(request, removal, RefusalForm(label_suffix=""))

    def removal_page(self, request, removal, form, status=200):
        initiative = Initiative.objects.select_related("campaign", "top").get(pk=removal.initiative_id)
        answering = removal.is_open and self.may_answer(request)
        entries = initiative.entries.select_related("dossier__union").order_by("pk")
        fields = [Initiative._meta.get_field(name) for name in FORGOTTEN]
        return self.page(
            request,
            "admin/initiatives/removal.html",
            removal,
            status=status,
            title=f"Yêu cầu xóa thông tin cá nhân, sáng kiến {initiative.shown_code}",
            removal=removal,
            due=due_words(removal),
            initiative=initiative,
            personal={label: text for label, text in told(initiative, fields).items() if text},
            letters=letters_to_author(initiative).count(),
            details=PersonalDetail.objects.filter(
                event__subject_kind="initiative", event__subject_id=initiative.pk
            ).count(),
            entries=entries,
            filed=[entry.dossier for entry in entries if entry.dossier.last_filing],
            mentions=mentions(initiative) if removal.is_open else [],
            outcomes=outcomes_of(initiative),
            form=form if answering else None,
            typed=[] if answering else typed_text(request),
            steps=self.steps_of(removal),
        )

    def carry_out(self, request, pk):
        deed = partial(carry_out, aware=bool(request.POST.get("aware")))
        done = "Đã xóa thông tin cá nhân. Các con số thống kê giữ nguyên."
        return self.do(request, pk, deed, RefusalForm(label_suffix=""), done)

    def refuse(self, request, pk):
        deed = partial(refuse_removal, reason=request.POST.get("reason", ""))
        done = "Đã ghi lý do không xóa. Tác giả đọc được ở trang riêng."
        return self.do(request, pk, deed, RefusalForm(request.POST, label_suffix=""), done)

    def do(self, request, pk, deed, form, done):
        """Call a deed on the request; a refusal shows the page again with what was typed."""
        removal = self.get_object(request, str(pk))
        if not self.may_answer(request):
            raise PermissionDenied
        try:
            deed(removal, by=request.user)
            messages.success(request, done)
            return redirect(reverse("admin:initiatives_removalrequest_change", args=[pk]))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            removal.refresh_from_db()
        return self.removal_page(request, removal, form, status=422)


def due_words(removal):
    words = f"{localtime(removal.due_at):%H:%M %d/%m/%Y}"
    return f"⚠ Quá hạn: {words}" if removal.is_overdue else words
