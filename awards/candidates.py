"""Which entries a plan's council decides about, and the lock that whoever decides holds (R14, R15)."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from awards.models import Complaint, ComplaintState, Kind, Publication
from dossiers.models import DossierEntry, Plan, State
from initiatives.models import Status


def limit_of(plan, kind):
    return plan.nomination_limit if kind == Kind.NATIONAL else plan.award_limit


def candidates(plan):
    """Return the entries of a plan's valid dossiers, each with `is_held` (a complaint is open or was upheld)."""
    return candidates_of([plan])


def candidates_of(plans):
    """Return the `candidates` of several plans."""
    held = Complaint.objects.holding().filter(initiative=OuterRef("initiative"))
    return (
        DossierEntry.objects.filter(plan__in=plans, dossier__state=State.VALID, removed_at=None)
        .exclude(initiative__status__in=[Status.WITHDRAWN, Status.REJECTED])
        .annotate(is_held=Exists(held))
    )


def in_the_running(plan):
    """Return the candidates but those against which a complaint was upheld: they are neither listed nor marked."""
    upheld = Complaint.objects.filter(state=ComplaintState.UPHELD, initiative=OuterRef("initiative"))
    return candidates(plan).exclude(Exists(upheld))


def eligible(plan):
    """Return the entries that may be chosen (R14): of valid dossiers, with nothing holding them."""
    return candidates(plan).filter(is_held=False)


def considered(plan):
    """Return the entries about which a publication decides: all of the valid dossiers."""
    entries = DossierEntry.objects.filter(plan=plan, dossier__state=State.VALID, removed_at=None)
    return entries.select_related("initiative").order_by("initiative_id")


def locked(plan):
    """Return the plan afresh with its row locked: whoever counts or takes its places holds it."""
    return Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)


def lock_plan(plan):
    """Return the plan locked; refuse one whose decisions are published."""
    plan = locked(plan)
    if Publication.objects.filter(plan=plan).exists():
        raise ValidationError("Kết quả đã công bố, không thay đổi được nữa.", code="published")
    return plan
