"""What the board types."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Union
from awards.amending import WORDS, mark_of_words
from awards.candidate_rows import FLAGS
from awards.candidates import candidates
from awards.limits import REASON_LIMIT
from awards.models import Publication
from awards.simulation import BASES
from config.fields import TypedLine, TypedText
from dossiers.limits import AUTHORS_LIMIT, LINE_LIMIT, REMARK_LIMIT
from initiatives.fields import DayField
from initiatives.models import Block, Field

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


class TogetherForm(forms.Form):
    reason = reason_field("Căn cứ, chung cho các hồ sơ này")


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


class PlaceAmendmentForm(forms.Form):
    """The later decision by which a published place is taken back or given."""

    decision_number = TypedLine(
        label="Số quyết định điều chỉnh",
        limit=Publication._meta.get_field("decision_number").max_length,
        error_messages={"required": "Hãy ghi số quyết định."},
    )
    decision_date = DayField(
        label="Ngày quyết định",
        error_messages={"required": "Hãy ghi ngày quyết định.", "invalid": "Hãy ghi ngày như 25/04/2021."},
    )
    reason = reason_field("Lý do (mọi người đọc được trên trang kết quả)")

    def values(self):
        return self.cleaned_data


class RewordingForm(forms.Form):
    """How an entry is to read from now on; `seen` is the mark of the words that were shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = TypedLine(label="Tên sáng kiến", limit=LINE_LIMIT)
    authors = TypedText(label="Tác giả", limit=AUTHORS_LIMIT, widget=forms.Textarea(attrs={"rows": 2}))
    position = TypedText(label="Chức vụ, nơi làm việc", limit=AUTHORS_LIMIT, widget=forms.Textarea(attrs={"rows": 2}))
    reason = reason_field("Lý do (mọi người đọc được trên trang kết quả)")

    @classmethod
    def of(cls, entry):
        """Return the form as it stands before anybody types."""
        words = {name: getattr(entry, name) for name in WORDS}
        return cls(auto_id="reword_%s", initial={"seen": mark_of_words(entry), **words})

    def values(self):
        """Return the arguments of `amending.reword`."""
        sent = self.cleaned_data
        return {"words": {name: sent[name] for name in WORDS}, "reason": sent["reason"], "seen": sent["seen"]}


class CandidateFilter(forms.Form):
    """Which of a plan's candidates to show; a value that means nothing filters nothing."""

    field = forms.ChoiceField(label="Lĩnh vực", choices=[("", "Tất cả lĩnh vực"), *Field.choices], required=False)
    block = forms.ChoiceField(label="Khối", choices=[("", "Cả hai khối"), *Block.choices], required=False)
    union = forms.ModelChoiceField(Union.objects.none(), label="Đơn vị", empty_label="Tất cả đơn vị", required=False)
    flag = forms.ChoiceField(
        label="Tình trạng",
        choices=[("", "Tất cả"), *((name, label) for name, (label, _) in FLAGS.items())],
        required=False,
    )
    basis = forms.ChoiceField(
        label="Thử chia suất",
        choices=[("", "Không thử"), *((name, f"Theo {label}") for name, (label, _) in BASES.items())],
        required=False,
    )

    def __init__(self, data, *, plan):
        super().__init__(data)
        offered = candidates(plan).values("dossier__union")
        self.fields["union"].queryset = Union.objects.filter(pk__in=offered).order_by("name")

    def chosen(self):
        """Return the values that mean something, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrows(self):
        """Whether any filter leaves rows out; trying another way to share out the places does not."""
        return bool(self.chosen().keys() - {"basis"})

    def among(self, rows):
        """Return those of the rows that fit."""
        chosen = self.chosen()
        fits = {
            "field": lambda row: row.entry.field == chosen["field"],
            "block": lambda row: row.entry.block == chosen["block"],
            "union": lambda row: row.entry.dossier.union_id == chosen["union"].pk,
            "flag": lambda row: FLAGS[chosen["flag"]][1](row),
        }
        return [row for row in rows if all(fits[name](row) for name in chosen if name in fits)]

    def query(self):
        """Return the filters as they stand in an address, or an empty text."""
        chosen = {name: getattr(value, "pk", value) for name, value in self.chosen().items()}
        return urlencode(chosen)
