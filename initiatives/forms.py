"""The form that a worker fills in."""

import uuid
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import Level
from config import clock
from config.fields import TypedLine, TypedText
from initiatives import co_authors, limits
from initiatives.fields import AskedChoice, AskedText, BenefitField, CleanEmailField, DayField, FoundSelect, Radios
from initiatives.models import Block, Field, Gender, practice_error
from initiatives.old_font_offers import offers_for
from initiatives.phones import PhoneField, spoken
from initiatives.sending import ANSWERS
from initiatives.workplaces import OTHER, top_picker, union_of, unit_picker


class InitiativeForm(forms.Form):
    """All that a worker types (R1–R9). Bind it with the campaign; `answers()` gives what `send` and `correct` take."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    full_name = TypedLine(label="Họ và tên", limit=limits.NAME_LIMIT, help_text="Ví dụ Nguyễn Văn An.")
    phone = PhoneField(label="Số điện thoại di động", help_text="Dùng để theo dõi kết quả. Không bao giờ công bố.")
    job_title = TypedLine(label="Chức vụ hoặc công việc", limit=limits.JOB_TITLE_LIMIT)
    email = CleanEmailField(label="E-mail", required=False, max_length=254)
    birth_year = forms.IntegerField(label="Năm sinh", required=False, min_value=limits.OLDEST_BIRTH_YEAR)
    gender = forms.ChoiceField(label="Giới tính", required=False, choices=[("", "Không ghi"), *Gender.choices])
    collective = TypedLine(
        label="Tên nhóm, tổ hoặc đơn vị",
        required=False,
        limit=limits.WORKPLACE_LIMIT,
        help_text="Ghi khi tập thể đứng tên, ví dụ Tổ hàn số 2. Bạn là người liên hệ.",
    )
    co_authors = TypedText(
        label="Đồng tác giả",
        required=False,
        limit=limits.CO_AUTHORS_LIMIT,
        help_text="Mỗi người một dòng, có thể thêm phần đóng góp: Trần Thị Bình 30%. Phần còn lại là của bạn.",
    )
    top = forms.CharField(label="Tỉnh, thành phố hoặc ngành", widget=FoundSelect)
    unit = AskedChoice(
        label="Công đoàn cấp trên",
        help_text="Ví dụ LĐLĐ huyện, công đoàn khu công nghiệp, công đoàn ngành. Không rõ thì hỏi tổ trưởng công đoàn.",
    )
    unit_other = TypedLine(
        label="Tên công đoàn, nếu không thấy trong danh sách", required=False, limit=limits.WORKPLACE_LIMIT
    )
    workplace = TypedLine(
        label="Tên nơi làm việc",
        limit=limits.WORKPLACE_LIMIT,
        help_text="Tên công ty, trường học, cơ quan, phân xưởng.",
    )
    block = forms.ChoiceField(label="Nơi làm việc thuộc khối", choices=Block, widget=Radios)
    field = forms.ChoiceField(label="Lĩnh vực của sáng kiến", choices=Field, widget=Radios)
    title = TypedLine(
        label="Tên sáng kiến",
        limit=limits.TITLE_LIMIT,
        is_counted=True,
        help_text="Ví dụ: Cải tiến gá hàn ống để hàn nhanh gấp đôi.",
    )
    description = AskedText(
        label="Mô tả sáng kiến",
        limit=limits.DESCRIPTION_LIMIT,
        help_text="Trước đây làm thế nào, có gì bất tiện? Bạn đã thay đổi gì? Có thể chép từ tệp Word vào.",
    )
    is_secret = forms.BooleanField(label="Đây là bí mật công nghệ, tôi không mô tả chi tiết", required=False)
    effect = TypedText(
        label="Hiệu quả",
        limit=limits.EFFECT_LIMIT,
        help_text="Kết quả sau khi áp dụng: tiết kiệm, an toàn hơn, nhanh hơn, có ích cho ai.",
    )
    benefit = BenefitField(
        label="Giá trị làm lợi một năm (đồng)",
        required=False,
        help_text="Ví dụ 12.000.000 hoặc 12 triệu. Không tính được thì để trống.",
    )
    started_on = DayField(label="Ngày bắt đầu áp dụng")
    consent = forms.BooleanField(label="Tôi cam đoan và đồng ý với nội dung trên")

    def __init__(self, data=None, *, campaign, **kwargs):
        self.campaign, self.unions = campaign, {}
        super().__init__(data, label_suffix="", **kwargs)
        self.dress()

    def dress(self):
        """Give the fields what this campaign says of them, and the choices, which are looked up when they are shown."""
        self.fields["top"].widget.use(cache(top_picker))
        self.fields["unit"].widget.use(cache(lambda: unit_picker(self.picked_top)))
        first, last = self.campaign.practice_from, self.campaign.practice_until
        self.fields[
            "started_on"
        ].help_text = f"Trong khoảng {first:%d/%m/%Y} đến {last:%d/%m/%Y}; có thể đã nghiên cứu từ trước."
        self.fields["top"].widget.attrs["data-units"] = reverse("units_of", args=[self.campaign.slug, "TOP"])

    def clean_full_name(self):
        name = self.cleaned_data["full_name"]
        if not any(character.isalpha() for character in name):
            raise ValidationError("Hãy ghi họ và tên bằng chữ, ví dụ Nguyễn Văn An.", code="no_letters")
        return name

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year and year > clock.today().year - limits.YOUNGEST_AGE:
            raise ValidationError("Hãy xem lại năm sinh.", code="too_young")
        return year

    def clean_started_on(self):
        started_on = self.cleaned_data["started_on"]
        if refusal := practice_error(self.campaign, started_on):
            raise refusal
        return started_on

    def clean_consent(self):
        """Consent is to the words that stood on the page; those of a newer version are to be read first (R19)."""
        if self.data.get("shown_consent", self.campaign.consent_version) != self.campaign.consent_version:
            self.data = self.data.copy()
            del self.data["consent"]
            raise ValidationError(
                "Lời đồng ý vừa được sửa. Hãy đọc lại ở trên rồi đánh dấu lần nữa.", code="consent_changed"
            )
        return self.cleaned_data["consent"]

    @cached_property
    def picked_top(self):
        """The province or sector that is picked, None where there is none. A unit that is picked has it at hand."""
        code, unit_code = self["top"].value(), self["unit"].value()
        unit = self.union_of(unit_code) if unit_code != OTHER else None
        if unit and unit.top and unit.top.is_active and unit.top.code == code:
            return unit.top
        return union_of(code)

    def clean_top(self):
        if (
            self.picked_top is None
            or self.picked_top.level != Level.TOP
            or self.picked_top.code != self.cleaned_data["top"]
        ):
            raise ValidationError("Hãy chọn một tỉnh, thành phố hoặc ngành trong danh sách.", code="invalid_choice")
        return self.picked_top

    def clean(self):
        cleaned = super().clean()
        self.clean_unit_of(cleaned)
        self.clean_people(cleaned)
        self.clean_fonts()
        if not cleaned.get("description") and not cleaned.get("is_secret") and "description" not in self.errors:
            self.add_error(
                "description",
                ValidationError("Hãy mô tả sáng kiến, hoặc đánh dấu là bí mật công nghệ.", code="required"),
            )
        return cleaned

    def clean_people(self, cleaned):
        """Write the co-authors one way; their shares and the main author's are one hundred per cent together."""
        try:
            text = co_authors.normal(cleaned.get("co_authors") or "", cleaned.get("full_name") or "")
            cleaned["co_authors"] = text
        except ValidationError as refusal:
            self.add_error("co_authors", refusal)

    def clean_fonts(self):
        """Offer to convert text from old fonts; it is not stored before its author has chosen."""
        if self.offers:
            self.add_error(None, ValidationError(OLD_FONT, code="old_font"))

    def union_of(self, code):
        if code not in self.unions:
            self.unions[code] = union_of(code)
        return self.unions[code]

    def clean_unit_of(self, cleaned):
        """R3: a unit of the picked top union, or a name that is typed."""
        code, cleaned["unit"] = cleaned.get("unit"), None
        if code and code != OTHER:
            unit = self.union_of(code)
            if unit is None or not unit.branch or (cleaned.get("top") and unit.top != cleaned["top"]):
                self.add_error(
                    "unit", ValidationError("Đơn vị này không thuộc tỉnh, ngành đã chọn. Hãy chọn lại.", code="invalid")
                )
            cleaned["unit"], cleaned["unit_other"] = unit, ""
        elif not cleaned.get("unit_other") and "unit_other" not in self.errors:
            field, sentence = ("unit_other", "Hãy ghi tên công đoàn.") if code else ("unit", NO_UNIT)
            self.add_error(field, ValidationError(sentence, code="required"))

    def opens_person(self):
        """Whether the fold with more about the person starts open: something in it was typed, or refused."""
        return self.has_any("email", "birth_year", "gender")

    def opens_group(self):
        return self.has_any("collective", "co_authors")

    def opens_benefit(self):
        return self.has_any("benefit")

    def has_any(self, *names):
        return any(self[name].value() or self[name].errors for name in names)

    @cached_property
    def offers(self):
        """What could be made of texts from old fonts."""
        return offers_for(self) if self.is_bound else []

    def answers(self):
        """Return the clean values of a valid form, as `send` and `correct` take them."""
        values = {name: self.cleaned_data[name] for name in ANSWERS}
        return values | {"is_secret": bool(values["is_secret"])}

    def typed(self, *, picks=True):
        """Return what was typed as (label, text), for copying; and what was picked, whose words cost more to find."""
        skip = {"submission_id", "consent", "is_secret"} | (set() if picks else PICKS)
        pairs = [(bound.label, shown_value(bound)) for bound in self if bound.name not in skip]
        return [(label, text) for label, text in pairs if text]


def shown_value(bound):
    """Return the value of a form's field as people read it: of a choice, its words."""
    value = str(bound.value() or "").strip()
    if isinstance(bound.field.widget, forms.Select | forms.RadioSelect):
        groups = bound.field.widget.optgroups(bound.html_name, [value])
        return next((str(o["label"]) for _, group, _ in groups for o in group if value and o["selected"]), value)
    return value


PICKS = {"top", "unit", "block", "field", "gender"}
NO_UNIT = "Hãy chọn công đoàn cấp trên; nếu không thấy trong danh sách, hãy chọn dòng cuối và tự ghi tên."
MISSING = {
    "full_name": "Hãy ghi họ và tên.",
    "phone": "Hãy ghi số điện thoại di động.",
    "job_title": "Hãy ghi chức vụ hoặc công việc của bạn.",
    "top": "Hãy chọn tỉnh, thành phố hoặc ngành.",
    "workplace": "Hãy ghi tên nơi làm việc.",
    "block": "Hãy chọn một trong hai khối.",
    "field": "Hãy chọn một lĩnh vực.",
    "title": "Hãy ghi tên sáng kiến.",
    "effect": "Hãy ghi hiệu quả của sáng kiến.",
    "started_on": "Hãy ghi ngày bắt đầu áp dụng.",
    "consent": "Cần có sự đồng ý của bạn thì công đoàn mới được lưu và xét sáng kiến.",
}

OLD_FONT = "Có chữ được gõ bằng phông cũ. Hãy xem phần đề nghị đổi chữ bên dưới rồi chọn một trong hai nút ở đó."
# The keyboard that suits each field, and what the browser may fill in.
KEYBOARDS = {
    "full_name": {"autocomplete": "name", "autocapitalize": "words", "enterkeyhint": "next"},
    "phone": {"enterkeyhint": "next"},
    "job_title": {"autocomplete": "organization-title", "enterkeyhint": "next"},
    "email": {"autocomplete": "email", "inputmode": "email", "enterkeyhint": "next"},
    "birth_year": {"inputmode": "numeric", "autocomplete": "bday-year", "enterkeyhint": "next"},
    "gender": {"autocomplete": "sex"},
    "collective": {"autocomplete": "off", "enterkeyhint": "next"},
    "co_authors": {"rows": 3, "autocapitalize": "words", "autocomplete": "off"},
    "unit_other": {"autocomplete": "off", "enterkeyhint": "next", "placeholder": " "},
    "workplace": {"autocomplete": "organization", "enterkeyhint": "next"},
    "title": {"autocomplete": "off", "enterkeyhint": "next"},
    "description": {"rows": 9, "autocomplete": "off"},
    "effect": {"rows": 5, "autocomplete": "off"},
    "benefit": {"autocomplete": "off", "enterkeyhint": "next"},
    "started_on": {"inputmode": "numeric", "enterkeyhint": "done"},
}
INVALID = {
    "birth_year": "Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1985.",
    "email": "Địa chỉ e-mail này viết chưa đúng. Nếu không có, hãy để trống.",
    "started_on": "Hãy ghi ngày bắt đầu áp dụng, ví dụ 15/02/2021.",
}


def dress(fields):
    """Give each field the keyboard and the sentences that suit it, once for all forms."""
    for name, attrs in KEYBOARDS.items():
        fields[name].widget.attrs.update(attrs)
    fields["email"].widget.attrs.pop("maxlength", None)
    for name, sentence in MISSING.items():
        fields[name].error_messages["required"] = sentence
    for name, sentence in INVALID.items():
        fields[name].error_messages.update(invalid=sentence, min_value=sentence)


dress(InitiativeForm.base_fields)


def blank_values(top=None):
    """Return the first values of an empty form; a union's own link picks the province or sector."""
    return {"submission_id": uuid.uuid4(), "top": top.code if top else "", "unit": ""}


def values_of(initiative):
    """Return an initiative as the form shows it for correcting."""
    values = {name: getattr(initiative, name) for name in ANSWERS}
    return values | {
        "submission_id": initiative.submission_id,
        "phone": spoken(initiative.phone),
        "top": initiative.top.code,
        "unit": initiative.unit.code if initiative.unit else OTHER,
        "consent": True,
    }
