"""Public pages of what the board asks about and of what it decided."""

from django.urls import path

from awards import objection_views, shortlist_views, views

LISTS = "<slug:campaign_slug>/lay-y-kien/"
LIST = f"{LISTS}<slug:top_code>/"

urlpatterns = [
    path("<slug:campaign_slug>/ket-qua/", views.results, name="results"),
    path("<slug:campaign_slug>/ket-qua/<slug:top_code>/", views.results_of_plan, name="results_of_plan"),
    path("<slug:campaign_slug>/xac-nhan/<str:code>/", views.confirmation, name="confirmation"),
    path(LISTS, shortlist_views.shortlists, name="shortlists"),
    path(LISTS + "phan-anh/<slug:secret>/", objection_views.objection_receipt, name="objection_receipt"),
    path(LIST, shortlist_views.shortlist, name="shortlist"),
    path(LIST + "lan/<int:version>/", shortlist_views.shortlist, name="shortlist_version"),
    path(LIST + "<int:entry_pk>/phan-anh/", objection_views.objection, name="objection"),
]
