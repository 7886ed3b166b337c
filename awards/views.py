"""The public page of results: nothing before publication, then what was decided (R17); nobody's phone or birth year."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.models import Publication
from awards.publishing import chosen_entries
from initiatives.models import Campaign


@login_not_required
@require_safe
def results(request, campaign_slug):
    campaign = get_object_or_404(Campaign, slug=campaign_slug)
    publications = list(Publication.objects.of(campaign))
    entries = defaultdict(list)
    for entry in chosen_entries([publication.plan_id for publication in publications]):
        entries[entry.plan_id].append(entry)
    decisions = [(publication, entries[publication.plan_id]) for publication in publications]
    return render(request, "awards/results.html", {"campaign": campaign, "decisions": decisions})
