"""Fields of the worker's form that understand what people write: amounts, days; and those asked for on a condition."""

import re

from django import forms
from django.core.exceptions import ValidationError

from config.fields import TypedText
from config.text import clean_line
from initiatives import limits

AMOUNT = re.compile(r"\d+|\d{1,3}([.,]\d{3})+", re.ASCII)
SPOKEN_AMOUNT = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?(triệu|tr|tỷ|tỉ)", re.ASCII)
MULTIPLES = {"triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
DAY = re.compile(r"(\d{1,2})(\d{2})(\d{4})", re.ASCII)


class BenefitField(forms.CharField):
    """An amount in đồng, as people write it: 12000000, 12.000.000 đ, 12 triệu, 1,5 tỷ."""

    def to_python(self, value):
        text = re.sub(r"\s|đồng|vnđ|vnd|đ", "", clean_line(super().to_python(value)).lower())
        if not text:
            return None
        if spoken := SPOKEN_AMOUNT.fullmatch(text):
            whole, part, word = spoken.groups()
            amount = int(whole) * MULTIPLES[word] + int((part or "0").ljust(3, "0")) * MULTIPLES[word] // 1000
        elif AMOUNT.fullmatch(text):
            digits = re.sub(r"[.,]", "", text).lstrip("0") or "0"
            amount = int(digits) if len(digits) <= len(str(limits.MOST_BENEFIT)) else limits.MOST_BENEFIT + 1
        else:
            raise ValidationError("Hãy ghi số tiền bằng chữ số, ví dụ 12.000.000.", code="not_an_amount")
        if amount > limits.MOST_BENEFIT:
            raise ValidationError("Số tiền lớn quá mức. Hãy xem lại đơn vị là đồng.", code="too_much")
        return amount

    def has_changed(self, initial, data):
        return super().has_changed(str(initial or ""), data)


class DayField(forms.DateField):
    """A day as people write it: 15/02/2021, 15-2-2021, 15022021. A plain text box: it reads the same in any browser."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"})

    def to_python(self, value):
        if isinstance(value, str):
            value = clean_line(value)
            if digits := DAY.fullmatch(value):
                value = "/".join(digits.groups())
        return super().to_python(value)


class FoundSelect(forms.Select):
    """A plain select whose options carry the words by which a picker finds them; `words` maps values to them."""

    words = {}

    def create_option(self, name, value, label, selected, index, **kwargs):
        option = super().create_option(name, value, label, selected, index, **kwargs)
        if words := self.words.get(value):
            option["attrs"]["data-search"] = words
        return option


class AskedText(TypedText):
    """Text that is marked as asked for; whether it may be left out, the form decides (R9)."""

    def validate(self, value):
        if value:
            super().validate(value)


class AskedChoice(forms.CharField):
    """A choice that is marked as asked for; whether it may be left out, the form decides (R3)."""

    widget = FoundSelect

    def validate(self, value):
        """Leave the empty choice to the form."""


class Radios(forms.RadioSelect):
    """Radio buttons of which only the first can ask for the cursor."""

    def create_option(self, name, value, label, selected, index, **kwargs):
        option = super().create_option(name, value, label, selected, index, **kwargs)
        if index:
            option["attrs"].pop("autofocus", None)
        return option
