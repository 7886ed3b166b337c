"""Initiatives as union staff see them."""

from django.urls import path

from initiatives import mapping_views
from initiatives import staff_views as views

urlpatterns = [
    path("", views.initiatives, name="initiatives"),
    path("<str:code>/", views.initiative, name="initiative"),
    path("<str:code>/chap-nhan/", views.accept_initiative, name="accept_initiative"),
    path("<str:code>/tu-choi/", views.reject_initiative, name="reject_initiative"),
    path("<str:code>/chuyen-don-vi/", mapping_views.move, name="move_initiative"),
]
