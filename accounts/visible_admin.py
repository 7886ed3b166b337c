"""What every admin page of this site keeps to: a person meets only what `visible_to` shows; the rest answers 404."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminSplitDateTime, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import connection
from django.forms.models import model_to_dict
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.text import capfirst

from config.paging import Order, page_of
from config.text import clean_line
from record.admin import RecordedAdmin
from record.models import Event
from record.reading import changes_of
from record.words import DEEDS

COUNTED_ROWS = 5000
SEARCH_LIMIT = 200
# What a BigAutoField may hold, short of its very end.
KEY = re.compile(r"[0-9]{1,18}")
OLDEST_FIRST = Order(back="← Trước đó", on="Tiếp theo →")


class FirstRows(Paginator):
    """Counts no further than COUNTED_ROWS, so that a list of millions opens as fast as one of hundreds."""

    @cached_property
    def count(self):
        return len(self.object_list) if isinstance(self.object_list, list) else self.object_list[:COUNTED_ROWS].count()

    @property
    def is_cut(self):
        return self.count == COUNTED_ROWS


class UnstaleForm(forms.ModelForm):
    """Refuses (`stale`) to save over what somebody else changed since the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fingerprint = self.fingerprint_of_row() if self.instance.pk else ""
        if "seen" in self.fields:
            self.fields["seen"].initial = self.fingerprint

    def fingerprint_of_row(self):
        values = model_to_dict(self.instance, fields=[name for name in self.fields if name != "seen"])
        return salted_hmac("admin.seen", repr(sorted(values.items())), algorithm="sha256").hexdigest()

    def clean(self):
        cleaned = super().clean()
        if "seen" in self.fields and self.cleaned_data.get("seen", "") != self.fingerprint:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.fingerprint
            raise ValidationError(
                "Một người khác vừa thay đổi mục này. Hãy xem lại nội dung bên dưới rồi bấm lưu lần nữa.", code="stale"
            )
        return cleaned


class KnownChoices(admin.SimpleListFilter):
    """A filter by a field's own choices; anything else in the address is taken for "all". Subclasses name the field."""

    field = choices_class = None

    @property
    def parameter_name(self):
        return self.field

    def lookups(self, request, model_admin):
        return list(self.choices_class.choices)

    def value(self):
        value = super().value()
        return value if value in self.choices_class.values else None

    def queryset(self, request, queryset):
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


@dataclass(frozen=True)
class Step:
    """One line of a record as the board reads it."""

    at: datetime
    by: str
    words: str
    detail: str
    about: str = ""
    changes: tuple = ()


class PickedRow(AutocompleteSelect):
    """Shows the row that was picked. What is no key of a row shows none, where Django's own widget fails."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if KEY.fullmatch(str(key))]
        return super().optgroups(name, keys, attr)


class VisibleChoices:
    """For admins and their inlines: choices among rows are limited to those that this person may see."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs and hasattr(manager, "visible_to"):
            kwargs["queryset"] = manager.visible_to(request.user)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = PickedRow(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A choice is a choice: no icons beside it that open further windows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if field:
            name_parts(field.widget, capfirst(str(field.label)))
        return field


def name_parts(widget, label):
    """Name what has no label of its own: both halves of a moment, and the box in which a choice is looked for."""
    if isinstance(widget, AdminSplitDateTime):
        for half, word in zip(widget.widgets, ("ngày", "giờ"), strict=True):
            half.attrs["aria-label"] = f"{label} – {word}"
    if isinstance(widget, AutocompleteSelect):
        widget.attrs["aria-label"] = label


class VisibleAdmin(VisibleChoices, RecordedAdmin):
    form = UnstaleForm
    actions = None
    view_on_site = False
    paginator = FirstRows
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    object_history_template = "admin/record.html"
    # What the deeds on the record are called here, where that is not what record/words.py says.
    deed_words = {"created": "Tạo mới", "changed": "Sửa"}

    def get_queryset(self, request):
        rows = self.model.objects.visible_to(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_object(self, request, object_id, from_field=None):
        """Return the row, locked when it is about to be changed; what is not visible is not there."""
        found = super().get_object(request, object_id, from_field or None)
        if found is None:
            raise Http404
        if request.method == "POST" and connection.in_atomic_block:
            list(self.model.objects.select_for_update(no_key=True).filter(pk=found.pk))
            found.refresh_from_db()
        return found

    def lookup_allowed(self, lookup, value, request=None):
        """The page's own filters only: nothing is found by an address made up by hand (`?secret__startswith=`)."""
        return any(lookup == known.field for known in self.get_list_filter(request))

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changeform_initial_data(self, request):
        return {}

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, clean_line(search_term)[:SEARCH_LIMIT])

    def history_view(self, request, object_id, extra_context=None):
        """Show the record (R20) in place of Django's own log."""
        found = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        page = page_of(self.events_of(found), request.GET, order=OLDEST_FIRST)
        steps = self.steps_from(found, page.rows)
        return self.page(request, self.object_history_template, found, title="Nhật ký", steps=steps, page=page)

    def page(self, request, template, found=None, *, status=200, **context):
        """Answer with a page of our own inside the admin's frame."""
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": found,
            "is_popup": False,
            "subtitle": None,
            **context,
        }
        return TemplateResponse(request, template, context, status=status)

    def events_of(self, found):
        """Return the events of a row's record, a queryset."""
        return Event.objects.of(found)

    def steps_of(self, found) -> Iterable[Step]:
        """Return the Steps of a row's whole record, oldest first: for rows to which little happens."""
        return self.steps_from(found, self.events_of(found))

    def steps_from(self, found, events) -> Iterable[Step]:
        """Return the Steps of some events on a row's record."""
        return [
            Step(
                event.at,
                event.by_name,
                self.words_of(event),
                self.detail_of(event),
                changes=tuple(self.changes_of(event)),
            )
            for event in events
        ]

    def words_of(self, event):
        return self.deed_words.get(event.deed) or DEEDS.get(event.deed, event.deed)

    def changes_of(self, event):
        return changes_of(event)

    def detail_of(self, event):
        """Return what more there is to say about an event."""
        return event.reason


class ReadOnlyAdmin(VisibleAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
