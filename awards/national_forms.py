"""What the General Confederation types on its pages about all federations."""

from urllib.parse import urlencode

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef

from accounts.models import Level, Union
from awards.forms import reason_field
from awards.models import Award, Honour, HonourDecision, Kind
from config.fields import TypedLine
from initiatives.fields import DayField
from initiatives.models import Block, Field


class Shown(models.TextChoices):
    NOMINATED = "", "Được đề nghị biểu dương"
    AWARDED = "khen-thuong", "Được khen thưởng cấp tỉnh, ngành"
    HONOURED = "bieu-duong", "Đã đánh dấu biểu dương toàn quốc"


class NationalFilter(forms.Form):
    """Which of the published awards of all federations to show; a value that means nothing filters nothing."""

    shown = forms.ChoiceField(label="Danh sách", choices=Shown.choices, required=False)
    top = forms.ModelChoiceField(
        Union.objects.none(), label="Tỉnh, ngành", empty_label="Tất cả", required=False, to_field_name="code"
    )
    field = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Tất cả"), *Field.choices], required=False)
    block = forms.ChoiceField(label="Khối", choices=[("", "Tất cả"), *Block.choices], required=False)

    def __init__(self, data, *, campaign):
        super().__init__(data)
        self.campaign = campaign
        tops = Union.objects.filter(level=Level.TOP, plans__campaign=campaign, plans__publication__isnull=False)
        self.fields["top"].queryset = tops.order_by("name")

    def chosen(self):
        """Return the values that mean something, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def rows(self):
        """Return the awards: published ones only, whatever is asked for (R17)."""
        chosen = self.chosen()
        shown = chosen.pop("shown", Shown.NOMINATED)
        kind = Kind.PROVINCE if shown == Shown.AWARDED else Kind.NATIONAL
        awards = Award.objects.standing().filter(kind=kind, plan__campaign=self.campaign)
        awards = awards.exclude(plan__publication=None)
        if shown == Shown.HONOURED:
            awards = awards.filter(Exists(Honour.objects.standing().filter(award=OuterRef("pk"))))
        lookups = {"top": "plan__union", "field": "entry__field", "block": "entry__block"}
        return awards.filter(**{lookups[name]: value for name, value in chosen.items()})

    def query(self):
        """Return the filters as they stand in an address, or an empty text."""
        return urlencode({name: getattr(value, "code", value) for name, value in self.chosen().items()})


def number_field(label):
    limit = HonourDecision._meta.get_field("number").max_length
    return TypedLine(label=label, limit=limit, error_messages={"required": "Hãy ghi số văn bản."})


def day_field(label):
    refusals = {"required": "Hãy ghi ngày.", "invalid": "Hãy ghi ngày như 25/05/2021."}
    return DayField(label=label, error_messages=refusals)


class HonourForm(forms.Form):
    """Number and date of the decision; `seen` is the mark of the list that was shown."""

    number = number_field("Số quyết định")
    date = day_field("Ngày quyết định")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    number = number_field("Số văn bản đính chính")
    date = day_field("Ngày văn bản đính chính")
    reason = reason_field("Lý do đính chính")
