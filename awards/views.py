"""The public pages of results: nothing before publication, then what was decided (R17), and no more of anybody."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.certificates import names_on, word_of
from awards.models import Certificate, Publication
from awards.publishing import chosen_entries
from initiatives import codes
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


@login_not_required
@require_safe
@never_cache
def confirmation(request, campaign_slug, code):
    """What the code on a certificate leads to: whether it is what this site published, as it stands now."""
    campaign = get_object_or_404(Campaign, slug=campaign_slug)
    certificates = Certificate.objects.published().filter(award__plan__campaign=campaign)
    certificates = certificates.select_related(
        "award__entry__initiative", "award__entry__dossier__union", "award__plan__publication", "award__plan__union"
    )
    certificate = get_object_or_404(certificates, code=codes.read(code) or "")
    award = certificate.award
    context = {
        "campaign": campaign,
        "certificate": certificate,
        "award": award,
        "entry": award.entry,
        "names": names_on(award.entry),
        "word": word_of(award.plan),
        "publication": award.plan.publication,
    }
    return render(request, "awards/confirmation.html", context)
