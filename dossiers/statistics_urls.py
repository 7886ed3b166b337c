"""Public pages of figures that need a plan."""

from django.urls import path

from dossiers import statistics_views

urlpatterns = [
    path("<slug:campaign_slug>/thong-ke/<slug:top_code>/", statistics_views.top_statistics, name="top_statistics"),
    path(
        "<slug:campaign_slug>/thong-ke/<slug:top_code>.json",
        statistics_views.top_statistics_json,
        name="top_statistics_json",
    ),
]
