"""Initiatives as union staff see them: list, one page each, screening."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Union
from config.paging import page_of, version_in
from initiatives.codes import read
from initiatives.filters import ListFilter
from initiatives.models import Initiative, Status
from initiatives.screening import accept, reject
from initiatives.timeline import steps_for_staff
from initiatives.typed_names import units_to_move_to

NOT_TO_REJECT = {Status.REJECTED, Status.WITHDRAWN}
REASON_MISTAKES = {"reason_missing", "reason_too_long"}


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


def initiative_page(request, initiative, *, reason="", mistake="", status=200):
    """Show an initiative; `reason` is what was typed for a rejection, `mistake` what is wrong with it."""
    screenable = Initiative.objects.screenable_by(request.user)
    may_screen = screenable.filter(pk=initiative.pk).exists()
    context = {
        "initiative": initiative,
        "steps": steps_for_staff(initiative),
        "may_screen": may_screen,
        "units": units_to_move_to(initiative, request.user),
        "next": screenable.next_to_screen(initiative) if may_screen else None,
        "list_query": list_query(request, initiative),
        "reason": reason,
        "mistake": mistake,
        # Where there is no box for it any more, what was typed stands on the page for copying.
        "typed": [("reason", reason)] if reason and initiative.status in NOT_TO_REJECT else [],
    }
    return render(request, "initiatives/one.html", context, status=status)


def list_query(request, initiative):
    """Return the query of the list that this person came from: the state it showed, or the one that waits."""
    shown = request.GET.get("status")
    if shown in Status.values:
        return f"?status={shown}"
    return "?status=SENT" if initiative.status == Status.SENT else ""


def after_screening(initiative):
    """Go on to the page of an initiative just screened; from there the way back leads to those that wait."""
    return redirect(f"{initiative.get_absolute_url()}?status=SENT")


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
    return after_screening(initiative)


@require_POST
def reject_initiative(request, code):
    initiative = screenable(request, code)
    reason = request.POST.get("reason", "")
    try:
        reject(initiative, reason, by=request.user, version=version_in(request))
    except ValidationError as refusal:
        sentence = " ".join(refusal.messages)
        initiative.refresh_from_db()
        if refusal.code in REASON_MISTAKES:
            return initiative_page(request, initiative, reason=reason, mistake=sentence, status=422)
        messages.error(request, sentence)
        return initiative_page(request, initiative, reason=reason, status=422)
    messages.success(request, f"Đã ghi nhận: sáng kiến {initiative.shown_code} không đạt. Tác giả sẽ thấy lý do.")
    return after_screening(initiative)
