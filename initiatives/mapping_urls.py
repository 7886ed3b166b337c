"""Names of units that authors typed, and what they mean."""

from django.urls import path

from initiatives import mapping_views as views

urlpatterns = [
    path("", views.mapping, name="mapping"),
    path("<slug:top_code>/", views.typed_names, name="typed_names"),
    path("<slug:top_code>/ten/", views.map_name, name="map_name"),
    path("<slug:top_code>/da-ghep/", views.known_names, name="known_names"),
    path("<slug:top_code>/da-ghep/<int:pk>/bo/", views.forget_name, name="forget_name"),
]
