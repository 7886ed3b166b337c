"""Initiatives as union staff see them: the list, and one page each; screening_views.py holds what is decided there."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Union
from config.paging import key_in, page_of
from initiatives.codes import read
from initiatives.copies_pages import pairs_about
from initiatives.filters import ListFilter
from initiatives.gaps import gaps_of
from initiatives.limits import UNITS_TO_NAME
from initiatives.models import Initiative, Status
from initiatives.reasons import Reason
from initiatives.timeline import steps_for_staff
from initiatives.typed_names import units_to_move_to

NOT_TO_REJECT = {Status.REJECTED, Status.WITHDRAWN}
WAITING = {"status": Status.SENT.value}


def list_filter(request, values):
    return ListFilter(values, unions=Union.objects.visible_to(request.user))


@require_safe
def initiatives(request):
    """The initiatives of this person's unions and below; search, filters and order in the address."""
    form, visible = list_filter(request, request.GET), Initiative.objects.visible_to(request.user)
    sought = form.sought(visible.with_likeness().select_related("unit", "top"))
    page = page_of(sought, request.GET, order=form.ordering, among=visible)
    for initiative in page.rows:
        initiative.gaps = gaps_of(initiative) if initiative.is_standing else []
    context = {
        "form": form,
        "page": page,
        "query": form.query_string(),
        "here": address_of(form, request.GET),
        "units_meant": form.units_meant[:UNITS_TO_NAME] if form.cleaned_data.get("unit") and not form.union else [],
        "may_screen": bool(request.user.unions_as("STAFF")),
        "all_chosen": "chon" in request.GET,
    }
    return render(request, "initiatives/list.html", context)


def address_of(form, values):
    """Return filters and place of a page of the list as the query of its address."""
    places = [f"{name}={key}" for name in ("truoc", "sau") if (key := key_in(values.get(name)))]
    return "&".join(filter(None, [form.query_string(), *places[:1]]))


def visible(request, code):
    """Return the initiative with this code that this person may see, or answer 404."""
    found = Initiative.objects.visible_to(request.user).select_related("campaign", "top", "branch", "unit")
    return get_object_or_404(found, code=read(code) or "")


@require_safe
def initiative(request, code):
    found = visible(request, code)
    return initiative_page(request, found)


def initiative_page(request, initiative, *, deed="", reason="", mistake="", status=200):
    """Show an initiative; `reason` is what was typed for a deed that was refused, `mistake` what is wrong with it."""
    form = list_of(request, initiative)
    may_screen = Initiative.objects.screenable_by(request.user).filter(pk=initiative.pk).exists()
    before, behind = neighbours(initiative, form, request.user)
    context = {
        "initiative": initiative,
        "gaps": gaps_of(initiative) if initiative.is_standing else [],
        "alike": pairs_about(initiative)[:1],
        "steps": steps_for_staff(initiative),
        "may_screen": may_screen,
        "units": units_to_move_to(initiative, request.user),
        "previous": before,
        "next": behind,
        "list_query": form.query_string(),
        "list_waits": form.cleaned_data.get("status") == Status.SENT,
        "reasons": Reason.choices,
        "picked": request.POST.get("picked", ""),
        "deed": deed,
        "reason": reason,
        "mistake": mistake,
        # Where there is no box for it any more, what was typed stands on the page for copying.
        "typed": [("reason", reason)] if reason and initiative.status in NOT_TO_REJECT else [],
    }
    return render(request, "initiatives/one.html", context, status=status)


def list_of(request, initiative):
    """Return the filter of the list that this person came from; else those that wait, if this one does."""
    form = list_filter(request, QueryDict(request.POST.get("list", "")) if request.POST else request.GET)
    if form.query_string() or initiative.status != Status.SENT:
        return form
    return list_filter(request, WAITING)


def neighbours(initiative, form, user):
    """Return the initiatives before and behind this one in a list; behind the last that waits comes the first."""
    sought, order = form.sought(Initiative.objects.visible_to(user)), form.ordering
    before, _ = sought.first(order, 1, behind=initiative, backwards=True)
    behind, _ = sought.first(order, 1, behind=initiative)
    if not behind and form.cleaned_data.get("status") == Status.SENT:
        behind = [row for row in sought.first(order, 2)[0] if row != initiative]
    return next(iter(before), None), next(iter(behind), None)
