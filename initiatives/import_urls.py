"""Initiatives that were collected on paper."""

from django.urls import path

from initiatives import import_views as views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("mau/<slug:union_code>.xlsx", views.import_template, name="import_template"),
    path("<int:pk>/", views.one_import, name="import"),
    path("<int:pk>/xac-nhan/", views.confirm_import, name="confirm_import"),
    path("<int:pk>/ma-sang-kien.xlsx", views.import_codes, name="import_codes"),
]
