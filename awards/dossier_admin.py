"""The board judges filed dossiers: one page for each, with the four findings of R13 side by side."""

from datetime import date
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import union_named
from accounts.models import Level
from accounts.visible_admin import KnownChoices, ReadOnlyAdmin
from awards import findings
from awards.alike import likest_earlier
from awards.board_filters import DossiersOfPlan, WaitingFilter
from awards.dossier_files import FilePages, first_page_of
from awards.filed_entries import facts_of
from awards.forms import FindingForm, PaperForm, ReasonForm, RemarksForm
from awards.judging_together_admin import TogetherPages
from awards.models import COMPUTED, Complaint, ComplaintState, Condition, FiledDossier, Publication
from awards.paper import note_paper
from awards.plan_timeline import finding_in_words
from config.text import clean_line
from config.unavailable import typed_text
from dossiers.forgetting import shown_rows
from dossiers.models import DossierEntry, Filing, QuotaException, State

CHANGE_PAGE = "admin:awards_fileddossier_change"
FOUND_BY_PEOPLE = [condition.value for condition in Condition if condition not in COMPUTED]
# The last part of the address → the deed, and what is said when it is done.
VERDICTS = {
    "hop-le": (findings.judge_valid, "Đã kết luận: hồ sơ hợp lệ."),
    "khong-hop-le": (findings.judge_invalid, "Đã kết luận: hồ sơ không hợp lệ."),
    "tra-lai": (findings.return_for_correction, "Đã trả hồ sơ để đơn vị bổ sung."),
}


class StateFilter(KnownChoices):
    title, field, choices_class = "trạng thái", "state", State

    def lookups(self, request, model_admin):
        return [choice for choice in super().lookups(request, model_admin) if choice[0] != State.DRAFT]


def with_numbers(dossiers):
    """Annotate dossiers with `filed_at`, `entry_count` and `quota`, as the list shows them."""
    filings = Filing.objects.filter(dossier=OuterRef("pk")).order_by("-number")
    entries = DossierEntry.objects.filter(dossier=OuterRef("pk"), removed_at=None).order_by().values("dossier")
    exceptions = QuotaException.objects.filter(plan=OuterRef("plan"), union=OuterRef("union"))
    by_level = Case(When(union__level=Level.UPPER, then=F("plan__quota_upper")), default=F("plan__quota_grassroots"))
    return dossiers.annotate(
        filed_at=Subquery(filings.values("arrived_at")[:1]),
        entry_count=Coalesce(Subquery(entries.annotate(number=Count("pk")).values("number")), 0),
        quota=Coalesce(Subquery(exceptions.values("quota")[:1]), by_level),
    )


@admin.register(FiledDossier)
class FiledDossierAdmin(TogetherPages, FilePages, ReadOnlyAdmin):
    list_display = ["shown_union", "shown_plan", "state", "shown_filed_at", "shown_entries"]
    list_filter = [WaitingFilter, StateFilter, DossiersOfPlan]
    list_select_related = ["union", "plan__union"]
    search_fields = ["union__name"]
    search_help_text = "Tên hoặc mã công đoàn."
    ordering = ["-pk"]
    sortable_by = ["shown_filed_at"]
    deed_words = {
        "filed": "Nộp hồ sơ",
        "found": "Kết luận một điều kiện",
        "judged_valid": "Kết luận hồ sơ hợp lệ",
        "judged_invalid": "Kết luận hồ sơ không hợp lệ",
        "judged_returned": "Trả lại để bổ sung",
        "entry_added": "Đưa sáng kiến vào hồ sơ",
        "entry_removed": "Bỏ sáng kiến khỏi hồ sơ",
        "entry_moved": "Đổi thứ tự sáng kiến",
        "letter_described": "Ghi lại số, ngày, người ký tờ trình",
        "entries_reordered": "Sắp xếp lại các sáng kiến",
        "letter_uploaded": "Tải lên tờ trình đã ký",
        "letter_arranged": "Sắp xếp các tệp của tờ trình",
        "filing_taken_back": "Rút lại hồ sơ để sửa",
        "paper_arrived": "Nhận bản giấy",
    }

    def get_queryset(self, request):
        """National: all that were filed. Board: those filed to it, in whatever other role it could see more."""
        dossiers = super().get_queryset(request).filed_to_board()
        user = request.user
        return with_numbers(dossiers if user.is_national else dossiers.judged_by(user))

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(union_named(search_term, "union__")) if clean_line(search_term) else queryset), False

    @admin.display(description="đơn vị")
    def shown_union(self, dossier):
        return dossier.union.name

    @admin.display(description="nộp cho")
    def shown_plan(self, dossier):
        return dossier.plan.union.short_name

    @admin.display(description="nộp lúc", ordering="filed_at")
    def shown_filed_at(self, dossier):
        return dossier.filed_at

    @admin.display(description="số sáng kiến / chỉ tiêu")
    def shown_entries(self, dossier):
        return f"{dossier.entry_count}/{dossier.quota}"

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/dieu-kien/<str:condition>/", own(require_POST(self.find)), name="awards_find"),
            path("<int:pk>/ket-luan/<str:verdict>/", own(require_POST(self.judge)), name="awards_judge"),
            path("<int:pk>/lan-nop/<int:number>/ban-giay/", own(require_POST(self.paper)), name="awards_paper"),
            *self.file_urls(),
            *self.together_urls(),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("union", "plan__union"), pk=pk)

    def may_judge(self, request, dossier):
        judged = FiledDossier.objects.judged_by(request.user).filter(pk=dossier.pk)
        return request.user.has_perm("awards.change_fileddossier") and judged.exists()

    def judged(self, request, pk):
        """Return a dossier that this person may judge: 404 for what is not visible, 403 for who only looks on."""
        dossier = self.visible(request, pk)
        if not self.may_judge(request, dossier):
            raise PermissionDenied
        return dossier

    # --- Pages ------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.dossier_page(request, self.visible(request, self.get_object(request, unquote(object_id)).pk), {})

    def dossier_page(self, request, dossier, bound_forms, status=200):
        """Show a dossier; `bound_forms` are the forms, by name, that were sent and refused."""
        filings = list(dossier.filings.select_related("filed_by").prefetch_related("letter__files").order_by("-number"))
        is_published = Publication.objects.filter(plan=dossier.plan).exists()
        judging = not dossier.is_open and not is_published and self.may_judge(request, dossier)
        stand, seen = findings.stand_of(filings[0]), {"seen": filings[0].number}
        entries = list(dossier.entries.standing().select_related("initiative"))
        alike = likest_earlier([entry.initiative_id for entry in entries])
        complaints = list(complaints_on(dossier).visible_to(request.user))
        return self.page(
            request,
            "admin/awards/dossier.html",
            dossier,
            status=status,
            title=f"Hồ sơ của {dossier.union}",
            dossier=dossier,
            filing=filings[0],
            letter_date=date.fromisoformat(filings[0].content["letter"]["date"]),
            earlier_filings=filings[1:],
            conditions=[
                (
                    found,
                    finding_form(found, bound_forms.get(found.condition), seen) if judging else None,
                    [complaint for complaint in complaints if is_open_on(complaint, found.condition)],
                )
                for found in stand
            ],
            unfound=sum(found.holds is None for found in stand),
            first_page=first_page_of(filings[0]),
            filed_entries=[facts_of(filings[0].content["columns"], row) for row in shown_rows(filings[0])],
            verdict_form=verdict_form(bound_forms, seen) if judging else None,
            remarks_form=(bound_forms.get("remarks") or RemarksForm(entries=entries)) if judging else None,
            paper_form=(bound_forms.get("paper") or PaperForm()) if self.may_judge(request, dossier) else None,
            may_be_valid=dossier.state != State.VALID,
            may_be_invalid=dossier.state != State.INVALID,
            is_published=is_published,
            typed=[] if judging else typed_text(request),
            entries=entries,
            complaints=complaints,
            alike=[(entry, pair) for entry in entries if (pair := alike.get(entry.initiative_id))],
            steps=self.steps_of(dossier),
        )

    def find(self, request, pk, condition):
        dossier = self.judged(request, pk)
        if condition not in FOUND_BY_PEOPLE:
            raise Http404
        form = FindingForm(request.POST.dict(), auto_id=f"{condition}_%s")
        deed = partial(findings.find, dossier, Condition(condition), by=request.user)
        return self.do(request, dossier, deed, condition, form, "Đã ghi kết luận.")

    def judge(self, request, pk, verdict):
        dossier = self.judged(request, pk)
        if verdict not in VERDICTS:
            raise Http404
        deed, done = VERDICTS[verdict]
        form = ReasonForm(request.POST.dict(), auto_id="verdict_%s")
        is_returned = deed == findings.return_for_correction
        remarks = RemarksForm(request.POST.dict(), entries=dossier.entries.standing(), is_told=is_returned)
        deed = partial(deed, dossier, by=request.user)
        if is_returned and remarks.is_valid():
            deed = partial(deed, remarks=remarks.said())
        return self.do(request, dossier, deed, "verdict", form, done, remarks=remarks)

    def paper(self, request, pk, number):
        self.judged(request, pk)
        filing, form = self.filing(request, pk, number), PaperForm(request.POST.dict())
        deed = partial(note_paper, filing, by=request.user)
        return self.do(request, filing.dossier, deed, "paper", form, "Đã ghi ngày nhận bản giấy.")

    def do(self, request, dossier, deed, name, form, done, **more):
        """Call a deed with what the form says; a refusal shows the page again with what was typed, `more` forms too."""
        try:
            if form.is_valid() & all(each.is_valid() for each in more.values()):
                deed(**form.cleaned_data)
                messages.success(request, done)
                # With a place of its own: otherwise the browser keeps the one of the form, far below what is said.
                return redirect(f"{reverse(CHANGE_PAGE, args=[dossier.pk])}#content-start")
            messages.error(request, "Chưa ghi được. Hãy xem chỗ báo lỗi bên dưới.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
            messages.error(request, " ".join(refusal.messages))
            if refusal.code == "stale":  # now that it was told, the form stands for the filing that is shown
                form.data = form.data | {"seen": dossier.last_filing.number}
        return self.dossier_page(request, self.visible(request, dossier.pk), {name: form, **more}, status=422)

    # --- Record -----------------------------------------------------------------------------

    def events_of(self, dossier):
        """From the first filing on: what was prepared before is the union's own affair."""
        events = super().events_of(dossier)
        first = events.filter(deed="filed").values_list("number", flat=True).first()
        return events.filter(number__gte=first) if first else events.none()

    def changes_of(self, event):
        return () if event.deed == "found" else super().changes_of(event)

    def detail_of(self, event):
        if event.deed == "found":
            return finding_in_words(event)
        return super().detail_of(event)


def verdict_form(bound_forms, seen):
    """Return the form of the verdict: as it was sent, or new."""
    return bound_forms.get("verdict") or ReasonForm(auto_id="verdict_%s", initial=seen)


def finding_form(found, bound_form, seen):
    """Return the form below one condition: as it was sent, or new; None for what the system computes."""
    if found.is_computed:
        return None
    return bound_form or FindingForm(auto_id=f"{found.condition}_%s", initial=seen)


def is_open_on(complaint, condition):
    """Whether a complaint is open and of the kind that this condition is about."""
    return complaint.state == ComplaintState.OPEN and complaint.kind in findings.COMPLAINTS_ON.get(condition, ())


def complaints_on(dossier):
    return Complaint.objects.filter(initiative__entries__in=dossier.entries.standing()).select_related("initiative")
