from django.contrib import admin

from config.long_lists import LongListAdmin
from outbox.models import Message


@admin.register(Message)
class MessageAdmin(LongListAdmin):
    list_display = ["subject", "recipient", "created_at", "sent_at", "tries", "given_up_at", "last_error"]
    exclude = ["body"]  # It may hold a private link, which is for its recipient alone.

    def get_queryset(self, request):
        return Message.objects.visible_to(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
