"""The board asks for objections: one page for each plan, with its published lists; a preview; publishing."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import union_named
from accounts.visible_admin import ReadOnlyAdmin
from awards.candidates import candidates
from awards.complaint_forms import ShortlistForm
from awards.models import Complaint, Consultation
from awards.private_words import looks_private
from awards.shortlist_rows import by_union, is_decided, rows_of
from awards.shortlist_views import time_left
from awards.shortlisting import draft_of, publish_shortlist, refuse_unless_ready
from config.text import clean_line
from dossiers.admin import PlanAdmin

CHANGE_PAGE = "admin:awards_consultation_change"


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ["shown_union", "number", "shown_list"]
    list_select_related = ["union"]
    search_fields = ["union__name"]
    search_help_text = "Tên LĐLĐ tỉnh, công đoàn ngành."
    sortable_by = []
    deed_words = {**PlanAdmin.deed_words, "shortlist_published": "Công bố danh sách lấy ý kiến"}

    def get_queryset(self, request):
        """A board meets its own plans only."""
        plans = super().get_queryset(request).prefetch_related("shortlists")
        return plans if request.user.is_national else plans.decided_by(request.user)

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term, "union__")) if clean_line(search_term) else queryset), False

    @admin.display(description="LĐLĐ tỉnh, công đoàn ngành")
    def shown_union(self, plan):
        return plan.union.name

    @admin.display(description="danh sách")
    def shown_list(self, plan):
        lists = plan.shortlists.all()
        if not lists:
            return "Chưa công bố"
        newest = max(lists, key=lambda one: one.version)
        is_open = time_left(newest)["is_open"]
        return f"{'Đang lấy ý kiến' if is_open else 'Hết thời gian'}, đến hết ngày {newest.last_day:%d/%m/%Y}"

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/xem-truoc/", own(require_POST(self.preview)), name="awards_preview_shortlist"),
            path("<int:pk>/cong-bo/", own(require_POST(self.publish)), name="awards_publish_shortlist"),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("union", "campaign", "publication"), pk=pk)

    def may_publish(self, request, plan):
        decided = Consultation.objects.decided_by(request.user).filter(pk=plan.pk)
        return request.user.has_perm("awards.change_consultation") and decided.exists()

    def decided(self, request, pk):
        """Return a plan that this person decides on: 404 for what is not visible, 403 for who only looks on."""
        plan = self.visible(request, pk)
        if not self.may_publish(request, plan):
            raise PermissionDenied
        return plan

    # --- Pages ------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.consultation_page(request, self.visible(request, self.get_object(request, unquote(object_id)).pk))

    def consultation_page(self, request, plan, form=None, status=200):
        lists = sorted(plan.shortlists.all(), key=lambda one: -one.version)
        may_publish = not is_decided(plan) and self.may_publish(request, plan)
        complaints = Complaint.objects.visible_to(request.user).filter(
            initiative__top=plan.union, initiative__campaign=plan.campaign
        )
        return self.page(
            request,
            "admin/awards/consultation.html",
            plan,
            status=status,
            title=f"Lấy ý kiến: {plan.union}",
            plan=plan,
            lists=lists,
            newest=lists[0] if lists else None,
            candidates=candidates(plan).count(),
            is_decided=is_decided(plan),
            form=(form or ShortlistForm(is_correction=bool(lists))) if may_publish else None,
            open_complaints=complaints.open().count(),
            late_complaints=complaints.open().filter(is_late=True).count(),
            steps=[step for step in self.steps_of(plan) if step.words == self.deed_words["shortlist_published"]],
            **(time_left(lists[0]) if lists else {}),
        )

    def detail_of(self, event):
        if event.deed == "shortlist_published":
            return f"Dấu {event.after['sha256']}\n{event.reason}".strip()
        return super().detail_of(event)

    def form_in(self, request, plan):
        return ShortlistForm(request.POST, is_correction=plan.shortlists.exists())

    def preview(self, request, pk):
        """Show exactly what everybody will see; nothing is published yet."""
        plan = self.decided(request, pk)
        form = self.form_in(request, plan)
        if not form.is_valid():
            return self.refused(request, plan, form)
        return self.preview_page(request, plan, form)

    def preview_page(self, request, plan, form, status=200):
        days, reason = form.cleaned_data["days"], form.cleaned_data.get("reason", "")
        draft = draft_of(plan, days, reason)
        try:
            refuse_decided(plan)
            refuse_unless_ready(draft, days)
        except ValidationError as refusal:
            return self.refused(request, plan, form, refusal)
        rows = rows_of(plan, draft.entries)
        return self.page(
            request,
            "admin/awards/preview_shortlist.html",
            plan,
            status=status,
            title="Xem trước danh sách lấy ý kiến",
            plan=plan,
            campaign=plan.campaign,
            draft=draft,
            total=len(rows),
            private=[row.title for row in rows if looks_private(row.title, row.authors, row.workplace)],
            unions=by_union(rows),
            days=days,
            reason=reason,
            mark=draft.mark,
        )

    def publish(self, request, pk):
        plan = self.decided(request, pk)
        form = self.form_in(request, plan)
        if not form.is_valid():
            return self.refused(request, plan, form)
        values = form.cleaned_data
        try:
            publish_shortlist(
                plan, values["days"], reason=values.get("reason", ""), seen=values["seen"], by=request.user
            )
        except ValidationError as refusal:
            if refusal.code != "list_changed":
                return self.refused(request, plan, form, refusal)
            messages.error(request, " ".join(refusal.messages))
            return self.preview_page(request, plan, form, status=422)
        messages.success(request, "Đã công bố danh sách. Tác giả có e-mail được báo tin.")
        return redirect(CHANGE_PAGE, plan.pk)

    def refused(self, request, plan, form, refusal=None):
        why = " ".join(refusal.messages) if refusal else "Chưa xem trước được. Hãy sửa chỗ báo lỗi bên dưới."
        messages.error(request, why)
        return self.consultation_page(request, plan, form, status=422)


def refuse_decided(plan):
    if is_decided(plan):
        raise ValidationError("Kết quả đã công bố nên không công bố danh sách nữa.", code="published")
