"""The statistics of one top union, with the target of its plan."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from dossiers.models import Plan
from initiatives import pictures
from initiatives.statistics import figures_of_top
from initiatives.statistics_views import as_data, shown, top_of
from initiatives.views import public


def figures_with_target(campaign, top):
    return figures_of_top(campaign, top) | {"target": Plan.objects.target_of(campaign, top)}


@public
@require_safe
def top_statistics(request, campaign, top_code):
    top = top_of(top_code)
    address = reverse("top_statistics", args=[campaign.slug, top.code])
    context = shown(figures_with_target(campaign, top), campaign, pictures.OF_TOP, address) | {"top": top}
    return render(request, "dossiers/top_statistics.html", context)


@public
@require_safe
@gzip_page
def top_statistics_json(request, campaign, top_code):
    return as_data(figures_with_target(campaign, top_of(top_code)))
