"""The council marks: one page for each plan, with what each person has to do, up to the standings."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.admin import union_named
from accounts.visible_admin import ReadOnlyAdmin
from awards import council_admin, marking_admin, score_papers
from awards.criteria import rules_of
from awards.marking import close
from awards.models import Publication, ScoreSheet, Scoring
from awards.ranking import standings_for
from awards.scoring import keeps_order, own_part, progress_of, seat_of
from config.text import clean_line
from dossiers.admin import PlanAdmin
from record.words import DEEDS

HOME = "admin:awards_scoring_change"
# What people do is looked up here; seeing hangs on the permission for the selection, which is the same people's work.
VIEW, CHANGE = "awards.view_selection", "awards.change_selection"

OWN_DEEDS = ["sheet_kept", "sheet_handed_in", "score_corrected", "recused", "left", "seated_again"]


@admin.register(Scoring)
class ScoringAdmin(ReadOnlyAdmin):
    list_display = ["shown_union", "number", "shown_state"]
    list_select_related = ["union", "scoring"]
    search_fields = ["union__name"]
    search_help_text = "Tên LĐLĐ tỉnh, công đoàn ngành."
    sortable_by = []
    deed_words = PlanAdmin.deed_words | {deed: DEEDS[deed] for deed in OWN_DEEDS}

    def has_module_permission(self, request):
        return request.user.has_perm(VIEW)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(VIEW)

    def get_queryset(self, request):
        """A board meets its own plans only."""
        plans = super().get_queryset(request)
        return plans if request.user.is_national else plans.decided_by(request.user)

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term, "union__")) if clean_line(search_term) else queryset), False

    @admin.display(description="LĐLĐ tỉnh, công đoàn ngành")
    def shown_union(self, plan):
        return plan.union.name

    @admin.display(description="chấm điểm")
    def shown_state(self, plan):
        return state_of(getattr(plan, "scoring", None))

    def get_urls(self):
        own, both = self.admin_site.admin_view, require_http_methods(["GET", "HEAD", "POST"])
        at_hand = [
            ("tieu-chi/", both(council_admin.criteria_page), "awards_criteria"),
            ("tieu-chi/mau/", require_POST(council_admin.lay_down_ready), "awards_ready_criteria"),
            ("hoi-dong/", both(council_admin.council_page), "awards_council"),
            ("hoi-dong/<int:member_pk>/", both(council_admin.member_page), "awards_member"),
            ("hoi-dong/<int:member_pk>/<str:deed>/", require_POST(council_admin.change_seat), "awards_change_seat"),
            ("phieu/<int:entry_pk>/<int:member_pk>/", both(marking_admin.sheet_page), "awards_sheet"),
            (
                "phieu/<int:entry_pk>/<int:member_pk>/khong-cham/",
                require_POST(marking_admin.step_aside),
                "awards_recuse",
            ),
            (
                "mau-phieu/<int:member_pk>/<str:which>.<str:kind>",
                require_safe(score_papers.papers),
                "awards_score_papers",
            ),
        ]
        return [
            path("<int:pk>/ket-qua/", own(require_safe(self.standings)), name="awards_standings"),
            path("<int:pk>/ket-thuc/", own(require_POST(self.close)), name="awards_close_marking"),
            *(path(f"<int:pk>/{end}", own(first_request(view, self)), name=name) for end, view, name in at_hand),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("union", "campaign"), pk=pk)

    def may_decide(self, request, plan):
        return request.user.has_perm(CHANGE) and plan.union in request.user.unions_as("BOARD")

    def decided(self, request, pk):
        """Return a plan whose board this person sits on: 404 for what is not visible, 403 for who only looks on."""
        plan = self.visible(request, pk)
        if not self.may_decide(request, plan):
            raise PermissionDenied
        return plan

    def kept(self, request, pk):
        """Return a plan whose marking this person keeps in order."""
        plan = self.decided(request, pk)
        if not keeps_order(request.user, plan):
            raise PermissionDenied
        return plan

    # --- Pages ------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.home(request, self.visible(request, self.get_object(request, unquote(object_id)).pk))

    def home(self, request, plan, status=200):
        rules, seat = rules_of(plan), seat_of(request.user, plan)
        is_keeper = self.may_decide(request, plan) and keeps_order(request.user, plan)
        members, entries = progress_of(plan, rules) if is_keeper else ([], [])
        return self.page(
            request,
            "admin/awards/scoring.html",
            plan,
            status=status,
            title=f"Chấm điểm: {plan.union}",
            plan=plan,
            rules=rules,
            state=state_of(rules if rules.pk else None),
            is_published=Publication.objects.filter(plan=plan).exists(),
            seat=seat,
            parts=own_part(seat, rules) if seat else [],
            may_decide=self.may_decide(request, plan),
            is_keeper=is_keeper,
            members=members,
            waiting=[entry for entry in entries if entry.waits_for],
            entry_count=len(entries),
            drafts=sum(member.drafts for member in members),
        )

    def standings(self, request, pk):
        plan = self.visible(request, pk)
        seen = standings_for(request.user, plan)
        return self.page(
            request,
            "admin/awards/standings.html",
            plan,
            title=f"Kết quả chấm điểm: {plan.union}",
            plan=plan,
            rules=rules_of(plan),
            seen=seen,
            is_keeper=self.may_decide(request, plan) and keeps_order(request.user, plan),
        )

    def close(self, request, pk):
        plan = self.kept(request, pk)
        try:
            close(plan, by=request.user, aware="aware" in request.POST)
            messages.success(request, "Đã kết thúc chấm điểm.")
            return redirect(HOME, plan.pk)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return self.home(request, plan, status=422)

    # --- Record -----------------------------------------------------------------------------

    def events_of(self, found):
        return super().events_of(found).select_related("personal")

    def detail_of(self, event):
        """A correction tells both totals: who reads it on the sheet's page may see the sheet."""
        if event.deed != "score_corrected":
            return super().detail_of(event)
        before, after = event.personal.before["total"], event.personal.after["total"]
        return f"{event.reason} (tổng điểm {before} → {after})"

    def sheets_seen(self, request, plan):
        return ScoreSheet.objects.visible_to(request.user).filter(entry__plan=plan)


def first_request(view, site):
    """Return a view of another file as one of this admin: it is called with the request, then with the admin."""

    def called(request, *args, **kwargs):
        return view(request, site, *args, **kwargs)

    return called


def state_of(rules):
    """Return in a few words how far the marking of a plan is."""
    if rules is None:
        return "Chưa đặt tiêu chí"
    if rules.closed_at:
        return "Đã kết thúc chấm"
    return "Đang chấm" if rules.begun_at else "Đã đặt tiêu chí, chưa chấm"
