"""Public pages of what the board decided."""

from django.urls import path

from awards import views

urlpatterns = [
    path("<slug:campaign_slug>/ket-qua/", views.results, name="results"),
    path("<slug:campaign_slug>/ket-qua/<slug:top_code>/", views.results_of_plan, name="results_of_plan"),
    path("<slug:campaign_slug>/xac-nhan/<str:code>/", views.confirmation, name="confirmation"),
]
