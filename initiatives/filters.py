"""Search and filters of the staff list of initiatives."""

from urllib.parse import urlencode

from django import forms

from config.fields import TypedLine
from config.text import fold
from initiatives import limits
from initiatives.models import Block, Field, Status


def is_too_short(text):
    """Whether there is a search text, but too short a one to look for."""
    return bool(text) and len(fold(text).replace(" ", "")) < limits.SEARCH_SHORTEST


class ListFilter(forms.Form):
    """Search and filters of the staff list; what makes no sense is left out rather than refused."""

    q = TypedLine(label="Tìm kiếm", required=False)
    status = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *Status.choices])
    field = forms.ChoiceField(label="Lĩnh vực", required=False, choices=[("", "Tất cả"), *Field.choices])
    block = forms.ChoiceField(label="Khối", required=False, choices=[("", "Tất cả"), *Block.choices])
    unit = TypedLine(label="Mã đơn vị", required=False)

    def __init__(self, data, *, unions):
        self.unions = unions
        super().__init__(data, label_suffix="")
        self.is_valid()

    def apply(self, initiatives):
        """Return the initiatives that fit what was asked for."""
        values = self.cleaned_data
        for name in ("status", "field", "block"):
            if values.get(name):
                initiatives = initiatives.filter(**{name: values[name]})
        if values.get("unit"):
            union = self.unions.by_code(values["unit"]).select_related("parent").first()
            initiatives = initiatives.under(union) if union else initiatives.none()
        text = values.get("q")
        return initiatives.matching(text) if text and not self.is_too_short else initiatives

    @property
    def is_too_short(self):
        """Whether the search text is too short to look for; the list then stays whole."""
        return is_too_short(self.cleaned_data.get("q"))

    def query_string(self):
        """Return the filters in force as part of an address, for the links to other pages."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})
