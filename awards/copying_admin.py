"""The admin's pages on which a campaign and its plans are made from earlier ones: first shown, then made."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from awards.copying_forms import CampaignCopyForm, PlanSourceForm
from dossiers.copying import copy_plans, unions_without_plan
from initiatives.copying import copy_campaign, moved_dates
from initiatives.models import Campaign


class CopyingPages:
    """Beside the pages of NominationsAdmin, for those who may honour."""

    def copying_urls(self):
        def own(view):
            return self.admin_site.admin_view(require_http_methods(["GET", "POST"])(view))

        return [
            path("<int:pk>/chuong-trinh-moi/", own(self.copy_campaign), name="awards_copy_campaign"),
            path("<int:pk>/ke-hoach/", own(self.copy_plans), name="awards_copy_plans"),
        ]

    def copy_campaign(self, request, pk):
        """Ask for name and day (GET), show all dates moved (GET with both), make it (POST)."""
        campaign = self.honoured_by(request, pk)
        form = CampaignCopyForm(request.POST or request.GET or None, initial={"name": campaign.name})
        dates, status = {}, 200
        try:
            if form.is_bound and form.is_valid():
                dates = moved_dates(campaign, form.cleaned_data["opens_on"])
                if request.method == "POST":
                    new = copy_campaign(campaign, **form.cleaned_data, by=request.user)
                    messages.success(request, "Đã tạo chương trình mới, chưa chạy. Tiếp theo là kế hoạch của các nơi.")
                    return redirect(f"{reverse('admin:awards_copy_plans', args=[new.pk])}?campaign={campaign.pk}")
            elif form.is_bound:
                status = 422
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            status = 422
        label = Campaign._meta.get_field
        shown = [(label(name).verbose_name, getattr(campaign, name), value) for name, value in dates.items()]
        context = {"campaign": campaign, "form": form, "dates": shown, "is_ready": bool(dates)}
        title = "Chương trình mới từ chương trình trước"
        return self.page(request, "admin/awards/copy_campaign.html", campaign, status=status, title=title, **context)

    def copy_plans(self, request, pk):
        """Show which plans would be made (GET), make those that are ticked (POST)."""
        campaign = self.honoured_by(request, pk)
        source, status = PlanSourceForm(request.GET, target=campaign), 200
        drafts = source.drafts()
        ticked = set(request.POST.getlist("union"))
        if request.method == "POST":
            try:
                plans = copy_plans(drafts_of(ticked, drafts), campaign, by=request.user)
                messages.success(
                    request, f"Đã tạo {len(plans)} kế hoạch. Còn phải ghi số và ngày ban hành của từng kế hoạch."
                )
                return redirect("admin:awards_national_totals", campaign.pk)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
                status = 422
        return self.page(
            request,
            "admin/awards/copy_plans.html",
            campaign,
            status=status,
            title="Tạo kế hoạch cho các tỉnh, ngành",
            campaign=campaign,
            source=source,
            query=request.GET.urlencode(),
            drafts=[(draft, request.method != "POST" or draft.union.code in ticked) for draft in drafts],
            missing=unions_without_plan(campaign).count(),
        )


def drafts_of(codes, drafts):
    """Return the drafts of these unions; refuse (`list_changed`) when one of them has none any more."""
    chosen = [draft for draft in drafts if draft.union.code in codes]
    if len(chosen) != len(codes):
        raise ValidationError("Danh sách vừa thay đổi. Hãy xem lại rồi tạo lần nữa.", code="list_changed")
    return chosen
