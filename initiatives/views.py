"""Public pages of a campaign: landing, guide, statistics, poster. `public` marks a view as open to everyone."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Union
from initiatives import qr
from initiatives.limits import REMOVAL_HOURS
from initiatives.models import Campaign, Field
from initiatives.statistics import figures_of
from initiatives.workplaces import union_of


def public(view):
    """Mark a view as open to everyone, and give it the Campaign that its address names."""

    @login_not_required
    @wraps(view)
    def with_campaign(request, campaign_slug, **kwargs):
        return view(request, get_object_or_404(Campaign, slug=campaign_slug), **kwargs)

    return with_campaign


@login_not_required
@require_safe
def home(request):
    campaign = Campaign.objects.running().first() or get_object_or_404(Campaign.objects.order_by("-opens_at")[:1])
    return redirect(campaign)


@public
@require_safe
def landing(request, campaign):
    context = {
        "campaign": campaign,
        "figures": figures_of(campaign),
        "fields": Field.labels,
        **time_left(campaign, request.arrived_at),
    }
    return render(request, "initiatives/landing.html", context)


def time_left(campaign, moment):
    """Return what a page says about opening and closing time."""
    left = campaign.closes_at - moment
    return {
        "is_open": campaign.takes_at(moment),
        "has_opened": campaign.has_opened(moment),
        "now": moment,
        "days_left": left.days,
        "hours_left": left.seconds // 3600,
        "minutes_left": left.seconds % 3600 // 60,
    }


@public
@require_safe
def units_of(request, campaign, top_code):
    """The units of a top union as [[code, name], …], for the second picker."""
    top = get_object_or_404(Union.objects.tops(), code=top_code)
    units = Union.objects.below(top).filter(is_active=True).values_list("code", "name")
    response = JsonResponse([list(unit) for unit in units], safe=False)
    response["Cache-Control"] = "public, max-age=600"
    return response


@public
@require_safe
def guide(request, campaign):
    address = request.build_absolute_uri(campaign.get_absolute_url())
    return render(request, "initiatives/guide.html", {"campaign": campaign, "address": address})


@public
@require_safe
def privacy(request, campaign):
    return render(request, "initiatives/privacy.html", {"campaign": campaign, "hours": REMOVAL_HOURS})


@public
@require_safe
def statistics(request, campaign):
    context = {"campaign": campaign, "figures": figures_of(campaign)}
    return render(request, "initiatives/statistics.html", context)


@public
@require_safe
def statistics_json(request, campaign):
    return JsonResponse(figures_of(campaign), json_dumps_params={"ensure_ascii": False})


def form_address(request, campaign):
    """Return (address that a QR code leads to, union it belongs to or None)."""
    code = request.GET.get("don-vi")
    union = union_of(code)
    if code and union is None:
        raise Http404("Không có đơn vị này.")
    path = f"{campaign.get_absolute_url()}gui-sang-kien/?don-vi={union.code}" if union else campaign.get_absolute_url()
    return request.build_absolute_uri(path), union


@public
@require_safe
def poster(request, campaign):
    address, union = form_address(request, campaign)
    context = {"campaign": campaign, "address": address, "union": union, "qr": qr.inline_svg(address)}
    return render(request, "initiatives/poster.html", context)


@public
@require_safe
def poster_svg(request, campaign):
    return HttpResponse(qr.svg(form_address(request, campaign)[0]), content_type="image/svg+xml")


@public
@require_safe
def poster_png(request, campaign):
    return HttpResponse(qr.png(form_address(request, campaign)[0]), content_type="image/png")
