"""What the sender of a kept form sees: that it arrived and is safe, then its receipt. It opens itself again."""

import random
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.rush import is_on
from initiatives.keeping import told_by, write_down
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative

COMES_BACK_IN = (60, 120)


@login_not_required
@never_cache
@require_safe
def arrived(request, campaign_slug, secret):
    told = told_by(secret)
    if told is None:
        raise Http404("Không có phiếu này.")
    submission_id, moment = told
    kept = None
    if not is_on(request):
        if initiative := write_down(submission_id) or stored_as(submission_id):
            return redirect(initiative.private_path)
        kept = KeptForm.objects.filter(submission_id=submission_id).first()
        if kept is None:
            # Somebody else may have been writing it when the first look found nothing.
            if initiative := stored_as(submission_id):
                return redirect(initiative.private_path)
            raise Http404("Không có phiếu này.")
    return waiting_page(datetime.fromtimestamp(moment, UTC), kept.refusal if kept else "")


def stored_as(submission_id):
    """Return the initiative of this number. One whose author was forgotten has no way back to it (R19)."""
    found = Initiative.objects.filter(submission_id=submission_id, anonymised_at=None)
    return found.select_related("campaign").first()


def waiting_page(arrived_at, refusal):
    context = {"arrived_at": localtime(arrived_at), "refusal": refusal}
    response = HttpResponse(render_to_string("initiatives/arrived.html", context))
    response["Refresh"] = str(random.randint(*COMES_BACK_IN))  # noqa: S311 (only spreads the load)
    response["Referrer-Policy"] = "same-origin"
    return response
