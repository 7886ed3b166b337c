"""What the General Confederation picks when it makes a campaign or plans from earlier ones."""

from django import forms

from awards.national_forms import day_field
from config.fields import TypedLine
from dossiers.copying import drafts_from_campaign, drafts_from_plan
from dossiers.models import Plan
from initiatives.models import Campaign


class CampaignCopyForm(forms.Form):
    name = TypedLine(
        label="Tên chương trình mới",
        limit=Campaign._meta.get_field("name").max_length,
        error_messages={"required": "Hãy ghi tên chương trình mới."},
    )
    slug = forms.SlugField(
        label="Phần địa chỉ web (chữ không dấu, chữ số, gạch nối)",
        max_length=Campaign._meta.get_field("slug").max_length,
        error_messages={
            "required": "Hãy ghi phần địa chỉ web.",
            "invalid": "Phần địa chỉ web chỉ gồm chữ không dấu, chữ số và gạch nối.",
        },
    )
    opens_on = day_field("Ngày mở")


class PlanSourceForm(forms.Form):
    """From where plans are made: those of an earlier campaign, each for its own union, or one for all."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label="Từ kế hoạch lần trước của chính từng tỉnh, ngành, trong chương trình",
        empty_label="(không)",
        required=False,
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Hoặc theo số liệu của một kế hoạch, cho mọi tỉnh, ngành còn thiếu",
        empty_label="(không)",
        required=False,
    )

    def __init__(self, data, *, target):
        super().__init__(data)
        self.target = target
        earlier = Campaign.objects.filter(plans__isnull=False).exclude(pk=target.pk).distinct()
        self.fields["campaign"].queryset = earlier.order_by("-opens_at")
        plans = Plan.objects.select_related("union", "campaign").order_by("-campaign__opens_at", "union__name")
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda plan: f"{plan.union}, {plan.campaign}"

    def drafts(self):
        """Return the Drafts for every union without a plan that this source has something for."""
        if not self.is_valid():
            return []
        campaign, plan = self.cleaned_data["campaign"], self.cleaned_data["plan"]
        if campaign:
            return drafts_from_campaign(campaign, self.target)
        return drafts_from_plan(plan, self.target) if plan else []
