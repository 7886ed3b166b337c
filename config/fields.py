"""Form and model fields for text that people type: cleaned on the way in, counted in characters, never cut."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from config.text import clean, clean_line, dotted, says_something


class TypedText(forms.CharField):
    """Several lines of text. Refuses what has no letter or digit (`required`) and what is too long (`too_long`)."""

    widget = forms.Textarea
    cleaner = staticmethod(clean)

    def __init__(self, *, limit=None, max_length=None, is_counted=None, **kwargs):
        self.limit = limit or max_length
        super().__init__(strip=False, **kwargs)
        if is_counted is None:
            is_counted = isinstance(self.widget, forms.Textarea)
        # Whether the page shows how much of the limit is used.
        self.is_counted = bool(self.limit and is_counted)

    def to_python(self, value):
        text = self.cleaner(str(value)) if value not in self.empty_values else ""
        return text if says_something(text) else self.empty_value

    def validate(self, value):
        super().validate(value)
        if value and self.limit and len(value) > self.limit:
            raise ValidationError(
                f"Phần này dài {dotted(len(value))}/{dotted(self.limit)} ký tự. "
                f"Hãy rút bớt {dotted(len(value) - self.limit)} ký tự.",
                code="too_long",
            )

    def widget_attrs(self, widget):
        """Say the limit to the counter; never a `maxlength`, which cuts text in silence and counts otherwise."""
        attrs = super().widget_attrs(widget)
        if self.limit:
            attrs["data-limit"] = str(self.limit)
        return attrs


class TypedLine(TypedText):
    """One line of text."""

    widget = forms.TextInput
    cleaner = staticmethod(clean_line)


class LineField(models.CharField):
    """A model's line of typed text."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TypedLine, **kwargs})

    def to_python(self, value):
        return clean_line(value) if isinstance(value, str) else value


class TextField(models.TextField):
    """A model's text of several lines; its limit is a CheckConstraint of the model."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": TypedText, **kwargs})

    def to_python(self, value):
        return clean(value) if isinstance(value, str) else value
