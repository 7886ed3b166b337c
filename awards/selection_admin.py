"""The board chooses: one page for each plan, with all candidates and the places left, up to publication."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.admin import union_named
from accounts.visible_admin import ReadOnlyAdmin
from awards.archive_admin import ArchivePages
from awards.board_charts import ChartPages
from awards.candidate_rows import Row, balances_of, candidates_for
from awards.forms import CandidateFilter, PublishForm
from awards.line import unseen_by
from awards.meeting_admin import MeetingPages
from awards.models import Kind, Selection
from awards.papers_admin import PaperPages
from awards.plan_timeline import events_about, steps_of_plan
from awards.publishing_pages import PublishingPages
from awards.selection import choose, choose_all, places, take_back
from awards.selection_state import publication_of
from awards.simulation import BASES, simulated
from config.paging import key_in
from config.text import clean_line
from dossiers.models import DossierEntry
from record.models import Event

CHANGE_PAGE = "admin:awards_selection_change"
# The last part of the address → the deed and the kind of place, and what is said when it is done.
DEEDS = {
    "chon": (choose, Kind.PROVINCE, "Đã chọn khen thưởng"),
    "bo-chon": (take_back, Kind.PROVINCE, "Đã bỏ chọn khen thưởng"),
    "de-nghi": (choose, Kind.NATIONAL, "Đã đề nghị biểu dương"),
    "bo-de-nghi": (take_back, Kind.NATIONAL, "Đã bỏ đề nghị biểu dương"),
}
MOST_MARKED = 1000


@admin.register(Selection)
class SelectionAdmin(ChartPages, ArchivePages, PublishingPages, PaperPages, MeetingPages, ReadOnlyAdmin):
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
            *self.chart_urls(),
            *self.archive_urls(),
            *self.paper_urls(),
            *self.meeting_urls(),
            path("<int:pk>/chon-nhieu/", own(require_POST(self.choose_marked)), name="awards_choose_marked"),
            path("<int:pk>/thay-doi/", own(require_safe(self.changes)), name="awards_selection_changes"),
            path("<int:pk>/cong-bo/", own(require_http_methods(["GET", "POST"])(self.publish)), name="awards_publish"),
            path("<int:pk>/muc/<int:entry_pk>/<str:deed>/", own(require_POST(self.decide)), name="awards_decide"),
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

    def selection_page(self, request, plan, *, publish_form=None, typed=None, status=200):
        """Show the candidates; `typed` is what was sent and refused."""
        filters = CandidateFilter(request.GET, plan=plan)
        publication, listed = publication_of(plan), candidates_for(request.user, plan)
        basis = filters.chosen().get("basis")
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
            listed=listed,
            rows=numbered(filters.among(listed.rows), listed.line, plan, whole=not filters.narrows()),
            balances=balances_of(listed.rows),
            basis=basis and f"theo {BASES[basis][0]}",
            simulation=basis and listed.line.is_drawn and simulated(listed.standings, plan.award_limit, basis),
            publication=publication,
            version=version_of(plan),
            typed=typed or {"reason": "", "entries": listed.by_rank if "danh-dau" in request.GET else set()},
            deciding=publication is None and self.may_decide(request, plan),
            publish_form=publish_form or PublishForm(),
        )

    def back(self, request, plan, anchor):
        """Return to the page with its filters, at the row that was dealt with."""
        query = CandidateFilter(request.GET, plan=plan).query()
        return redirect(f"{reverse(CHANGE_PAGE, args=[plan.pk])}{'?' if query else ''}{query}#{anchor}")

    def changes(self, request, pk):
        """Whether somebody else changed the list since the version that a page shows: asked by that page."""
        plan = self.visible(request, pk)
        last = Event.objects.of(plan).last()
        is_new = last and last.number != key_in(request.GET.get("v")) and last.by_id != request.user.pk
        said = f"{last.by_name} vừa thay đổi danh sách lúc {localtime(last.at):%H:%M}." if is_new else ""
        return JsonResponse({"said": said})

    # --- Deeds ------------------------------------------------------------------------------

    def decide(self, request, pk, entry_pk, deed):
        plan = self.decided(request, pk)
        entry = get_object_or_404(DossierEntry.objects.filter(plan=plan).select_related("dossier"), pk=entry_pk)
        if deed not in DEEDS:
            raise Http404
        do, kind, done = DEEDS[deed]
        known = {"line": unseen_by(request.user, plan)} if do is choose else {}
        try:
            do(plan, entry, kind, reason=request.POST.get("reason", ""), by=request.user, **known)
            messages.success(request, f"{done}: {entry.title}")
        except ValidationError as refusal:
            messages.error(request, f"{entry.title}: {refusal.messages[0]}")
            return self.selection_page(request, plan, typed=sent_with(request), status=422)
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
            known = {"by": request.user, "line": unseen_by(request.user, plan)}
            choose_all(plan, entries, Kind.PROVINCE, reason=request.POST.get("reason", ""), **known)
            messages.success(request, f"Đã chọn khen thưởng {len(entries)} sáng kiến.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.selection_page(request, plan, typed=sent_with(request), status=422)
        return self.back(request, plan, "danh-sach")

    # --- Record -----------------------------------------------------------------------------

    def events_of(self, plan):
        return events_about(plan)

    def steps_from(self, plan, events):
        return steps_of_plan(plan, events)


def version_of(plan):
    """Return a number that is another one after each change of a plan's list."""
    last = Event.objects.of(plan).last()
    return last.number if last else 0


def sent_with(request):
    """Return what was typed and marked, for the page that shows it again."""
    return {
        "reason": request.POST.get("reason", ""),
        "entries": {key_in(text) for text in request.POST.getlist("entry")[:MOST_MARKED]} - {None},
    }


@dataclass(frozen=True)
class Shown:
    """A Row with its number on the page, whether it stands above the line that is drawn before it, and its words."""

    number: int
    row: Row
    line: str = ""


def numbered(rows, line, plan, *, whole):
    """Return the rows as Shown; on the `whole` list, with the words of the line where the places end."""
    shown, said = [], set()
    for number, row in enumerate(rows, start=1):
        words = ""
        if whole and line.is_drawn and not row.is_held and row.place not in {"above", *said}:
            said.add(row.place)
            words = words_of_line(row, line, plan)
        shown.append(Shown(number, row, words))
    return shown


def words_of_line(row, line, plan):
    if row.place == "tied":
        left = plan.award_limit - len(line.above)
        return f"Bằng điểm ở suất cuối: {len(line.tied)} sáng kiến cho {left} suất. Hội đồng quyết định và ghi lý do."
    return f"Hết {plan.award_limit} suất theo thứ hạng điểm. Chọn từ đây xuống thì ghi lý do."
