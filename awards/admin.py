"""Complaints and publications in the admin. Dossiers and the selection have files of their own."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from accounts.visible_admin import KnownChoices, ReadOnlyAdmin, VisibleAdmin
from awards.complaints import conclude, receive
from awards.dossier_admin import FiledDossierAdmin
from awards.forms import ComplaintForm, ConclusionForm
from awards.models import Complaint, ComplaintState, Publication
from awards.national_admin import NominationsAdmin
from awards.selection_admin import SelectionAdmin
from config import clock
from config.unavailable import typed_text
from initiatives.models import Initiative

__all__ = ["ComplaintAdmin", "FiledDossierAdmin", "NominationsAdmin", "PublicationAdmin", "SelectionAdmin"]

CHANGE_PAGE = "admin:awards_complaint_change"


class StateFilter(KnownChoices):
    title, field, choices_class = "trạng thái", "state", ComplaintState


@admin.register(Complaint)
class ComplaintAdmin(VisibleAdmin):
    """Received once, concluded once; who complained stays in here."""

    form = ComplaintForm
    fields = ["received_on", "kind", "initiative", "text", "complainant", "contact"]
    autocomplete_fields = ["initiative"]
    list_display = ["shown_code", "shown_title", "kind", "received_on", "state"]
    list_display_links = ["shown_code", "shown_title"]
    list_select_related = ["initiative"]
    list_filter = [StateFilter]
    search_fields = ["initiative__search_text"]
    search_help_text = "Mã hoặc tên sáng kiến; từ 3 chữ trở lên, không cần dấu."
    sortable_by = []
    deed_words = {"received": "Nhận đơn", "concluded": "Giải quyết đơn"}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and bool(request.user.unions_as("BOARD"))

    def has_change_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = Initiative.objects.visible_to(request.user).matching(search_term)
        return queryset.filter(initiative__in=found), False

    @admin.display(description="mã sáng kiến")
    def shown_code(self, complaint):
        return complaint.initiative.shown_code

    @admin.display(description="tên sáng kiến")
    def shown_title(self, complaint):
        return complaint.initiative.title

    def get_changeform_initial_data(self, request):
        """Come from a dossier's page with the initiative already picked."""
        asked = request.GET.get("initiative", "")
        picked = {"initiative": asked} if asked.isascii() and asked.isdigit() and len(asked) < 19 else {}
        return {"received_on": clock.today(), **picked}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = Initiative.objects.under_any(request.user.unions_as("BOARD"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        receive(obj, by=request.user)

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/giai-quyet/", own(require_POST(self.conclude)), name="awards_conclude"),
            *super().get_urls(),
        ]

    def may_conclude(self, request, complaint):
        return request.user.has_perm("awards.change_complaint") and complaint.initiative.top in request.user.unions_as(
            "BOARD"
        )

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        complaint = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.complaint_page(request, complaint, ConclusionForm())

    def complaint_page(self, request, complaint, form, status=200):
        form = form if complaint.state == ComplaintState.OPEN and self.may_conclude(request, complaint) else None
        return self.page(
            request,
            "admin/awards/complaint.html",
            complaint,
            status=status,
            title=f"Đơn về sáng kiến {complaint.initiative.shown_code}",
            complaint=complaint,
            form=form,
            typed=[] if form else typed_text(request),
            steps=self.steps_of(complaint),
        )

    def conclude(self, request, pk):
        complaint = self.get_object(request, str(pk))
        if not self.may_conclude(request, complaint):
            raise PermissionDenied
        form = ConclusionForm(request.POST)
        try:
            if form.is_valid():
                conclude(complaint, **form.cleaned_data, by=request.user)
                messages.success(request, "Đã ghi kết luận về đơn.")
                return redirect(CHANGE_PAGE, pk)
            messages.error(request, "Chưa ghi được. Hãy xem chỗ báo lỗi bên dưới.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            complaint.refresh_from_db()
        return self.complaint_page(request, complaint, form, status=422)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["plan", "decision_number", "decision_date", "published_at"]
    list_select_related = ["plan__union"]
    fields = ["plan", "decision_number", "decision_date", "published_at", "published_by"]
    ordering = ["-pk"]
    sortable_by = []
