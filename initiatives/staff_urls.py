"""Initiatives as union staff see them."""

from django.urls import path

from initiatives import copies_views, export_views, mapping_views, screening_views
from initiatives import staff_views as views

urlpatterns = [
    path("", views.initiatives, name="initiatives"),
    path("ra-soat/", screening_views.screen_initiatives, name="screen_initiatives"),
    path("ra-soat/xong/", screening_views.pass_verdict, name="pass_verdict"),
    path("tai-ve/", export_views.export_initiatives, name="export_initiatives"),
    path("tai-ve/<int:pk>/", export_views.export, name="export"),
    path("tai-ve/<int:pk>/tep/", export_views.export_file, name="export_file"),
    path("<str:code>/", views.initiative, name="initiative"),
    path("<str:code>/chap-nhan/", screening_views.accept_initiative, name="accept_initiative"),
    path("<str:code>/tu-choi/", screening_views.reject_initiative, name="reject_initiative"),
    path("<str:code>/lay-lai/", screening_views.undo_initiative, name="undo_initiative"),
    path("<str:code>/giong/", copies_views.alike, name="alike"),
    path("<str:code>/giong/<int:pk>/khong-phai/", copies_views.no_copy, name="no_copy"),
    path("<str:code>/giong/<int:pk>/xem-lai/", copies_views.look_again, name="look_again"),
    path("<str:code>/chuyen-don-vi/", mapping_views.move, name="move_initiative"),
]
