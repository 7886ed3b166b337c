"""Initiatives as union staff see them: list, one page each, screening."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Union
from config.paging import page_of, version_in
from initiatives.codes import read
from initiatives.filters import ListFilter
from initiatives.models import Initiative
from initiatives.screening import accept, reject
from initiatives.timeline import steps_for_staff


@require_safe
def initiatives(request):
    """The initiatives of this person's unions and below, newest first; search and filters in the address."""
    form = ListFilter(request.GET, unions=Union.objects.visible_to(request.user))
    page = page_of(form.apply(Initiative.objects.visible_to(request.user)).select_related("unit", "top"), request.GET)
    context = {"form": form, "page": page, "query": form.query_string()}
    return render(request, "initiatives/list.html", context)


def visible(request, code):
    """Return the initiative with this code that this person may see, or answer 404."""
    found = Initiative.objects.visible_to(request.user).select_related("campaign", "top", "branch", "unit")
    return get_object_or_404(found, code=read(code) or "")


@require_safe
def initiative(request, code):
    found = visible(request, code)
    return initiative_page(request, found)


def initiative_page(request, initiative, *, reason="", status=200):
    context = {
        "initiative": initiative,
        "steps": steps_for_staff(initiative),
        "may_screen": Initiative.objects.screenable_by(request.user).filter(pk=initiative.pk).exists(),
        "reason": reason,
    }
    return render(request, "initiatives/one.html", context, status=status)


def screenable(request, code):
    found = Initiative.objects.screenable_by(request.user).select_related("campaign", "top", "branch", "unit")
    return get_object_or_404(found, code=read(code) or "")


@require_POST
def accept_initiative(request, code):
    initiative = screenable(request, code)
    try:
        accept(initiative, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(initiative)
    messages.success(request, f"Đã chấp nhận {initiative.shown_code}.")
    return redirect(initiative)


@require_POST
def reject_initiative(request, code):
    initiative = screenable(request, code)
    reason = request.POST.get("reason", "")
    try:
        reject(initiative, reason, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        initiative.refresh_from_db()
        return initiative_page(request, initiative, reason=reason, status=422)
    messages.success(request, f"Đã ghi {initiative.shown_code} không đạt. Tác giả đọc được lý do.")
    return redirect(initiative)
