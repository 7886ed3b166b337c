"""Points with one decimal: Decimal in code, whole tenths in the database, never a float, so that sums are exact."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from config.text import clean_line

TENTH = Decimal("0.1")
TYPED = re.compile(r"\d{1,4}(?:[.,]\d+)?", re.ASCII)


class PointsFormField(forms.CharField):
    """Points as people type them: 12, 12,5 or 12.5."""

    default_error_messages = {"required": "Hãy ghi số điểm."}
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "5", "autocomplete": "off"})

    def to_python(self, value):
        if isinstance(value, Decimal):
            return value
        text = clean_line(str(value)) if value not in self.empty_values else ""
        if not text:
            return None
        if not TYPED.fullmatch(text):
            raise ValidationError("Hãy ghi điểm bằng số, ví dụ 12 hoặc 12,5.", code="not_points")
        points = Decimal(text.replace(",", "."))
        if points != points.quantize(TENTH):
            raise ValidationError("Điểm chỉ lẻ đến một chữ số, ví dụ 12,5.", code="too_fine")
        return points.quantize(TENTH)

    def prepare_value(self, value):
        return shown(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial, data):
        return super().has_changed(shown(initial) if isinstance(initial, Decimal) else initial, data)


class PointsField(models.PositiveSmallIntegerField):
    """Stored as tenths."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else Decimal(value) / 10

    def to_python(self, value):
        return None if value is None else Decimal(str(value)).quantize(TENTH)

    def get_prep_value(self, value):
        return None if value is None else super().get_prep_value(Decimal(value) * 10)

    def formfield(self, **kwargs):
        kwargs = {"form_class": PointsFormField, **kwargs}
        return models.Field.formfield(self, **kwargs)


def shown(number, places=1):
    """Return a Decimal or Fraction as people write it, rounded half up: "12,5", "12", with two places "87,33"."""
    exact = Decimal(number.numerator) / Decimal(number.denominator) if hasattr(number, "numerator") else number
    text = f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if places == 1 else text).replace(".", ",")
