"""Landing page and privacy page of a campaign. `public` marks a view as open to everyone."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.abbreviations import search_words
from accounts.models import Union
from initiatives.limits import REMOVAL_HOURS
from initiatives.models import Campaign, Field
from initiatives.posters import address_of
from initiatives.statistics import figures_of
from initiatives.workplaces import units_below


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
        "campaign_address": address_of(request, campaign),
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
    """The units of a top union as [[code, name, words to find it by], …], for the second picker."""
    top = get_object_or_404(Union.objects.tops(), code=top_code)
    units = [[unit.code, unit.name, search_words(unit)] for unit in units_below(top)]
    response = JsonResponse(units, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=600"
    return response


@public
@require_safe
def privacy(request, campaign):
    return render(request, "initiatives/privacy.html", {"campaign": campaign, "hours": REMOVAL_HOURS})
