"""What its author sees of an initiative: receipt, correcting, withdrawing."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config import qr
from config.paging import version_in
from config.prepared import Prepared
from config.text import clean
from initiatives.changing import correct, withdraw
from initiatives.forms import InitiativeForm, shown_value, values_of
from initiatives.models import Initiative, Status
from initiatives.old_font_offers import with_choice
from initiatives.poster_views import file
from initiatives.receipt_page import is_decided, receipt_page
from initiatives.receipts import receipt_pdf
from initiatives.removals import RemovalRequest, digest_of_link
from initiatives.sending import ANSWERS
from initiatives.sending_views import CLOSED_CODES, REFUSED, as_typed, closed_page, form_page, go_to
from initiatives.views import campaign_now, public
from initiatives.workplaces import union_shown

GONE = 410
of_secret = Prepared(lambda campaign, secret: Initiative.objects.of_secret(campaign, secret))


def secret(view):
    """Give a public view the Initiative of its secret link; keep its page out of caches, logs of others and search."""

    @public
    @never_cache
    @wraps(view)
    def with_initiative(request, campaign, secret, **kwargs):
        if request.method == "POST":
            campaign = campaign_now(campaign.slug)
        initiative = of_secret.first(campaign.pk, secret)
        if initiative:
            initiative.campaign, initiative.top = campaign, union_shown(initiative.top_id)
        response = view(request, initiative, **kwargs) if initiative else forgotten(request, campaign, secret)
        # Not "no-referrer": browsers then send `Origin: null`, and no form of this page would be taken.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return with_initiative


def forgotten(request, campaign, secret):
    """Answer an unknown link with 404, and one that a removal ended with a page that says only this (R19)."""
    done = RemovalRequest.objects.filter(initiative__campaign=campaign, link_digest=digest_of_link(secret))
    context = {"campaign": campaign, "removal": get_object_or_404(done)}
    return render(request, "initiatives/forgotten.html", context, status=GONE)


@secret
@require_safe
def receipt(request, initiative):
    return receipt_page(request, initiative)


@secret
@require_safe
def receipt_code(request, initiative):
    """The QR code of the private page: drawing it costs more than the page, so it is for those who open it."""
    return file(qr.svg(request.build_absolute_uri(initiative.private_path)), "svg", "ma-qr.svg")


@secret
@require_safe
def receipt_file(request, initiative):
    """The receipt as a PDF; there is none of what was withdrawn."""
    if initiative.status == Status.WITHDRAWN:
        raise Http404("Sáng kiến đã rút.")
    address = request.build_absolute_uri(initiative.private_path)
    content = receipt_pdf(initiative, address, request.arrived_at)
    return file(content, "pdf", f"bien-nhan-{initiative.shown_code}.pdf", attached=True)


def can_change(initiative, moment):
    return initiative.campaign.takes_at(moment) and not is_decided(initiative)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def correct_initiative(request, initiative):
    campaign = initiative.campaign
    if request.method == "POST":
        return take_correction(request, initiative)
    if not can_change(initiative, request.arrived_at):
        return unchangeable(request, initiative)
    form = InitiativeForm(initial=values_of(initiative), campaign=campaign)
    return correction_page(request, initiative, form, version=initiative.version)


def unchangeable(request, initiative):
    """Go back to the private page and say why nothing can be changed there."""
    is_withdrawn = initiative.status == Status.WITHDRAWN
    reason = "Sáng kiến đã rút" if is_withdrawn else "Chương trình đã đóng hoặc đã có quyết định"
    reason += " nên không sửa được."
    messages.warning(request, reason)
    return redirect(initiative.private_path)


def take_correction(request, initiative):
    """Answer a correction that was sent. A page keeps the version it was opened with until its author is told."""
    form, version = InitiativeForm(with_choice(request.POST), campaign=initiative.campaign), version_in(request)
    if not initiative.campaign.takes_at(request.arrived_at):
        return closed_page(request, initiative.campaign, form)
    if "pick_top" in request.POST:
        return correction_page(request, initiative, as_typed(form), version=version)
    if form.is_valid():
        try:
            corrected = correct(initiative, form.answers(), version=version, arrived_at=request.arrived_at)
            is_new = corrected.version != version
            messages.success(request, "Đã lưu thay đổi." if is_new else "Bạn chưa thay đổi gì.")
            return go_to(request, initiative.private_path)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            initiative.refresh_from_db()
            version, stored = initiative.version, differing(initiative, form)
            return correction_page(request, initiative, form, version=version, status=REFUSED, differing=stored)
    return correction_page(request, initiative, form, version=version, status=REFUSED)


def differing(initiative, form):
    """Return (label, stored text) of the fields in which what is stored differs from what was typed."""
    stored = InitiativeForm(initial=values_of(initiative), campaign=initiative.campaign)
    pairs = [(bound, shown_value(stored[bound.name])) for bound in form if bound.name in ANSWERS]
    return [(bound.label, text) for bound, text in pairs if clean(shown_value(bound)) != clean(text)]


def correction_page(request, initiative, form, *, version, status=200, **more):
    return form_page(request, initiative.campaign, form, status=status, initiative=initiative, version=version, **more)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_initiative(request, initiative):
    if request.method == "POST":
        try:
            withdraw(initiative, arrived_at=request.arrived_at)
        except ValidationError as refusal:
            if refusal.code in CLOSED_CODES:
                return closed_page(request, initiative.campaign, InitiativeForm({}, campaign=initiative.campaign))
            return unchangeable(request, initiative)
        return redirect(initiative.private_path)
    if not can_change(initiative, request.arrived_at):
        return unchangeable(request, initiative)
    return render(request, "initiatives/withdraw.html", {"campaign": initiative.campaign, "initiative": initiative})
