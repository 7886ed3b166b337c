from django.contrib import admin

from record.models import Event
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


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["at", "by_name", "deed", "subject_kind", "subject_id", "reason"]
    list_display_links = ["deed"]
    list_filter = ["subject_kind"]
    show_full_result_count = False

    def get_queryset(self, request):
        return Event.objects.visible_to(request.user).order_by("-id")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
