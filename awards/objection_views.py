"""The public form for an objection, and the page by which its sender follows it."""

import uuid
from functools import wraps

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Objection
from awards.objecting import ANSWERS, object_to
from awards.objection_forms import ObjectionForm
from awards.shortlist_rows import is_decided, listed_entry
from awards.shortlist_views import time_left
from config.arrival import client_address
from dossiers.models import Plan
from initiatives.follow_views import TOO_MANY
from initiatives.sending_views import CLOSED, REFUSED, point_at_first_error, with_new_submission_id, with_submission_id
from initiatives.views import public

OF_FILES = {"empty", "too_large", "wrong_type", "broken", "encrypted", "unsafe", "too_many_pages", "too_many_files"}
STATUSES = {"too_many": TOO_MANY, "decided": CLOSED}


def unlisted(view):
    """Keep a page out of caches and search; what is typed or followed here is nobody else's."""

    @public
    @never_cache
    @wraps(view)
    def with_headers(request, campaign, **kwargs):
        response = view(request, campaign, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return with_headers


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request, campaign, top_code, entry_pk):
    plans = Plan.objects.select_related("union", "publication", "campaign")
    plan = get_object_or_404(plans, campaign=campaign, union__code=top_code)
    shortlist, entry = listed_entry(plan, entry_pk)
    if entry is None:
        raise Http404("Sáng kiến này không có trong danh sách.")
    if request.method != "POST":
        if is_decided(plan):
            return redirect(shortlist)
        return form_page(request, plan, shortlist, entry, ObjectionForm(initial={"submission_id": uuid.uuid4()}))
    return take(request, plan, shortlist, entry)


def take(request, plan, shortlist, entry):
    """Answer a form that was sent: the receipt, or the form again with what is wrong and all that was typed."""
    form = ObjectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_page(request, plan, shortlist, entry, with_submission_id(form), status=REFUSED)
    values = form.cleaned_data
    answers = {name: values[name] for name in ANSWERS}
    came = {"address": client_address(request), "arrived_at": request.arrived_at}
    try:
        return redirect(
            object_to(entry, shortlist, values["submission_id"], answers, values["files"], **came).private_path
        )
    except ValidationError as refusal:
        form.add_error("files" if refusal.code in OF_FILES else None, refusal)
        if refusal.code == "already_sent":
            form = with_new_submission_id(form)
        return form_page(request, plan, shortlist, entry, form, status=STATUSES.get(refusal.code, REFUSED))


def form_page(request, plan, shortlist, entry, form, *, status=200):
    point_at_first_error(form)
    frozen = next((row for row in shortlist.entries if row["entry"] == entry.pk), None)
    context = {
        "campaign": plan.campaign,
        "plan": plan,
        "shortlist": shortlist,
        "title": frozen["title"] if frozen else entry.title,
        "union": entry.dossier.union,
        "form": form,
        "had_files": bool(request.FILES),
        **time_left(shortlist),
    }
    return render(request, "awards/objection.html", context, status=status)


@unlisted
@require_safe
def objection_receipt(request, campaign, secret):
    found = Objection.objects.filter(shortlist__plan__campaign=campaign)
    related = ["complaint__initiative", "shortlist__plan__union", "shortlist__plan__campaign"]
    objection = get_object_or_404(found.select_related(*related), secret=secret)
    context = {
        "campaign": campaign,
        "objection": objection,
        "complaint": objection.complaint,
        "files": objection.complaint.files.count(),
        "address": request.build_absolute_uri(objection.private_path),
    }
    return render(request, "awards/objection_receipt.html", context)
