"""The statistics of a campaign: page, data, pictures. A top union's page with its target is in `dossiers`."""

from datetime import date, datetime

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.models import Level, Union
from config.ready_pages import ready_data, ready_page
from config.text import clean_line
from initiatives import captions, pictures
from initiatives.league import found, placed
from initiatives.limits import TITLE_LIMIT
from initiatives.statistics import every_day, figures_of, figures_of_top, seconds_left
from initiatives.views import facts_of, public

# pygal styles a picture by a style sheet inside it. Nothing that anybody typed stands in one, and no script runs there.
PICTURE_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


@public
@require_safe
def statistics(request, campaign):
    query = clean_line(request.GET.get("q", ""))[:TITLE_LIMIT]

    def context(own):
        figures = figures_of(campaign)
        page = shown(figures, campaign, pictures.OF_CAMPAIGN, reverse("statistics", args=[campaign.slug]))
        return page | {"query": query, "rows": found(placed(figures["by_top"]), query)}

    return ready_page(request, "initiatives/statistics.html", context, about=(facts_of(campaign), query))


def shown(figures, campaign, of, address):
    """Return what a page of statistics needs: the figures, their days without gaps, their pictures at an address."""
    peak = figures["peak"]
    return {
        "campaign": campaign,
        "figures": figures,
        "counted_at": datetime.fromisoformat(figures["counted_at"]),
        "reached": captions.share(figures["total"], figures["target"]),
        "days": every_day(figures, campaign),
        "peak": peak and {end: date.fromisoformat(peak[end]) for end in ("first", "last")},
        "pictures": {
            name: {
                "address": f"{address}{picture.slug}.svg",
                "width": picture.width,
                "height": picture.height,
                "text": picture.describe(figures),
            }
            for name, picture in of.items()
        },
    }


@public
@require_safe
def statistics_json(request, campaign):
    key = ("figures", campaign.pk)
    return ready_data(key, lambda: as_data(figures_of(campaign)).content, content_type="application/json")


def as_data(figures):
    return JsonResponse(figures, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
@gzip_page
@csp_replace(PICTURE_POLICY)
def statistics_picture(request, campaign, picture_slug):
    return as_picture(pictures.named(pictures.OF_CAMPAIGN, picture_slug), figures_of, campaign)


@public
@require_safe
@gzip_page
@csp_replace(PICTURE_POLICY)
def top_picture(request, campaign, top_code, picture_slug):
    top = top_of(top_code)
    return as_picture(pictures.named(pictures.OF_TOP, picture_slug), figures_of_top, campaign, top)


def as_picture(picture, count, *of):
    if picture is None:
        raise Http404("Không có hình này.")
    figures = count(*of)
    response = HttpResponse(pictures.drawn(picture, figures, of[0]), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={seconds_left(figures)}"
    return response


def top_of(code):
    """Return the top union with this code, active or not: its initiatives count either way. 404 without one."""
    return get_object_or_404(Union, level=Level.TOP, code=code)
