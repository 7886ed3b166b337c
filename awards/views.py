"""The public page of results: nothing before publication, then what was decided (R17); nobody's phone or birth year."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from awards.models import Honour, HonourDecision, Publication
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
    context = {"campaign": campaign, "decisions": decisions, "honours": honours_of(campaign)}
    return render(request, "awards/results.html", context)


def honours_of(campaign):
    """Return [(decision, the honours of it that stand, those corrected since)] of the General Confederation."""
    standing, corrected = defaultdict(list), defaultdict(list)
    honours = (
        Honour.objects.of(campaign)
        .exclude(decision=None)
        .select_related("award__entry__dossier__union", "award__plan__union")
    )
    for honour in honours.order_by("award__plan__union__name", "award__entry__title", "pk"):
        (corrected if honour.taken_back_at else standing)[honour.decision_id].append(honour)
    decisions = HonourDecision.objects.of(campaign)
    return [(decision, standing[decision.pk], corrected[decision.pk]) for decision in decisions]
