"""The form that a worker sends: without an account, nothing lost, one record a form."""

import uuid
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import CharField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config import clock
from config.arrival import client_address
from config.ready_pages import ready_page
from config.rush import is_on
from initiatives import watched
from initiatives.flooding import refuse_flood
from initiatives.forms import InitiativeForm, blank_values
from initiatives.judged_form import JudgedForm
from initiatives.keeping import is_known, receive
from initiatives.old_font_offers import with_choice
from initiatives.views import campaign_now, facts_of, public
from initiatives.workplaces import union_of

FORM = "initiatives/form.html"
REFUSED = 422
CLOSED = 403
TOO_MANY = 429
# How old the lists of unions on a form may be; a change of the campaign shows at once.
BLANK_SECONDS = 20
# What is no unit's code: the page is rendered with no unit picked.
PICKED_BELOW = "-"
# What the form's script asks for, to be fetched together with it.
SCRIPTS = [
    f"js/{name}.js"
    for name in ["counter", "draft", "old-font-offer", "old-fonts", "picker", "sending", "text", "initiative-form"]
]
# What people type into the form, for a device that still keeps a draft when it is closed.
TEXT_LABELS = [
    (name, field.label) for name, field in InitiativeForm.base_fields.items() if isinstance(field, CharField)
]
TYPED = '<h2>{}</h2>\n<p class="kept-text">{}</p>'
CLOSED_CODES = {"closed", "not_open_yet"}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_form(request, campaign):
    if request.method == "POST":
        # The campaign of a second ago takes what it can; only the one of now sends anybody away.
        return taken(request, campaign) or take(request, campaign_now(campaign.slug))
    if not campaign.takes_at(request.arrived_at):
        return closed_page(request, campaign)
    return blank_page(request, campaign)


def taken(request, campaign):
    """Answer with the receipt of a form that is right by this campaign, or return None."""
    form = JudgedForm(with_choice(request.POST), campaign=campaign)
    if "pick_top" not in request.POST and campaign.takes_at(request.arrived_at) and form.is_valid():
        with suppress(ValidationError, IntegrityError):
            return go_to(request, received(request, campaign, form))
    return None


def received(request, campaign, form):
    """Take a form that is right; sent again it leads to its receipt, however often. Raises what `receive` raises."""
    number, answers = form.cleaned_data["submission_id"], form.answers()
    try:
        refuse_flood(campaign, answers, address=client_address(request))
    except ValidationError:
        if not is_known(str(number)):
            raise
    sent = {"arrived_at": request.arrived_at, "in_rush": is_on(request)}
    path = receive(campaign, number, answers, **sent)
    (watched.KEPT if is_on(request) else watched.TAKEN).inc()
    return path


def take(request, campaign):
    """Answer a form that was sent: the receipt, or the form again with what is wrong and all that was typed."""
    is_late = not campaign.takes_at(request.arrived_at)
    if is_late and is_on(request) and not is_known(request.POST.get("submission_id", "")):
        return closed_page(request, campaign, JudgedForm(request.POST, campaign=campaign))
    form = InitiativeForm(with_choice(request.POST), campaign=campaign)
    if "pick_top" in request.POST and not is_late:
        # Without JavaScript: the province was picked, its units are wanted; nothing is judged yet.
        return form_page(request, campaign, as_typed(form))
    try:
        if form.is_valid():
            return go_to(request, received(request, campaign, form))
    except ValidationError as refusal:
        return refused(request, campaign, form, refusal)
    if is_late:
        return closed_page(request, campaign, form)
    watched.count_refusals(form)
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
    watched.count_refusals(form)
    if refusal.code == "already_sent":
        form = with_new_submission_id(form)
    if refusal.code == "too_many":
        return too_many(request, campaign, form, refusal)
    return form_page(request, campaign, form, status=REFUSED)


def too_many(request, campaign, form, refusal):
    response = form_page(request, campaign, form, status=TOO_MANY)
    response["Retry-After"] = str(refusal.params["minutes"] * 60)
    return response


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


def blank_page(request, campaign):
    """Answer with the form that nobody has typed into, kept ready; a union's own link picks the workplace (`?don-vi=`).

    One page is kept for each province or sector: rendering it for each of 13,000 unions would cost what it spares.
    """
    union = union_of(request.GET.get("don-vi"))
    top = union.top if union else None
    has_unit, is_wrong_link = union != top, "don-vi" in request.GET and union is None

    def context(own):
        values = blank_values(top) | {"submission_id": own["submission_id"]}
        if has_unit:
            values["unit"] = PICKED_BELOW
        form = InitiativeForm(initial=values, campaign=campaign)
        return {"campaign": campaign, "form": form, "scripts": SCRIPTS, "is_open": True, "is_wrong_link": is_wrong_link}

    own = {"submission_id": uuid.uuid4} | ({"union": str(union)} if union else {})
    about = (facts_of(campaign), top and top.code, has_unit, is_wrong_link)
    page = ready_page(request, FORM, context, about=about, own=own, seconds=BLANK_SECONDS)
    if has_unit:
        option = f'<option value="{union.code}"'.encode()
        return HttpResponse(page.content.replace(option, option + b" selected", 1))
    return page


def form_page(request, campaign, form, *, status=200, **more):
    point_at_first_error(form)
    is_open = campaign.takes_at(clock.now())
    context = {"campaign": campaign, "form": form, "scripts": SCRIPTS, "is_open": is_open, **more}
    return render(request, FORM, context, status=status)


def point_at_first_error(form):
    """Put the cursor into the first field that is refused, also without JavaScript."""
    first = next((name for name in form.fields if name in form.errors and name != "submission_id"), None)
    if first:
        form.fields[first].widget.attrs["autofocus"] = True


def closed_page(request, campaign, form=None):
    """Say that nothing is taken now; what was typed stands there for copying (R1)."""
    if form:
        watched.LATE.inc()
    typed = form.typed(picks=not is_on(request)) if form else []
    has_opened = campaign.has_opened(request.arrived_at)
    own = {"typed": format_html_join("\n", TYPED, typed)} if typed else {}
    context = {"campaign": campaign, "names": TEXT_LABELS, "has_opened": has_opened, "is_sent": bool(typed)}
    about = (facts_of(campaign), has_opened, bool(typed))
    page = ready_page(request, "initiatives/closed.html", lambda own: context, about=about, own=own)
    page.status_code = CLOSED if form else 200
    return page
