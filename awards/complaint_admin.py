"""Complaints in the admin: received, taken up, heard, concluded; who complained stays in here."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from accounts.visible_admin import KnownChoices, VisibleAdmin
from awards.alike import case_about
from awards.attachments import stored_files
from awards.board_filters import ComplaintsOfPlan, WaitingComplaintsFilter
from awards.complaint_forms import ComplaintForm, ConclusionForm, HearingForm
from awards.complaints import conclude, hear, receive, take_up
from awards.dossier_files import download
from awards.models import Complaint, ComplaintKind, ComplaintState
from config import clock
from config.paging import key_in
from config.unavailable import typed_text
from initiatives.models import Initiative
from record.taking import put_taken

CHANGE_PAGE = "admin:awards_complaint_change"


class Late(TextChoices):
    LATE = "1", "Gửi muộn"
    IN_TIME = "0", "Trong thời gian lấy ý kiến"


class StateFilter(KnownChoices):
    title, field, choices_class = "trạng thái", "state", ComplaintState


class KindFilter(KnownChoices):
    title, field, choices_class = "loại", "kind", ComplaintKind


class LateFilter(KnownChoices):
    title, field, choices_class = "thời gian", "is_late", Late


@admin.register(Complaint)
class ComplaintAdmin(VisibleAdmin):
    form = ComplaintForm
    fields = ["received_on", "came_by", "kind", "initiative", "text", "complainant", "contact", "files"]
    autocomplete_fields = ["initiative"]
    list_display = ["shown_code", "shown_title", "kind", "received_on", "came_by", "shown_state"]
    list_display_links = ["shown_code", "shown_title"]
    list_select_related = ["initiative"]
    list_filter = [WaitingComplaintsFilter, StateFilter, KindFilter, LateFilter, ComplaintsOfPlan]
    search_fields = ["initiative__search_text"]
    search_help_text = "Mã hoặc tên sáng kiến; từ 3 chữ trở lên, không cần dấu."
    sortable_by = []
    deed_words = {
        "received": "Nhận đơn",
        "taken_up": "Thụ lý đơn",
        "heard": "Ghi buổi làm việc",
        "concluded": "Giải quyết đơn",
    }

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

    @admin.display(description="trạng thái")
    def shown_state(self, complaint):
        return stage_of(complaint) + (", gửi muộn" if complaint.is_late else "")

    # --- Receiving --------------------------------------------------------------------------

    def get_changeform_initial_data(self, request):
        """Come from a dossier's page with the initiative already picked, or from two that are alike with the case."""
        key = key_in(request.GET.get("initiative"))
        case = case_about(request.user, key_in(request.GET.get("giong")))
        return {"received_on": clock.today(), **({"initiative": key} if key else {}), **case}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = Initiative.objects.under_any(request.user.unions_as("BOARD"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        with stored_files(form.cleaned_data["files"]) as files:
            receive(obj, by=request.user, files=files)

    # --- The page ---------------------------------------------------------------------------

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/thu-ly/", own(require_POST(self.take_up)), name="awards_take_up"),
            path("<int:pk>/lam-viec/", own(require_POST(self.hear)), name="awards_hear"),
            path("<int:pk>/giai-quyet/", own(require_POST(self.conclude)), name="awards_conclude"),
            path("<int:pk>/tep/<int:place>/", own(require_safe(self.file)), name="awards_complaint_file"),
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
        return self.complaint_page(request, complaint)

    def complaint_page(self, request, complaint, *, hearing=None, conclusion=None, status=200):
        is_open = complaint.state == ComplaintState.OPEN and self.may_conclude(request, complaint)
        hearings = complaint.hearings.select_related("recorded_by")
        return self.page(
            request,
            "admin/awards/complaint.html",
            complaint,
            status=status,
            title=f"Đơn về sáng kiến {complaint.initiative.shown_code}",
            complaint=complaint,
            stage=stage_of(complaint),
            files=complaint.files.all(),
            hearings=hearings,
            may_take_up=is_open and not complaint.is_taken_up,
            hearing_form=(hearing or HearingForm()) if is_open and complaint.is_taken_up else None,
            form=(conclusion or ConclusionForm(is_taken_up=complaint.is_taken_up)) if is_open else None,
            typed=[] if is_open else typed_text(request),
            steps=self.steps_of(complaint),
        )

    def file(self, request, pk, place):
        complaint = self.get_object(request, str(pk))
        if not self.has_view_permission(request):
            raise PermissionDenied
        file = get_object_or_404(complaint.files, place=place)
        put_taken(request, complaint, file.download_name)
        return download(file.file, file.download_name, file.content_type)

    # --- Deeds ------------------------------------------------------------------------------

    def decided(self, request, pk):
        """Return a complaint that this person's board deals with: 404 for what is not visible, else 403."""
        complaint = self.get_object(request, str(pk))
        if not self.may_conclude(request, complaint):
            raise PermissionDenied
        return complaint

    def take_up(self, request, pk):
        complaint = self.decided(request, pk)
        try:
            take_up(complaint, by=request.user)
            messages.success(request, "Đã thụ lý đơn. Tác giả được báo là sáng kiến đang được xem xét.")
            return redirect(CHANGE_PAGE, pk)
        except ValidationError as refusal:
            return self.refused(request, complaint, refusal)

    def hear(self, request, pk):
        complaint = self.decided(request, pk)
        form = HearingForm(request.POST)
        if not form.is_valid():
            return self.refused(request, complaint, hearing=form)
        try:
            hear(complaint, **form.cleaned_data, by=request.user)
            messages.success(request, "Đã ghi buổi làm việc.")
            return redirect(CHANGE_PAGE, pk)
        except ValidationError as refusal:
            return self.refused(request, complaint, refusal, hearing=form)

    def conclude(self, request, pk):
        complaint = self.decided(request, pk)
        form = ConclusionForm(request.POST, is_taken_up=complaint.is_taken_up)
        if not form.is_valid():
            return self.refused(request, complaint, conclusion=form)
        try:
            conclude(complaint, **form.cleaned_data, by=request.user)
            messages.success(request, "Đã ghi kết luận về đơn.")
            return redirect(CHANGE_PAGE, pk)
        except ValidationError as refusal:
            return self.refused(request, complaint, refusal, conclusion=form)

    def refused(self, request, complaint, refusal=None, **forms):
        """Show the complaint as it stands now, with what was typed and why it was not taken."""
        why = " ".join(refusal.messages) if refusal else "Chưa ghi được. Hãy xem chỗ báo lỗi bên dưới."
        messages.error(request, why)
        complaint.refresh_from_db()
        return self.complaint_page(request, complaint, status=422, **forms)


def stage_of(complaint):
    """Return how far the board has come with a complaint, in words."""
    if complaint.state != ComplaintState.OPEN:
        return complaint.get_state_display()
    return "Đã thụ lý, đang làm việc" if complaint.is_taken_up else "Mới nhận, chờ thụ lý"
