"""The public pages of results: nothing before publication, then what was decided (R17), and no more of anybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.certificates import decision_behind, names_on, word_of
from awards.models import Certificate, Publication
from awards.results import SHOWN, Wanted, decisions_of, found_in, honours_of
from config.ready_pages import ready_page
from initiatives import codes
from initiatives.models import Campaign, Field
from initiatives.views import campaign_shown, facts_of


@login_not_required
@require_safe
def results(request, campaign_slug):
    """All decisions of a campaign: in full while they are few, else by federation; or what a search finds in them."""
    campaign, wanted = campaign_shown(campaign_slug), Wanted.of(request.GET)

    def context(own):
        decisions = decisions_of(Publication.objects.of(campaign))
        found = found_in(decisions, wanted)
        count = sum(len(entries) for _, entries in found)
        return {
            "campaign": campaign,
            "wanted": wanted,
            "fields": Field.choices,
            "decisions": decisions,
            "honours": honours_of(campaign),
            "count": count,
            "found": found if count <= SHOWN else first(found, SHOWN) if wanted else [],
            "is_cut": count > SHOWN,
            "shown": SHOWN,
        }

    return ready_page(request, "awards/results.html", context, about=(facts_of(campaign), wanted))


@login_not_required
@require_safe
def results_of_plan(request, campaign_slug, top_code):
    """The decision of one federation, in full: to read, to search, to print."""
    campaign = get_object_or_404(Campaign, slug=campaign_slug)
    publication = get_object_or_404(Publication.objects.of(campaign), plan__union__code=top_code)
    wanted = Wanted.of(request.GET)
    [decision] = decisions_of([publication])
    context = {
        "campaign": campaign,
        "wanted": wanted,
        "fields": Field.choices,
        "decision": decision,
        "entries": [entry for entry in decision.entries if wanted.fits(entry)],
    }
    return render(request, "awards/results_of_plan.html", context)


def first(found, limit):
    """Return [(Decision, entries)] cut to so many entries in all."""
    kept = []
    for decision, entries in found:
        if limit > 0:
            kept.append((decision, entries[:limit]))
            limit -= len(entries)
    return kept


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
        "decision": decision_behind(award),
    }
    return render(request, "awards/confirmation.html", context)
