"""What the board types."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Union
from awards.limits import REASON_LIMIT
from awards.models import Publication
from awards.selection import candidates
from config.fields import TypedLine, TypedText
from dossiers.limits import REMARK_LIMIT
from initiatives.fields import DayField
from initiatives.models import Field

YES, NO = "yes", "no"


def reason_field(label):
    return TypedText(
        label=label,
        limit=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do hoặc căn cứ."},
    )


class FindingForm(forms.Form):
    """What a person found; `seen` is the number of the filing that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    holds = forms.ChoiceField(
        label="Kết luận",
        choices=[(YES, "Đạt"), (NO, "Không đạt")],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn đạt hay không đạt."},
    )
    reason = reason_field("Căn cứ")

    def clean_holds(self):
        return self.cleaned_data["holds"] == YES


class ReasonForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field("Căn cứ kết luận")


class RemarksForm(forms.Form):
    """What is to be mended where, when a dossier is returned: about its letter, and about each of its entries."""

    def __init__(self, *args, entries, is_told=True, **kwargs):
        super().__init__(*args, auto_id="remark_%s", **kwargs)
        self.places, self.is_told = {"letter": None}, is_told
        self.fields["letter"] = remark_field("Tờ trình")
        for entry in entries:
            self.places[f"entry-{entry.pk}"] = entry
            self.fields[f"entry-{entry.pk}"] = remark_field(f"{entry.rank}. {entry.title}")

    def clean(self):
        if not self.is_told and any(self.cleaned_data.values()):
            raise ValidationError(
                "Ý kiến cho từng chỗ chỉ gửi đi khi trả lại hồ sơ. Hãy bấm “Trả lại để bổ sung”, hoặc xóa các ý kiến.",
                code="not_told",
            )

    def said(self):
        """Return [(entry, None for the letter; text)]."""
        return [(entry, text) for name, entry in self.places.items() if (text := self.cleaned_data[name])]


def remark_field(label):
    return TypedText(label=label, limit=REMARK_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class PaperForm(forms.Form):
    """The day on which the paper of a filing reached the board."""

    arrived_on = DayField(
        label="Ngày nhận bản giấy",
        error_messages={"required": "Hãy ghi ngày nhận.", "invalid": "Hãy ghi ngày như 15/04/2021."},
    )


class PublishForm(forms.Form):
    """Number and date of the decision; `seen` is the mark of the list that was shown, `aware` what was ticked."""

    decision_number = TypedLine(
        label="Số quyết định",
        limit=Publication._meta.get_field("decision_number").max_length,
        error_messages={"required": "Hãy ghi số quyết định."},
    )
    decision_date = forms.DateField(
        label="Ngày quyết định",
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm"}),
        error_messages={"required": "Hãy ghi ngày quyết định.", "invalid": "Hãy ghi ngày như 25/04/2021."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # Asked for on the page of the second step only, where there is something to be aware of.
    aware = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CandidateFilter(forms.Form):
    """Which of a plan's candidates to show; a value that means nothing filters nothing."""

    field = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Tất cả lĩnh vực"), *Field.choices], required=False)
    union = forms.ModelChoiceField(Union.objects.none(), label="Đơn vị", empty_label="Tất cả đơn vị", required=False)

    def __init__(self, data, *, plan):
        super().__init__(data)
        self.plan = plan
        offered = candidates(plan).values("dossier__union")
        self.fields["union"].queryset = Union.objects.filter(pk__in=offered).order_by("name")

    def chosen(self):
        """Return the values that mean something, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def rows(self):
        lookups = {"field": "field", "union": "dossier__union"}
        return candidates(self.plan).filter(**{lookups[name]: value for name, value in self.chosen().items()})

    def query(self):
        """Return the filters as they stand in an address, or an empty text."""
        chosen = {name: getattr(value, "pk", value) for name, value in self.chosen().items()}
        return urlencode(chosen)
