"""The own data of an author, below the private page. It is told here because dossiers hold copies of it."""

from django.urls import path

from dossiers import author_views

PRIVATE = "<slug:campaign_slug>/da-nhan/<slug:secret>/"

urlpatterns = [
    path(PRIVATE + "du-lieu/", author_views.my_data, name="my_data"),
    path(PRIVATE + "du-lieu.json", author_views.my_data_file, name="my_data_file"),
    path(PRIVATE + "du-lieu/xoa/", author_views.removal, name="removal"),
    path(PRIVATE + "du-lieu/thoi-xoa/", author_views.take_back, name="take_removal_back"),
]
