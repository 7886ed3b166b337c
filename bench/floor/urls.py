from django.urls import path

from bench.floor import views

urlpatterns = [
    path("form/", views.entry_form, name="form"),
    path("receipt/<uuid:secret>/", views.receipt, name="receipt"),
    path("entry/<uuid:secret>/", views.entry, name="entry"),
    path("kept/", views.kept_page, name="kept"),
]
