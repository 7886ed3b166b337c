"""After publication: what was published, how it was corrected since, and the letters about it (R17)."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from accounts.visible_admin import ReadOnlyAdmin
from awards import outcome_letters
from awards.amending import grant, mark_of_words, revoke, reword
from awards.candidates import considered, eligible
from awards.forms import PlaceAmendmentForm, RewordingForm
from awards.models import Amendment, Award, Kind, Publication
from awards.publishing import chosen_entries
from awards.selection import places
from config.unavailable import typed_text
from dossiers.models import DossierEntry, Plan

CHANGE_PAGE = "admin:awards_publication_change"
# The last part of the address → the deed, the kind of place, and what the button says.
PLACE_DEEDS = {
    "thu-hoi": (revoke, Kind.PROVINCE, "Thu hồi khen thưởng"),
    "rut-de-nghi": (revoke, Kind.NATIONAL, "Rút đề nghị biểu dương"),
    "bo-sung": (grant, Kind.PROVINCE, "Bổ sung khen thưởng"),
    "de-nghi": (grant, Kind.NATIONAL, "Bổ sung đề nghị biểu dương"),
}
# What is said when an amendment is on record, by whether letters are held back.
TOLD = {
    False: "Trang kết quả đã đổi, người liên quan được báo.",
    True: "Trang kết quả đã đổi. Thư đang giữ lại: ai chưa có thư thì chưa được báo.",
}
LETTER_DEEDS = {
    "giu-lai": (outcome_letters.hold_back, "Đã giữ lại {} thư chưa gửi."),
    "gui-ngay": (outcome_letters.send_now, "{} thư sẽ đi trong vài phút."),
}


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["plan", "decision_number", "decision_date", "published_at"]
    list_select_related = ["plan__union"]
    ordering = ["-pk"]
    sortable_by = []

    def get_urls(self):
        own = self.admin_site.admin_view
        return [
            path("<int:pk>/muc/<int:entry_pk>/", own(require_safe(self.entry)), name="awards_amend"),
            path("<int:pk>/muc/<int:entry_pk>/dinh-chinh/", own(require_POST(self.reword)), name="awards_reword"),
            path("<int:pk>/muc/<int:entry_pk>/<str:deed>/", own(require_POST(self.replace)), name="awards_replace"),
            path("<int:pk>/thu/", own(require_safe(self.letters)), name="awards_letters"),
            path("<int:pk>/thu/viet-lai/", own(require_POST(self.write_letters)), name="awards_write_letters"),
            path(
                "<int:pk>/thu/<str:deed>/", own(require_POST(self.deal_with_letters)), name="awards_deal_with_letters"
            ),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        publications = self.get_queryset(request).select_related("plan__union", "plan__campaign", "published_by")
        return get_object_or_404(publications, pk=pk)

    def may_amend(self, request, publication):
        decided = Plan.objects.decided_by(request.user).filter(pk=publication.plan_id)
        return request.user.has_perm("awards.change_publication") and decided.exists()

    def decided(self, request, pk):
        """Return a publication that this person decides on: 404 for what is not visible, 403 for who only looks on."""
        publication = self.visible(request, pk)
        if not self.may_amend(request, publication):
            raise PermissionDenied
        return publication

    def amended(self, request, pk, entry_pk):
        """Return a publication that this person may correct, and an entry that it decided about."""
        publication = self.decided(request, pk)
        entries = considered(publication.plan).select_related("dossier__union", "initiative")
        return publication, get_object_or_404(entries, pk=entry_pk)

    # --- What was published ---------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        publication = self.visible(request, self.get_object(request, unquote(object_id)).pk)
        plan, may_amend = publication.plan, self.may_amend(request, publication)
        counted = places(plan)
        has_room = any(taken < limit for kind, taken, limit in counted if kind == Kind.PROVINCE)
        entries = list(chosen_entries([plan]))
        others = eligible(plan).exclude(pk__in=[entry.pk for entry in entries]) if may_amend and has_room else []
        return self.page(
            request,
            "admin/awards/publication.html",
            publication,
            title=f"Kết quả đã công bố: {plan.union}",
            publication=publication,
            plan=plan,
            places=[(kind.label, taken, limit) for kind, taken, limit in counted],
            entries=entries,
            others=others and others.select_related("dossier__union").order_by("dossier__union__name", "rank", "pk"),
            amendments=Amendment.objects.of([publication]).select_related("made_by"),
            may_amend=may_amend,
            waiting=outcome_letters.unsent(plan).count(),
        )

    # --- Amendments ----------------------------------------------------------------------

    def entry(self, request, pk, entry_pk):
        return self.entry_page(request, *self.amended(request, pk, entry_pk))

    def entry_page(self, request, publication, entry, bound=None, status=200):
        """Show what may be corrected on one entry; `bound` is the form that was sent and refused, by its deed."""
        bound = bound or {}
        return self.page(
            request,
            "admin/awards/amend.html",
            publication,
            status=status,
            title=f"Điều chỉnh: {entry.title}",
            publication=publication,
            entry=entry,
            place_forms=[
                (deed, PLACE_DEEDS[deed][2], bound.get(deed) or PlaceAmendmentForm(auto_id=f"{deed}_%s"))
                for deed in deeds_on(entry)
            ],
            rewording=bound.get("reword") or RewordingForm.of(entry),
            is_published=Award.objects.standing().filter(entry=entry).exists(),
            amendments=Amendment.objects.of([publication]).filter(entry=entry).select_related("made_by"),
            # What was typed for a deed that somebody else has done meanwhile.
            typed=typed_text(request) if bound.keys() - {"reword", *deeds_on(entry)} else [],
        )

    def replace(self, request, pk, entry_pk, deed):
        publication, entry = self.amended(request, pk, entry_pk)
        if deed not in PLACE_DEEDS:
            raise Http404
        do, kind, done = PLACE_DEEDS[deed]
        form = PlaceAmendmentForm(request.POST.dict(), auto_id=f"{deed}_%s")
        return self.do(request, publication, entry, partial(do, publication.plan, entry, kind), deed, form, done)

    def reword(self, request, pk, entry_pk):
        publication, entry = self.amended(request, pk, entry_pk)
        form = RewordingForm(request.POST.dict(), auto_id="reword_%s")
        deed = partial(reword, publication.plan, entry)
        return self.do(request, publication, entry, deed, "reword", form, "Đính chính thông tin")

    def do(self, request, publication, entry, deed, name, form, done):
        """Call a deed with what the form says; a refusal shows the page again with what was typed."""
        try:
            if form.is_valid():
                deed(**form.values(), by=request.user)
                messages.success(request, f"Đã ghi: {done.lower()}. {TOLD[outcome_letters.are_held(publication.plan)]}")
                return redirect(CHANGE_PAGE, publication.pk)
            messages.error(request, "Chưa ghi được. Hãy xem chỗ báo lỗi bên dưới.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
            messages.error(request, " ".join(refusal.messages))
            entry = DossierEntry.objects.select_related("dossier__union", "initiative").get(pk=entry.pk)
            if refusal.code == "stale":  # now that it was told, the form stands for the words that are shown
                form.data = form.data | {"seen": mark_of_words(entry)}
        return self.entry_page(request, publication, entry, {name: form}, status=422)

    # --- Letters --------------------------------------------------------------------------

    def letters(self, request, pk):
        publication = self.visible(request, pk)
        found = outcome_letters.of_plan(publication.plan)
        return self.page(
            request,
            "admin/awards/letters.html",
            publication,
            title="Thư báo kết quả",
            publication=publication,
            letters=found,
            waiting=outcome_letters.unsent(publication.plan).count(),
            held=outcome_letters.are_held(publication.plan),
            may_amend=self.may_amend(request, publication),
        )

    def deal_with_letters(self, request, pk, deed):
        publication = self.decided(request, pk)
        if deed not in LETTER_DEEDS:
            raise Http404
        do, done = LETTER_DEEDS[deed]
        messages.success(request, done.format(do(publication.plan, by=request.user)))
        return redirect("admin:awards_letters", pk)

    def write_letters(self, request, pk):
        publication = self.decided(request, pk)
        count = outcome_letters.write_anew(publication.plan, publication, by=request.user)
        messages.success(request, f"Đã viết lại. {count} thư đang chờ gửi.")
        return redirect("admin:awards_letters", pk)


def deeds_on(entry):
    """Return the names of the deeds that may change an entry's places as they stand."""
    kinds = set(Award.objects.standing().filter(entry=entry).values_list("kind", flat=True))
    if Kind.NATIONAL in kinds:
        return ["rut-de-nghi"]
    return ["de-nghi", "thu-hoi"] if Kind.PROVINCE in kinds else ["bo-sung"]
