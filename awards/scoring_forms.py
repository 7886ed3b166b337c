"""What a council and its board type when entries are marked."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Union
from awards.council import FIELDS, accounts_for
from awards.criteria import BandDraft, CriterionDraft
from awards.forms import reason_field
from awards.limits import COMMENT_LIMIT, CRITERION_NAME_LIMIT, GUIDANCE_LIMIT, LEAST_MARKS, MOST_CRITERIA, MOST_MARKS
from awards.marking import marked
from awards.models import CouncilMember, Criterion
from awards.points import PointsFormField, shown
from config.fields import TypedLine, TypedText
from config.text import clean_line

SPARE_CRITERIA = 2


@dataclass(frozen=True)
class Question:
    """One criterion on the marking page: its two fields as they are bound."""

    criterion: Criterion
    band: forms.BoundField
    points: forms.BoundField


class SheetForm(forms.Form):
    """A sheet: a band and points for each criterion, a comment. `version` is that of the sheet that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, criteria, sheet=None, is_correction=False, **kwargs):
        self.criteria = list(criteria)
        super().__init__(*args, initial=initial_of(sheet), **kwargs)
        for criterion in self.criteria:
            self.fields[f"band-{criterion.pk}"] = band_field(criterion)
            self.fields[f"points-{criterion.pk}"] = points_field(criterion)
        self.fields["comment"] = TypedText(
            label="Nhận xét", limit=COMMENT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 4})
        )
        if is_correction:
            self.fields["reason"] = reason_field("Lý do sửa phiếu đã nộp")

    def clean(self):
        cleaned = super().clean()
        for criterion in self.criteria:
            band, points = cleaned.get(f"band-{criterion.pk}"), cleaned.get(f"points-{criterion.pk}")
            try:
                marked(criterion, int(band) if band else None, points)
            except ValidationError as refusal:
                self.add_error(f"points-{criterion.pk}", refusal)
        return cleaned

    def marks(self):
        """Return what `keep` and `correct` take."""
        given = self.cleaned_data
        return {
            criterion.pk: (
                int(given[f"band-{criterion.pk}"]) if given[f"band-{criterion.pk}"] else None,
                given[f"points-{criterion.pk}"],
            )
            for criterion in self.criteria
        }

    def questions(self):
        return [Question(c, self[f"band-{c.pk}"], self[f"points-{c.pk}"]) for c in self.criteria]

    def rest(self):
        """The fields below the criteria."""
        return [self[name] for name in ("comment", "reason") if name in self.fields]

    def most(self):
        return sum(criterion.max_points for criterion in self.criteria)


def initial_of(sheet):
    if sheet is None:
        return {"version": 0}
    initial = {"version": sheet.version, "comment": sheet.comment}
    for score in sheet.scores.all():
        initial[f"band-{score.criterion_id}"] = score.band_id
        initial[f"points-{score.criterion_id}"] = score.points
    return initial


def band_field(criterion):
    choices = [
        (band.pk, f"{band.label} ({shown(band.from_points)}–{shown(band.to_points)} điểm)")
        for band in criterion.bands.all()
    ]
    return forms.ChoiceField(label=criterion.name, choices=choices, required=False, widget=forms.RadioSelect)


def points_field(criterion):
    field = PointsFormField(label=f"Điểm {criterion.name} (0–{shown(criterion.max_points)})", required=False)
    field.widget.attrs["data-points"] = ""
    return field


class RecusalForm(forms.Form):
    reason = reason_field("Lý do không chấm")


class MemberForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CouncilMember
        fields = FIELDS
        labels = {"user": "Tài khoản (để trống: chấm trên giấy)"}
        error_messages = {"full_name": {"required": "Hãy ghi họ tên."}}

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        self.fields["user"].queryset = accounts_for(plan)
        self.fields["user"].empty_label = "Không có tài khoản"
        self.fields["home_union"].queryset = Union.objects.filter(parent=plan.union).order_by("name")
        self.fields["home_union"].empty_label = "Không thuộc đơn vị nào nộp hồ sơ"

    def _post_clean(self):
        """What a deed decides is not written to the row by the form."""

    def values(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


class RulesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    marks_wanted = forms.IntegerField(
        label="Số phiếu chấm cho mỗi sáng kiến",
        min_value=LEAST_MARKS,
        max_value=MOST_MARKS,
        help_text="Ít nhất hai thành viên chấm độc lập.",
    )
    gap = PointsFormField(
        label="Cần thêm phiếu thứ ba khi hai phiếu chênh nhau quá (điểm)",
        error_messages={"required": "Hãy ghi mức chênh lệch."},
    )


class BandsField(TypedText):
    """Bands, one on a line: "Hoàn toàn mới: 25–30"."""

    def clean(self, value):
        return tuple(band_in(line) for line in super().clean(value).split("\n") if line.strip())


def band_in(line):
    label, colon, numbers = clean_line(line).rpartition(":")
    parts = numbers.replace("–", "-").replace("—", "-").split("-")
    if not (label and colon) or len(parts) > 2:
        raise ValidationError(f"“{line}”: hãy ghi như “Hoàn toàn mới: 25–30”.", code="not_a_band")
    low, high = (PointsFormField().clean(part) for part in (parts[0], parts[-1]))
    return BandDraft(label.strip(), low, high)


class CriterionForm(forms.Form):
    """One criterion; without a name it is left out."""

    name = TypedLine(label="Tiêu chí", limit=CRITERION_NAME_LIMIT, required=False)
    max_points = PointsFormField(label="Điểm tối đa", required=False)
    bands = BandsField(
        label="Các mức điểm, mỗi dòng một mức",
        limit=GUIDANCE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Hoàn toàn mới: 25–30"}),
    )
    guidance = TypedText(
        label="Hướng dẫn cho người chấm", limit=GUIDANCE_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and cleaned.get("max_points") is None and "max_points" not in self.errors:
            self.add_error("max_points", ValidationError("Hãy ghi điểm tối đa.", code="required"))
        if not cleaned.get("name") and "name" not in self.errors and any(cleaned.values()):
            self.add_error("name", ValidationError("Hãy ghi tên tiêu chí, hoặc xóa hết phần này.", code="required"))
        return cleaned

    def draft(self):
        given = self.cleaned_data
        return CriterionDraft(given["name"], given["max_points"], given["bands"], given["guidance"])


def criterion_forms(data=None, drafts=()):
    """Return the forms of all criteria, as sent or for these drafts, with some to spare."""
    number = MOST_CRITERIA if data else min(MOST_CRITERIA, len(drafts) + SPARE_CRITERIA)
    found = []
    for place in range(number):
        prefix = f"criterion-{place}"
        if data is not None and f"{prefix}-name" not in data:
            break
        initial = initial_of_draft(drafts[place]) if place < len(drafts) else {}
        found.append(CriterionForm(data, prefix=prefix, initial=initial))
    return found


def initial_of_draft(draft):
    bands = "\n".join(map(str, draft.bands))
    return {"name": draft.name, "max_points": draft.max_points, "bands": bands, "guidance": draft.guidance}
