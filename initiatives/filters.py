"""Search, filters and order of the staff list of initiatives, as they stand in its address."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from config.fields import TypedLine
from config.looking import Sought
from config.paging import Order
from config.text import fold, sort_key
from initiatives import codes, limits
from initiatives.models import Block, Field, Status

NEWEST = Order(back="← Mới hơn", on="Cũ hơn →", by="arrived_at", falls=True)
BY_NAME = Order(back="← Trang trước", on="Trang sau →", by="name_key")
ORDERS = {"": NEWEST, "name": BY_NAME}
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def is_too_short(text):
    """Whether there is a search text, but too short a one to look for."""
    return bool(text) and len(fold(text).replace(" ", "")) < limits.SEARCH_SHORTEST


def day_field(label):
    return forms.DateField(label=label, required=False, input_formats=DAY_FORMATS)


class ListFilter(forms.Form):
    """Search and filters of the staff list; what makes no sense is left out rather than refused."""

    q = TypedLine(label="Tìm kiếm", required=False)
    status = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *Status.choices])
    field = forms.ChoiceField(label="Lĩnh vực", required=False, choices=[("", "Tất cả"), *Field.choices])
    block = forms.ChoiceField(label="Khối", required=False, choices=[("", "Tất cả"), *Block.choices])
    unit = TypedLine(label="Đơn vị", required=False)
    since = day_field("Nhận từ ngày")
    until = day_field("Đến hết ngày")
    lacking = forms.BooleanField(label="Thiếu thông tin", required=False)
    copied = forms.BooleanField(label="Giống sáng kiến gửi trước", required=False)
    order = forms.ChoiceField(
        label="Xếp theo", required=False, choices=[("", "Mới nhận trước"), ("name", "Tên tác giả (A–Y)")]
    )

    def __init__(self, data, *, unions):
        self.unions = unions
        super().__init__(data, label_suffix="")
        self.is_valid()

    def apply(self, initiatives):
        """Return the initiatives that fit what was asked for."""
        return self.narrowed(self.listed(initiatives))

    def listed(self, initiatives):
        """Return those of which an index has the order asked for: of a union, in one state, of some days."""
        values = self.cleaned_data
        if values.get("unit"):
            initiatives = initiatives.under(self.union) if self.union else initiatives.none()
        if self.is_by_arrival:
            initiatives = initiatives.arrived_between(values.get("since"), values.get("until"))
            if values.get("status"):
                initiatives = initiatives.filter(status=values["status"])
        code = codes.read(self.text)
        return initiatives.filter(code=code) if code else initiatives

    def narrowed(self, initiatives):
        """Return those that fit the rest of what was asked for; the very same queryset where that is nothing."""
        values = self.cleaned_data
        for name in ("field", "block") if self.is_by_arrival else ("status", "field", "block"):
            if values.get(name):
                initiatives = initiatives.filter(**{name: values[name]})
        if not self.is_by_arrival:
            initiatives = initiatives.arrived_between(values.get("since"), values.get("until"))
        if values.get("lacking"):
            initiatives = initiatives.incomplete()
        if values.get("copied"):
            initiatives = initiatives.looking_copied()
        return initiatives.matching(self.text) if self.text and not codes.read(self.text) else initiatives

    def sought(self, initiatives):
        """Return how the list looks for what was asked for, a Sought."""
        among = self.listed(initiatives)
        rows = self.narrowed(among)
        return Sought(among, rows, self.leap(rows))

    def leap(self, rows):
        """Return the rows as another index than that of the order finds them, or None where there is none."""
        if (found := rows.with_words(self.text)) is not None:
            return found
        by_day = self.cleaned_data.get("since") or self.cleaned_data.get("until")
        return rows if self.cleaned_data.get("copied") or (by_day and not self.is_by_arrival) else None

    @property
    def is_by_arrival(self):
        return self.ordering is NEWEST

    @property
    def text(self):
        """What is searched for; empty when it is too short."""
        return "" if self.is_too_short else self.cleaned_data.get("q", "")

    @property
    def ordering(self):
        """The Order that was asked for."""
        return ORDERS[self.cleaned_data.get("order", "")]

    @cached_property
    def first_units(self):
        """The first of this person's unions: all of them, unless there are more than a list to pick from holds."""
        return list(self.unions[: limits.UNITS_TO_PICK + 1])

    @property
    def has_many_units(self):
        return len(self.first_units) > limits.UNITS_TO_PICK

    @property
    def units_to_pick(self):
        """The unions that a short list offers, in the order of their names; nothing where there is one, or many."""
        found = [] if len(self.first_units) == 1 or self.has_many_units else self.first_units
        return sorted(found, key=lambda union: sort_key(union.name))

    @property
    def is_detailed(self):
        """Whether one of the filters is in force that are less often used."""
        return any(self.cleaned_data.get(name) for name in ("block", "unit", "since", "until", "lacking", "copied"))

    @cached_property
    def units_meant(self):
        """The unions that what was typed may mean: that with this code, else those with all its words in their name."""
        text, unions = self.cleaned_data.get("unit", ""), self.unions.select_related("parent")
        if not text:
            return []
        if found := list(unions.by_code(text)):
            return found
        words = fold(text).split()
        if is_too_short(text):
            return []
        return [union for union in unions.iterator() if all(word in fold(union.name) for word in words)]

    @property
    def union(self):
        """The union whose initiatives are asked for; None while it is not clear which."""
        return self.units_meant[0] if len(self.units_meant) == 1 else None

    @property
    def is_too_short(self):
        """Whether the search text is too short to look for; the list then stays whole."""
        return is_too_short(self.cleaned_data.get("q"))

    def query_string(self, **changes):
        """Return what is in force, with these changes, as part of an address for the links to other pages."""
        values = {name: written(value) for name, value in (self.cleaned_data | changes).items() if value}
        return urlencode(values)


def written(value):
    """Return a value as an address names it."""
    if value is True:
        return "on"
    return value.isoformat() if isinstance(value, date) else value
