"""The board's pages in the admin: each has a file of its own."""

from awards.complaint_admin import ComplaintAdmin
from awards.consultation_admin import ConsultationAdmin
from awards.dossier_admin import FiledDossierAdmin
from awards.national_admin import NominationsAdmin
from awards.publication_admin import PublicationAdmin
from awards.scoring_admin import ScoringAdmin
from awards.selection_admin import SelectionAdmin

__all__ = [
    "ComplaintAdmin",
    "ConsultationAdmin",
    "FiledDossierAdmin",
    "NominationsAdmin",
    "PublicationAdmin",
    "ScoringAdmin",
    "SelectionAdmin",
]
