"""The General Confederation over all federations: their nominations, totals, and what it honours nationwide."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.visible_admin import ReadOnlyAdmin
from awards import honours
from awards.copying_admin import CopyingPages
from awards.dossier_files import XLSX
from awards.models import Award, Honour, Nominations
from awards.national_export import honours_of, nominations_book, with_details
from awards.national_figures import federations_of, totals_of
from awards.national_forms import CorrectionForm, HonourForm, NationalFilter
from config.paging import Order, page_of
from config.unavailable import typed_text

CHANGE_PAGE = "admin:awards_nominations_change"
BY_FEDERATION = Order(back="← Trang trước", on="Trang sau →", by="plan_id")
# The last part of the address → the deed, and what is said when it is done.
DEEDS = {
    "danh-dau": (honours.mark, "Đã đánh dấu biểu dương"),
    "bo-dau": (honours.unmark, "Đã bỏ dấu biểu dương"),
}


@dataclass(frozen=True)
class Row:
    award: Award
    honour: Honour | None


@admin.register(Nominations)
class NominationsAdmin(CopyingPages, ReadOnlyAdmin):
    list_display = ["name", "opens_at", "closes_at", "is_running"]
    ordering = ["-opens_at"]
    sortable_by = []

    def get_urls(self):
        own, form = self.admin_site.admin_view, require_http_methods(["GET", "POST"])
        return [
            path("<int:pk>/tong-hop/", own(require_safe(self.totals)), name="awards_national_totals"),
            path("<int:pk>/danh-sach.xlsx", own(require_POST(self.export)), name="awards_national_export"),
            path("<int:pk>/muc/<int:award_pk>/<str:deed>/", own(require_POST(self.decide)), name="awards_honour"),
            path("<int:pk>/cong-bo/", own(form(self.publish)), name="awards_publish_honours"),
            path("<int:pk>/dinh-chinh/<int:honour_pk>/", own(form(self.correct)), name="awards_correct_honour"),
            *self.copying_urls(),
            *super().get_urls(),
        ]

    # --- Who ------------------------------------------------------------------------------

    def visible(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def may_honour(self, request):
        """Whoever sits in the General Confederation; an administrator looks on."""
        return request.user.has_perm("awards.change_nominations") and bool(request.user.unions_as(Role.NATIONAL))

    def honoured_by(self, request, pk):
        campaign = self.visible(request, pk)
        if not self.may_honour(request):
            raise PermissionDenied
        return campaign

    # --- Pages ------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        found = self.get_object(request, unquote(object_id))
        return self.nominations_page(request, self.visible(request, found.pk))

    def nominations_page(self, request, campaign, publish_form=None, status=200):
        filters = NationalFilter(request.GET, campaign=campaign)
        rows = filters.rows()
        page = page_of(with_details(rows), request.GET, order=BY_FEDERATION, among=Award.objects.all())
        marked = honours_of(page.rows)
        return self.page(
            request,
            "admin/awards/nominations.html",
            campaign,
            status=status,
            title=f"Đề nghị biểu dương: {campaign}",
            campaign=campaign,
            filters=filters,
            query=filters.query(),
            page=page,
            rows=[Row(award, marked.get(award.entry_id)) for award in page.rows],
            number=rows.count(),
            marked=Honour.objects.waiting().of(campaign).count(),
            decisions=list(campaign.honour_decisions.all()),
            deciding=self.may_honour(request),
            publish_form=publish_form or HonourForm(),
        )

    def totals(self, request, pk):
        campaign = self.visible(request, pk)
        federations = federations_of(campaign)
        context = {"campaign": campaign, "federations": federations, "totals": totals_of(federations)}
        title = f"Tổng hợp các tỉnh, ngành: {campaign}"
        return self.page(request, "admin/awards/national_totals.html", campaign, title=title, **context)

    def export(self, request, pk):
        campaign = self.visible(request, pk)
        filters = NationalFilter(request.GET, campaign=campaign)
        name, content = nominations_book(campaign, filters, by=request.user)
        answer = HttpResponse(content, content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    # --- Deeds ------------------------------------------------------------------------------

    def decide(self, request, pk, award_pk, deed):
        campaign = self.honoured_by(request, pk)
        award = get_object_or_404(honours.nominated(campaign).select_related("entry"), pk=award_pk)
        if deed not in DEEDS:
            raise Http404
        do, done = DEEDS[deed]
        try:
            do(campaign, award, by=request.user)
            messages.success(request, f"{done}: {award.entry.title}")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(f"{reverse(CHANGE_PAGE, args=[pk])}?{request.GET.urlencode()}#muc-{award.pk}")

    def publish(self, request, pk):
        """First show exactly what will be published (GET), then publish it (POST)."""
        campaign = self.honoured_by(request, pk)
        form = HonourForm(request.POST or request.GET)
        if not form.is_valid():
            messages.error(request, "Chưa công bố được. Hãy sửa số, ngày quyết định ở mục Công bố.")
            return self.nominations_page(request, campaign, form, status=422)
        number, date = form.cleaned_data["number"], form.cleaned_data["date"]
        try:
            if request.method == "POST":
                honours.publish(campaign, number, date, by=request.user, seen=form.cleaned_data["seen"])
                messages.success(request, "Đã công bố. Tác giả và mọi người xem được từ lúc này.")
                return redirect(CHANGE_PAGE, campaign.pk)
            honours.refuse_unless_ready(campaign, number, date)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.preview(request, campaign, form, ready=refusal.code == "list_changed", status=422)
        return self.preview(request, campaign, form, ready=True)

    def preview(self, request, campaign, form, *, ready, status=200):
        marked = list(honours.waiting(campaign).order_by("award__plan_id", "award_id"))
        return self.page(
            request,
            "admin/awards/publish_honours.html",
            campaign,
            status=status,
            title="Xem lại trước khi công bố biểu dương",
            campaign=campaign,
            decision=form.cleaned_data,
            honours=marked,
            mark=honours.mark_of(marked),
            ready=ready,
        )

    def correct(self, request, pk, honour_pk):
        """Take one off the published list, on record: the form, then the deed."""
        campaign = self.honoured_by(request, pk)
        published = Honour.objects.of(campaign).exclude(decision=None).select_related("award__entry", "decision")
        honour = get_object_or_404(published, pk=honour_pk)
        form = CorrectionForm(request.POST or None)
        if request.method == "POST":
            try:
                if form.is_valid():
                    honours.correct(honour, **form.cleaned_data, by=request.user)
                    messages.success(request, f"Đã ghi đính chính: {honour.award.entry.title}")
                    return redirect(CHANGE_PAGE, pk)
                messages.error(request, "Chưa ghi được. Hãy xem chỗ báo lỗi bên dưới.")
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
        status = 422 if request.method == "POST" else 200
        context = {"campaign": campaign, "honour": honour, "form": form, "typed": typed_text(request)}
        title = "Đính chính biểu dương toàn quốc"
        return self.page(request, "admin/awards/correct_honour.html", campaign, status=status, title=title, **context)
