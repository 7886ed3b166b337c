"""Verify what publishing froze (R17): decisions, and the lists of the chosen, against the record of their plan."""

from awards.models import Award, Honour, Publication, Shortlist
from awards.shortlisting import digest_of
from dossiers.models import Plan
from initiatives.models import Campaign
from record.models import Event

READ_AT_ONCE = 100


def broken_publications(plan=None, *, files=False):
    """Yield (plan, what is wrong); `files` is for other checks, a publication has none."""
    plans = Plan.objects.filter(pk=plan.pk) if plan else Plan.objects.all()
    plans = plans.select_related("union", "publication").order_by("pk")
    chunk = list(plans[:READ_AT_ONCE])
    while chunk:
        yield from broken_among({plan.pk: plan for plan in chunk})
        chunk = list(plans.filter(pk__gt=chunk[-1].pk)[:READ_AT_ONCE])


def broken_among(plans):
    decisions, chosen = on_record(plans)
    standing = {key: set() for key in plans}
    for plan, *choice in Award.objects.standing().filter(plan__in=plans).values_list("plan", "entry", "kind", "place"):
        standing[plan].add(tuple(choice))
    for key, plan in plans.items():
        if decisions.get(key) != decision_of(plan):
            yield plan, "its publication is not the one on the record"
        if standing[key] != chosen[key]:
            entry = min(standing[key] ^ chosen[key])[0]
            yield plan, f"its list of the chosen is not the one on the record (entry {entry})"


def on_record(plans):
    """Return what the plans' chains say: {plan: (number, date)} published, {plan: {(entry, kind, place)}} chosen."""
    decisions, chosen = {}, {key: set() for key in plans}
    events = Event.objects.filter(
        subject_kind="plan", subject_id__in=plans, deed__in=["published", "chosen", "taken_back"]
    )
    for key, deed, before, after in events.order_by("number").values_list("subject_id", "deed", "before", "after"):
        if deed == "published":
            decisions[key] = (after["decision_number"], after["decision_date"])
        elif deed == "chosen":
            chosen[key].add((after["entry"], after["kind"], after["place"]))
        else:
            chosen[key].discard((before["entry"], before["kind"], before["place"]))
    return decisions, chosen


def decision_of(plan):
    try:
        publication = plan.publication
    except Publication.DoesNotExist:
        return None
    return publication.decision_number, publication.decision_date.isoformat()


def broken_honours(plan=None, *, files=False):
    """Yield (campaign, what is wrong) where the honoured that stand are not those that the record says."""
    campaigns = Campaign.objects.filter(honour_decisions__isnull=False).distinct()
    for campaign in campaigns.filter(plans=plan) if plan else campaigns:
        published = Honour.objects.published().of(campaign).values_list("award__entry", flat=True)
        if wrong := set(published) ^ honoured_on_record(campaign):
            yield campaign, f"its list of the honoured is not the one on the record (entry {min(wrong)})"


def honoured_on_record(campaign):
    """Return the entries that the campaign's chain says are honoured: published, and not corrected since."""
    entries = set()
    events = Event.objects.of(campaign).filter(deed__in=["honours_published", "honour_corrected"])
    for deed, before, after in events.values_list("deed", "before", "after"):
        if deed == "honours_published":
            entries.update(after["entries"])
        else:
            entries.discard(before["entry"])
    return entries


def broken_shortlists(plan=None, *, files=False):
    """Yield (list, what is wrong) where a frozen list is not the one that its digest and its plan's record say."""
    lists = Shortlist.objects.filter(plan=plan) if plan else Shortlist.objects.all()
    for shortlist in lists.select_related("plan__union").order_by("pk").iterator(READ_AT_ONCE):
        if digest_of(shortlist.content) != shortlist.sha256:
            yield shortlist, "its content is not what its digest says"
        published = Event.objects.of(shortlist.plan).filter(deed="shortlist_published")
        if shortlist.sha256 not in {after["sha256"] for after in published.values_list("after", flat=True)}:
            yield shortlist, "its digest is not on its plan's record"


CHECKS = [broken_publications, broken_honours, broken_shortlists]
