"""The guides inside the admin, before the admin's own addresses."""

from django.contrib import admin
from django.urls import path

from awards.guide_views import board_guide

guide = admin.site.admin_view(board_guide)

urlpatterns = [
    path("", guide, name="board_guide"),
    path("<slug:name>/", guide, name="guide_of"),
]
