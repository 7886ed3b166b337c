"""Fields of the worker's form that understand what people write: amounts, days; and those asked for on a condition."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from config.fields import TypedText
from config.text import clean_line
from initiatives import limits

NUMBER = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d{1,2})?"
PLAIN_AMOUNT = re.compile(r"\d+|\d{1,3}(?:[.,]\d{3})+", re.ASCII)
SPOKEN_AMOUNT = re.compile(rf"({NUMBER})(nghìn|ngàn|k|triệu|tr|tỷ|tỉ)(?:(\d)(?!\d))?", re.ASCII)
WORDS_AROUND = re.compile(r"^(?:khoảng|gần|hơn|trên|ước tính)|(?:/|mỗi|một|hằng|hàng)năm$|đồng|vnđ|vnd|đ\b|\s")
NOT_AN_AMOUNT = "Hãy ghi số tiền bằng chữ số, ví dụ 12.000.000."
MULTIPLES = {"nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
DAY = re.compile(r"(\d{1,2})(\d{2})(\d{4})", re.ASCII)
SPOKEN_DAY = re.compile(r"(?:ngày )?(\d{1,2}) ?(?:[/.-]|tháng) ?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4}|\d{2})", re.ASCII)


class CleanEmailField(forms.EmailField):
    """An e-mail address, without what pasting brings along unseen."""

    def to_python(self, value):
        return super().to_python(clean_line(value) if isinstance(value, str) else value)


class BenefitField(forms.CharField):
    """An amount in đồng, as people write it: 12000000, 12.000.000 đ, 1.500 triệu, 1,5 tỷ, 12tr5, 1 tỷ 200 triệu."""

    def to_python(self, value):
        text = clean_line(super().to_python(value)).lower()
        text = WORDS_AROUND.sub("", WORDS_AROUND.sub("", re.sub(r"\s", "", text)))
        if not text:
            return None
        if len(text) > limits.AMOUNT_LIMIT:
            raise ValidationError(NOT_AN_AMOUNT, code="not_an_amount")
        amount = plain_amount(text) if PLAIN_AMOUNT.fullmatch(text) else spoken_amount(text)
        if amount > limits.MOST_BENEFIT:
            raise ValidationError("Số tiền lớn quá mức. Hãy xem lại đơn vị là đồng.", code="too_much")
        return amount

    def has_changed(self, initial, data):
        return super().has_changed(str(initial or ""), data)


def plain_amount(text):
    digits = re.sub(r"[.,]", "", text).lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(limits.MOST_BENEFIT)) else limits.MOST_BENEFIT + 1


def spoken_amount(text):
    """Return the sum of numbers with words: a dot groups thousands, a comma starts the decimals."""
    parts = list(SPOKEN_AMOUNT.finditer(text))
    if not parts or "".join(part[0] for part in parts) != text:
        raise ValidationError(NOT_AN_AMOUNT, code="not_an_amount")
    total = 0
    for number, word, tenth in (part.groups() for part in parts):
        is_grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
        value = Decimal(re.sub(r"[.,]", "", number) if is_grouped else number.replace(",", "."))
        total += int(value * MULTIPLES[word]) + int(tenth or 0) * MULTIPLES[word] // 10
    return total


class DayField(forms.DateField):
    """A day as people write it: 15/02/2021, 15-2-21, 15022021, 15 tháng 2 năm 2021. A plain box, read alike."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"})

    def to_python(self, value):
        if isinstance(value, str):
            value = clean_line(value).lower()
            if found := DAY.fullmatch(value) or SPOKEN_DAY.fullmatch(value):
                day, month, year = found.groups()
                value = f"{day}/{month}/{year if len(year) == 4 else '20' + year}"
        return super().to_python(value)


class FoundSelect(forms.Select):
    """A plain select whose options carry the words by which they are found by typing."""

    picker = None

    def use(self, picker):
        """Take choices and words from what `picker()` returns once they are shown."""
        self.picker, self.choices = picker, lambda: picker().choices

    def create_option(self, name, value, label, selected, index, **kwargs):
        option = super().create_option(name, value, label, selected, index, **kwargs)
        if self.picker and (words := self.picker().words.get(value)):
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
