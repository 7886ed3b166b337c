"""The form that a worker sends: without an account, nothing lost, one record a form."""

import uuid

from django.core.exceptions import ValidationError
from django.forms import CharField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config import clock
from initiatives.forms import InitiativeForm, blank_values
from initiatives.old_font_offers import with_choice
from initiatives.sending import send
from initiatives.views import public, time_left
from initiatives.workplaces import union_of

REFUSED = 422
CLOSED = 403
# What the form's script asks for, to be fetched together with it.
SCRIPTS = [
    f"js/{name}.js"
    for name in ["counter", "draft", "old-font-offer", "old-fonts", "picker", "sending", "text", "initiative-form"]
]
# What people type into the form, for a device that still keeps a draft when it is closed.
TEXT_LABELS = [
    (name, field.label) for name, field in InitiativeForm.base_fields.items() if isinstance(field, CharField)
]
CLOSED_CODES = {"closed", "not_open_yet"}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_form(request, campaign):
    if request.method == "POST":
        return take(request, campaign)
    if not campaign.takes_at(request.arrived_at):
        return closed_page(request, campaign)
    union = union_of(request.GET.get("don-vi"))
    form = InitiativeForm(initial=blank_values(union), campaign=campaign)
    return form_page(request, campaign, form, union=union, is_wrong_link="don-vi" in request.GET and union is None)


def take(request, campaign):
    """Answer a form that was sent: the receipt, or the form again with what is wrong and all that was typed."""
    form = InitiativeForm(with_choice(request.POST), campaign=campaign)
    if "pick_top" in request.POST and campaign.takes_at(request.arrived_at):
        # Without JavaScript: the province was picked, its units are wanted; nothing is judged yet.
        return form_page(request, campaign, as_typed(form))
    try:
        if form.is_valid():
            stored = send(campaign, form.cleaned_data["submission_id"], form.answers(), arrived_at=request.arrived_at)
            return go_to(request, stored.private_path)
    except ValidationError as refusal:
        return refused(request, campaign, form, refusal)
    if not campaign.takes_at(request.arrived_at):
        return closed_page(request, campaign, form)
    return form_page(request, campaign, with_submission_id(form), status=REFUSED)


def go_to(request, path):
    """Lead to a page of our own; a script is told where, so that it does not fetch the page that the browser will."""
    if request.headers.get("X-Sent-By") == "script":
        return HttpResponse(status=204, headers={"X-Go-To": path})
    return redirect(path)


def refused(request, campaign, form, refusal):
    if refusal.code in CLOSED_CODES:
        return closed_page(request, campaign, form)
    form.add_error(None, refusal)
    if refusal.code == "already_sent":
        form = with_new_submission_id(form)
    return form_page(request, campaign, form, status=REFUSED)


def as_typed(form):
    """Return a form that shows what was typed and judges nothing."""
    typed = {name: form.data.get(name) for name in form.fields}
    return with_submission_id(InitiativeForm(initial=typed, campaign=form.campaign))


def with_submission_id(form):
    """Give a form whose hidden number is missing or broken a new one."""
    try:
        uuid.UUID(str(form["submission_id"].value()))
    except ValueError:
        return with_new_submission_id(form)
    return form


def with_new_submission_id(form):
    if form.is_bound:
        form.data = form.data.copy()
        form.data["submission_id"] = str(uuid.uuid4())
    else:
        form.initial["submission_id"] = uuid.uuid4()
    return form


def form_page(request, campaign, form, *, status=200, **more):
    point_at_first_error(form)
    context = {"campaign": campaign, "form": form, "scripts": SCRIPTS, **time_left(campaign, clock.now()), **more}
    return render(request, "initiatives/form.html", context, status=status)


def point_at_first_error(form):
    """Put the cursor into the first field that is refused, also without JavaScript."""
    first = next((name for name in form.fields if name in form.errors and name != "submission_id"), None)
    if first:
        form.fields[first].widget.attrs["autofocus"] = True


def closed_page(request, campaign, form=None):
    """Say that nothing is taken now; what was typed stands there for copying (R1)."""
    context = {
        "campaign": campaign,
        "typed": form.typed() if form else [],
        "names": TEXT_LABELS,
        "has_opened": campaign.has_opened(request.arrived_at),
    }
    return render(request, "initiatives/closed.html", context, status=CLOSED if form else 200)
