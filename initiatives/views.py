"""Landing page and privacy page of a campaign. `public` marks a view as open to everyone."""

from datetime import datetime
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from accounts.abbreviations import search_words
from accounts.models import Union
from config.memory import remembered
from config.prepared import Prepared
from config.ready_pages import ready_page
from initiatives.limits import REMOVAL_HOURS
from initiatives.models import Campaign, Field
from initiatives.posters import address_of
from initiatives.statistics import figures_of
from initiatives.workplaces import units_below

CAMPAIGN_SECONDS = 1
campaign_called = Prepared(lambda slug: Campaign.objects.called(slug))


def public(view):
    """Mark a view as open to everyone, and give it the Campaign that its address names, a second old at most.

    What is sent is refused by `campaign_now` only.
    """

    @login_not_required
    @wraps(view)
    def with_campaign(request, campaign_slug, **kwargs):
        return view(request, campaign_shown(campaign_slug), **kwargs)

    return with_campaign


def campaign_now(slug):
    if campaign := campaign_called.first(slug):
        return campaign
    raise Http404("Không có chương trình này.")


def campaign_shown(slug):
    return remembered(("campaign", slug), lambda: campaign_now(slug), CAMPAIGN_SECONDS)


def facts_of(campaign):
    """Return all that is written of a campaign: a page that is kept ready is rendered anew when any of it changes."""
    return tuple(getattr(campaign, field.attname) for field in campaign._meta.concrete_fields)


@login_not_required
@require_safe
def home(request):
    campaign = Campaign.objects.running().first() or get_object_or_404(Campaign.objects.order_by("-opens_at")[:1])
    return redirect(campaign)


@public
@require_safe
def landing(request, campaign):
    moment = request.arrived_at
    state = {"is_open": campaign.takes_at(moment), "has_opened": campaign.has_opened(moment)}

    def context(own):
        figures = figures_of(campaign)
        return {
            "campaign": campaign,
            "figures": figures,
            "counted_at": datetime.fromisoformat(figures["counted_at"]),
            "fields": Field.labels,
            "campaign_address": address_of(request, campaign),
            **state,
        }

    own = {"now": localtime(moment).isoformat(), "left": spoken_left(campaign.closes_at - moment)}
    about = (facts_of(campaign), *state.values())
    return ready_page(request, "initiatives/landing.html", context, about=about, own=own)


def spoken_left(left):
    """Return a stretch of time in words: days and hours, on the last day hours and minutes."""
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    return f"{left.days} ngày {hours} giờ" if left.days else f"{hours} giờ {minutes} phút"


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
    context = {"campaign": campaign, "hours": REMOVAL_HOURS}
    return ready_page(request, "initiatives/privacy.html", lambda own: context, about=facts_of(campaign))
