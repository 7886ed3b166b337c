from django.contrib import admin

from config.long_lists import LongListAdmin
from config.looking import Sought
from config.text import fold
from record.models import Event, Seal
from record.words import DEEDS, SUBJECTS
from record.writing import write


class RecordedAdmin(admin.ModelAdmin):
    """Writes each change made in the admin to the record (R20); nothing is deleted there."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # `password` is typed by the form but never kept in the record.
        fields = [name for name in form.changed_data if name in form.fields and "password" not in name]
        write(
            obj,
            "changed" if change else "created",
            by=request.user,
            before={name: plain(form.initial.get(name)) for name in fields} if change else {},
            after={name: plain(form.cleaned_data.get(name)) for name in fields},
        )

    def has_delete_permission(self, request, obj=None):
        return False


def plain(value):
    """Return a form's value as the record keeps it."""
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, (list, tuple)) or hasattr(value, "values_list"):
        return [plain(item) for item in value]
    return value


class WordsFilter(admin.SimpleListFilter):
    """A filter by a column of code words, named as people say them; what has no words filters nothing."""

    words = {}

    def lookups(self, request, model_admin):
        return sorted(self.words.items(), key=lambda choice: fold(choice[1]))

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() in self.words else queryset


class SubjectFilter(WordsFilter):
    title, parameter_name, words = "đối tượng", "subject_kind", SUBJECTS


class DeedFilter(WordsFilter):
    title, parameter_name, words = "việc", "deed", DEEDS


@admin.register(Event)
class EventAdmin(LongListAdmin):
    list_display = ["at", "by_name", "shown_deed", "shown_subject", "subject_id", "reason"]
    list_display_links = ["shown_deed"]
    list_filter = [SubjectFilter, DeedFilter]
    fields = ["at", "by_name", "shown_deed", "shown_subject", "subject_id", "number", "reason", "before", "after"]

    def sought(self, among, rows, text, filters):
        """The index of the chains finds the events of one kind of things."""
        return Sought(among, rows, rows if "subject_kind" in filters else None)

    @admin.display(description="việc")
    def shown_deed(self, event):
        return DEEDS.get(event.deed, event.deed)

    @admin.display(description="đối tượng")
    def shown_subject(self, event):
        return SUBJECTS.get(event.subject_kind, event.subject_kind)

    def get_queryset(self, request):
        return Event.objects.visible_to(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Seal)
class SealAdmin(admin.ModelAdmin):
    """A list to be printed or written down: what is kept outside shows whether the record was cut since."""

    list_display = ["number", "sealed_at", "short", "events"]
    list_display_links = None
    ordering = ["-number"]
    sortable_by = []
    show_full_result_count = False

    @admin.display(description="dấu, để chép lại và giữ ở nơi khác")
    def short(self, seal):
        return seal.short

    def get_queryset(self, request):
        return Seal.objects.visible_to(request.user).order_by("-number")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
