"""The desk of union staff and their dossiers."""

from django.urls import path

from dossiers import document_views, entry_views, filing_views, letter_views, views
from initiatives import poster_views

LETTER_FILE = "ho-so/<int:pk>/to-trinh/<int:letter_pk>/<int:place>"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("to-dan/<slug:union_code>/", poster_views.posters, name="posters"),
    path("to-dan/<slug:union_code>.pdf", poster_views.posters_file, name="posters_file"),
    path("ho-so/mo/<int:plan_pk>/<slug:union_code>/", views.start_dossier, name="start_dossier"),
    path("ho-so/<int:pk>/", views.dossier, name="dossier"),
    path("ho-so/<int:pk>/thay-doi/", views.changes, name="dossier_changes"),
    path("ho-so/<int:pk>/thu-tu/", entry_views.reorder_entries, name="reorder_entries"),
    path("ho-so/<int:pk>/chon/", entry_views.choose_initiatives, name="choose_initiatives"),
    path("ho-so/<int:pk>/them/<str:code>/", entry_views.add_entry, name="add_entry"),
    path("ho-so/<int:pk>/muc/<int:entry_pk>/", entry_views.edit_entry, name="edit_entry"),
    path("ho-so/<int:pk>/muc/<int:entry_pk>/bo/", entry_views.remove_entry, name="remove_entry"),
    path("ho-so/<int:pk>/muc/<int:entry_pk>/len/", entry_views.move_entry, {"step": -1}, name="move_entry_up"),
    path("ho-so/<int:pk>/muc/<int:entry_pk>/xuong/", entry_views.move_entry, {"step": 1}, name="move_entry_down"),
    path("ho-so/<int:pk>/to-trinh/", filing_views.letter_details, name="letter_details"),
    path("ho-so/<int:pk>/to-trinh/tai-len/", letter_views.upload, name="upload_letter"),
    path(f"{LETTER_FILE}/", letter_views.letter_file, name="letter_file"),
    path(f"{LETTER_FILE}/anh-nho.jpg", letter_views.letter_thumbnail, name="letter_thumbnail"),
    path(f"{LETTER_FILE}/len/", letter_views.move_letter_file, {"step": -1}, name="move_letter_file_up"),
    path(f"{LETTER_FILE}/xuong/", letter_views.move_letter_file, {"step": 1}, name="move_letter_file_down"),
    path(f"{LETTER_FILE}/bo/", letter_views.remove_letter_file, name="remove_letter_file"),
    path("ho-so/<int:pk>/to-trinh.docx", document_views.letter_draft, name="letter_draft"),
    path("ho-so/<int:pk>/bang-tong-hop/", document_views.table_preview, name="table_preview"),
    path("ho-so/<int:pk>/bang-tong-hop.xlsx", filing_views.summary_table, name="summary_table"),
    path("ho-so/<int:pk>/nop/", filing_views.file, name="file_dossier"),
    path("ho-so/<int:pk>/lan-nop/<int:number>/", filing_views.filing_receipt, name="filing_receipt"),
    path("ho-so/<int:pk>/lan-nop/<int:number>/rut-lai/", filing_views.take_filing_back, name="take_filing_back"),
    path(
        "ho-so/<int:pk>/lan-nop/<int:number>/so-voi/<int:other>/", filing_views.compare_filings, name="compare_filings"
    ),
    path("ho-so/<int:pk>/lan-nop/<int:number>/bang-tong-hop.xlsx", filing_views.filed_table, name="filed_table"),
    path("don-vi/<slug:union_code>/", document_views.union_profile, name="union_profile"),
]
