"""The guides of docs/huong-dan/ inside the admin: one text, read there and here."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.guides import guide, guides

OF_BOARD = "hoi-dong"


@require_safe
def board_guide(request, name=OF_BOARD):
    if name not in guides():
        raise Http404("Không có hướng dẫn này.")
    title, text = guide(name)
    context = admin.site.each_context(request) | {"title": title, "text": text, "is_main": name == OF_BOARD}
    return render(request, "admin/awards/guide.html", context)
