"""Publications in the admin. Dossiers, complaints, lists and the selection have files of their own."""

from django.contrib import admin

from accounts.visible_admin import ReadOnlyAdmin
from awards.complaint_admin import ComplaintAdmin
from awards.consultation_admin import ConsultationAdmin
from awards.dossier_admin import FiledDossierAdmin
from awards.models import Publication
from awards.selection_admin import SelectionAdmin

__all__ = ["ComplaintAdmin", "ConsultationAdmin", "FiledDossierAdmin", "PublicationAdmin", "SelectionAdmin"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["plan", "decision_number", "decision_date", "published_at"]
    list_select_related = ["plan__union"]
    fields = ["plan", "decision_number", "decision_date", "published_at", "published_by"]
    ordering = ["-pk"]
    sortable_by = []
