"""The desk of union staff, and the page of a dossier; entry_views.py and filing_views.py hold what is done on it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Union
from config.paging import key_in
from dossiers.checklist import doubts, entries_of, missing
from dossiers.forms import LetterForm, LetterUpload, point_at_mistake
from dossiers.letterhead import profile_of
from dossiers.marks import mark_of
from dossiers.models import Dossier, Plan, Remark, State
from dossiers.quota import open_dossier, refuse_unless_open
from dossiers.summary_table import table_content
from dossiers.watching import last_change, newer_texts
from initiatives.desk_figures import figures_of_union
from initiatives.models import Campaign, Initiative
from initiatives.statistics import figures_of
from initiatives.typed_names import tops_that_map

SHOWN_AT_MOST = 99
SERVED = "union_served"


@dataclass(frozen=True)
class Work:
    """What waits for a person in one of their unions."""

    union: Union
    waiting: str
    target: int
    sent: int
    plan: Plan | None
    dossier: Dossier | None
    quota: int
    deadline: object
    is_late: bool
    days_left: int | None
    has_below: bool
    figures: dict | None


@require_safe
def desk(request):
    unions = request.user.unions_as("STAFF")
    served = union_served(request, unions)
    campaign = Campaign.objects.running().first()
    context = {
        "unions": unions if len(unions) > 1 else [],
        "work": work_of(served, campaign, request) if served else None,
        "to_map": [(top, bounded(Initiative.objects.without_unit(top))) for top in tops_that_map(request.user)],
        "campaign": campaign,
    }
    return render(request, "dossiers/desk.html", context)


def union_served(request, unions):
    """Return for which of their unions this person works now: the one just picked, else the one picked last."""
    picked = request.GET.get("don-vi")
    asked = picked or request.session.get(SERVED)
    served = next((union for union in unions if union.code == asked), None)
    if served and picked:
        request.session[SERVED] = served.code
    return served or (unions[0] if unions else None)


def work_of(union, campaign, request):
    top = union.top
    plan = Plan.objects.filter(union=top, campaign__is_running=True).select_related("campaign", "union").first()
    is_branch = union.branch == union
    deadline = plan.deadline_of(union) if plan and is_branch else None
    return Work(
        union=union,
        waiting=bounded(Initiative.objects.waiting().under(union)),
        target=plan.target if plan else 0,
        sent=sent_under(top, plan.campaign) if plan else 0,
        plan=plan if is_branch else None,
        dossier=Dossier.objects.filter(plan=plan, union=union).first() if plan and is_branch else None,
        quota=plan.quota_of(union) if plan and is_branch else 0,
        deadline=deadline,
        is_late=bool(deadline) and request.arrived_at >= deadline,
        days_left=(deadline - request.arrived_at).days if deadline else None,
        figures=figures_of_union(union, campaign) if campaign else None,
        has_below=union.children.filter(is_active=True).exists(),
    )


def sent_under(top, campaign):
    """Return how many initiatives of a top union count towards its plan's target (R18), at most a minute old."""
    return next((row["count"] for row in figures_of(campaign)["by_top"] if row["code"] == top.code), 0)


def bounded(rows):
    """Return the number of rows as text, "99+" when there are more: no count of a whole table on a page."""
    found = len(rows.order_by()[: SHOWN_AT_MOST + 1].values_list("pk"))
    return f"{SHOWN_AT_MOST}+" if found > SHOWN_AT_MOST else str(found)


@require_POST
def start_dossier(request, plan_pk, union_code):
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=plan_pk)
    mine = [union.pk for union in request.user.unions_as("STAFF")]
    union = get_object_or_404(Union.objects.filter(pk__in=mine), code=union_code)
    try:
        return redirect(open_dossier(plan, union, by=request.user))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("desk")


def editable(request, pk):
    """Return the dossier that this person prepares, or answer 404."""
    found = Dossier.objects.editable_by(request.user).select_related("plan__campaign", "plan__union", "union__parent")
    return get_object_or_404(found, pk=pk)


def closed(request, dossier):
    """Return the way back to a dossier that may not be changed, saying why; None while it is open."""
    try:
        refuse_unless_open(dossier)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(dossier)


def back_at(dossier, place):
    """Return to the place on a dossier's page where something was just done (the id of an element)."""
    return redirect(f"{dossier.get_absolute_url()}#{place}")


def remarks_on(dossier):
    """Return what the board asks to be mended, as long as the dossier is with its union for that."""
    if dossier.state != State.RETURNED:
        return Remark.objects.none()
    return Remark.objects.filter(filing=dossier.last_filing).select_related("entry").order_by("pk")


@require_safe
def changes(request, pk):
    """Whether somebody changed the dossier since the version that a page shows, who and when: asked by that page."""
    dossier = editable(request, pk)
    changed = last_change(dossier) if dossier.version != key_in(request.GET.get("v")) else None
    said = f"{changed.by} vừa sửa hồ sơ lúc {localtime(changed.at):%H:%M}." if changed else ""
    return JsonResponse({"said": said})


@require_safe
def dossier(request, pk):
    return dossier_page(request, editable(request, pk))


def new_letter_form(dossier):
    """Return the form of the letter's details, with the signer that the union's papers have if none is named yet."""
    signer = dossier.signer or profile_of(dossier.union).signer
    return LetterForm(instance=dossier, initial={"signer": signer})


def dossier_page(request, dossier, *, letter_form=None, upload_form=None, version=None, status=200):
    """Show a dossier, with the form that was refused where one was, and the version that its page had."""
    entries = entries_of(dossier)
    quota = dossier.plan.quota_of(dossier.union)
    deadline = dossier.plan.deadline_of(dossier.union)
    letters = list(dossier.letters.select_related("uploaded_by").prefetch_related("files").order_by("-pk"))
    filings = list(dossier.filings.select_related("filed_by", "taking_back").order_by("-number"))
    remarks = list(remarks_on(dossier))
    for entry in entries:
        entry.said = [remark.text for remark in remarks if remark.entry_id == entry.pk]
    is_stale = bool(letter_form) and "stale" in {
        error.code for error in letter_form.errors.as_data().get("__all__", ())
    }
    context = {
        "newer": newer_texts(letter_form, Dossier.objects.get(pk=dossier.pk)) if is_stale else [],
        "changed": last_change(dossier) if is_stale else None,
        "dossier": dossier,
        "asked": remarks,
        "said_of_letter": [remark.text for remark in remarks if remark.entry_id is None],
        "version": dossier.version if version is None else version,
        "entries": entries,
        "quota": quota,
        "places_left": max(0, quota - len(entries)),
        "deadline": deadline,
        "is_late": request.arrived_at >= deadline,
        "days_left": (deadline - request.arrived_at).days,
        "lacks": missing(dossier) if dossier.is_open else [],
        "doubts": doubts(entries, letters[0] if letters else None) if dossier.is_open else [],
        "letters": letters,
        "filings": filings,
        "letter_form": point_at_mistake(letter_form or new_letter_form(dossier)),
        "mark": mark_of(table_content(entries)),
        "upload_form": point_at_mistake(upload_form or LetterUpload(has_letter=bool(letters))),
    }
    return render(request, "dossiers/dossier.html", context, status=status)
