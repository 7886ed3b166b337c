"""The board chooses: one page for each plan, with all candidates and the places left, up to publication."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.admin import union_named
from accounts.visible_admin import ReadOnlyAdmin
from awards.archive_admin import ArchivePages
from awards.forms import CandidateFilter, PublishForm
from awards.models import Award, Kind, Selection
from awards.plan_timeline import events_about, steps_of_plan
from awards.publishing import chosen_entries, left_undone, mark_of, publish, refuse_unless_ready
from awards.selection import choose, choose_all, places, take_back
from awards.selection_state import publication_of
from config.paging import key_in
from config.text import clean_line
from dossiers.models import DossierEntry

CHANGE_PAGE = "admin:awards_selection_change"
# The last part of the address → the deed and the kind of place, and what is said when it is done.
DEEDS = {
    "chon": (choose, Kind.PROVINCE, "Đã chọn khen thưởng"),
    "bo-chon": (take_back, Kind.PROVINCE, "Đã bỏ chọn khen thưởng"),
    "de-nghi": (choose, Kind.NATIONAL, "Đã đề nghị biểu dương"),
    "bo-de-nghi": (take_back, Kind.NATIONAL, "Đã bỏ đề nghị biểu dương"),
}
MOST_MARKED = 1000
# Refusals after which the same page may be sent again as it now stands.
MENDED_HERE = {"list_changed", "not_aware"}


@dataclass(frozen=True)
class Row:
    """One candidate on the page."""

    number: int
    entry: DossierEntry
    is_awarded: bool
    is_nominated: bool


def rows_of(entries, plan):
    kinds = {}
    for entry_pk, kind in Award.objects.standing().filter(plan=plan).values_list("entry", "kind"):
        kinds.setdefault(entry_pk, set()).add(kind)
    ordered = entries.select_related("dossier__union", "initiative").order_by("dossier__union__name", "rank", "pk")
    return [
        Row(number, entry, Kind.PROVINCE in kinds.get(entry.pk, ()), Kind.NATIONAL in kinds.get(entry.pk, ()))
        for number, entry in enumerate(ordered, start=1)
    ]


@admin.register(Selection)
class SelectionAdmin(ArchivePages, ReadOnlyAdmin):
    list_display = ["shown_union", "number", "awarded", "nominated", "publication"]
    list_select_related = ["union", "publication"]
    search_fields = ["union__name"]
    search_help_text = "Tên LĐLĐ tỉnh, công đoàn ngành."
    sortable_by = []

    def get_queryset(self, request):
        """A board meets its own plans only: until publication nobody else knows what it decides (R17)."""
        plans = super().get_queryset(request)
        if not request.user.is_national:
            plans = plans.decided_by(request.user)
        standing = Q(awards__taken_back_at=None)
        return plans.annotate(
            awarded_count=Count("awards", filter=standing & Q(awards__kind=Kind.PROVINCE)),
            nominated_count=Count("awards", filter=standing & Q(awards__kind=Kind.NATIONAL)),
        )

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term, "union__")) if clean_line(search_term) else queryset), False

    @admin.display(description="LĐLĐ tỉnh, công đoàn ngành")
    def shown_union(self, plan):
        return plan.union.name

    @admin.display(description="khen thưởng")
    def awarded(self, plan):
        return f"{plan.awarded_count}/{plan.award_limit}"

    @admin.display(description="đề nghị biểu dương")
    def nominated(self, plan):
        return f"{plan.nominated_count}/{plan.nomination_limit}"

    @admin.display(description="công bố")
    def publication(self, plan):
        return publication_of(plan) or "Chưa công bố"

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/chon-nhieu/", own(require_POST(self.choose_marked)), name="awards_choose_marked"),
            path("<int:pk>/cong-bo/", own(require_http_methods(["GET", "POST"])(self.publish)), name="awards_publish"),
            path("<int:pk>/muc/<int:entry_pk>/<str:deed>/", own(require_POST(self.decide)), name="awards_decide"),
            *self.archive_urls(),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("union", "campaign", "publication"), pk=pk)

    def may_decide(self, request, plan):
        decided = Selection.objects.decided_by(request.user).filter(pk=plan.pk)
        return request.user.has_perm("awards.change_selection") and decided.exists()

    def decided(self, request, pk):
        """Return a plan that this person decides on: 404 for what is not visible, 403 for who only looks on."""
        plan = self.visible(request, pk)
        if not self.may_decide(request, plan):
            raise PermissionDenied
        return plan

    # --- The page ---------------------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.selection_page(request, self.visible(request, self.get_object(request, unquote(object_id)).pk))

    def selection_page(self, request, plan, publish_form=None, status=200):
        filters = CandidateFilter(request.GET, plan=plan)
        publication = publication_of(plan)
        return self.page(
            request,
            "admin/awards/selection.html",
            plan,
            status=status,
            title=f"Xét chọn: {plan.union}",
            plan=plan,
            places=[(kind.label, taken, limit) for kind, taken, limit in places(plan)],
            filters=filters,
            query=filters.query(),
            rows=rows_of(filters.rows(), plan),
            publication=publication,
            deciding=publication is None and self.may_decide(request, plan),
            publish_form=publish_form or PublishForm(),
        )

    def back(self, request, plan, anchor):
        """Return to the page with its filters, at the row that was dealt with."""
        query = CandidateFilter(request.GET, plan=plan).query()
        return redirect(f"{reverse(CHANGE_PAGE, args=[plan.pk])}{'?' if query else ''}{query}#{anchor}")

    # --- Deeds ------------------------------------------------------------------------------

    def decide(self, request, pk, entry_pk, deed):
        plan = self.decided(request, pk)
        entry = get_object_or_404(DossierEntry.objects.filter(plan=plan).select_related("dossier"), pk=entry_pk)
        if deed not in DEEDS:
            raise Http404
        do, kind, done = DEEDS[deed]
        try:
            do(plan, entry, kind, by=request.user)
            messages.success(request, f"{done}: {entry.title}")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return self.back(request, plan, f"muc-{entry.pk}")

    def choose_marked(self, request, pk):
        plan = self.decided(request, pk)
        keys = {key_in(text) for text in request.POST.getlist("entry")[:MOST_MARKED]} - {None}
        entries = list(DossierEntry.objects.filter(plan=plan, pk__in=keys).select_related("dossier"))
        if len(entries) != len(keys):
            raise Http404
        if not entries:
            messages.error(request, "Chưa đánh dấu dòng nào. Hãy đánh dấu các sáng kiến rồi bấm lại.")
            return self.back(request, plan, "danh-sach")
        try:
            choose_all(plan, entries, Kind.PROVINCE, by=request.user)
            messages.success(request, f"Đã chọn khen thưởng {len(entries)} sáng kiến.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return self.back(request, plan, "danh-sach")

    def publish(self, request, pk):
        """First show exactly what will be published (GET), then publish it (POST)."""
        plan = self.decided(request, pk)
        form = PublishForm(request.POST or request.GET)
        if not form.is_valid():
            messages.error(request, "Chưa công bố được. Hãy sửa số, ngày quyết định ở mục Công bố.", "to-publish")
            form.fields[next(iter(form.errors))].widget.attrs["autofocus"] = True
            return self.selection_page(request, plan, form, status=422)
        number, date = form.cleaned_data["decision_number"], form.cleaned_data["decision_date"]
        try:
            if request.method == "POST":
                confirmed = {name: form.cleaned_data[name] for name in ("seen", "aware")}
                publish(plan, number, date, by=request.user, **confirmed)
                messages.success(request, "Đã công bố kết quả. Tác giả và mọi người xem được từ lúc này.")
                return redirect(CHANGE_PAGE, plan.pk)
            refuse_unless_ready(plan, number, date)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.preview(request, plan, form, ready=refusal.code in MENDED_HERE, status=422)
        return self.preview(request, plan, form, ready=True)

    def preview(self, request, plan, form, *, ready=False, status=200):
        entries = list(chosen_entries([plan]))
        return self.page(
            request,
            "admin/awards/publish.html",
            plan,
            status=status,
            title="Xem lại trước khi công bố",
            plan=plan,
            decision=form.cleaned_data,
            entries=entries,
            mark=mark_of(entries),
            left=left_undone(plan),
            ready=ready,
        )

    # --- Record -----------------------------------------------------------------------------

    def events_of(self, plan):
        return events_about(plan)

    def steps_from(self, plan, events):
        return steps_of_plan(plan, events)
