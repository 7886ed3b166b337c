"""What waits for a board: shown on the first page of the admin."""

from django import template
from django.db.models import Count, Q

from awards.models import Complaint, FiledDossier, Kind, Selection
from awards.points import shown
from awards.scoring import entries_to_mark, seat_of
from dossiers.models import State
from initiatives.removals import RemovalRequest

register = template.Library()


@register.inclusion_tag("admin/awards/_tasks.html")
def board_tasks(user):
    """Return counts for this person, and the plans that they decide on with the places taken; nothing for others."""
    if not user.has_perm("awards.view_selection"):
        return {}
    dossiers = FiledDossier.objects.visible_to(user) if user.is_national else FiledDossier.objects.judged_by(user)
    standing = Q(awards__taken_back_at=None)
    seats = [seat_of(user, plan) for plan in Selection.objects.decided_by(user).filter(publication=None)]
    return {
        "to_mark": [(seat.plan, entries_to_mark(seat).filter(has_enough=False).count()) for seat in seats if seat],
        "waiting": dossiers.filter(state=State.FILED, plan__publication=None).count(),
        "removals": RemovalRequest.objects.visible_to(user).open().count(),
        "overdue": RemovalRequest.objects.visible_to(user).overdue().count(),
        "complaints": Complaint.objects.visible_to(user).waiting().count(),
        "plans": Selection.objects.decided_by(user)
        .select_related("union", "campaign", "publication")
        .annotate(
            awarded=Count("awards", filter=standing & Q(awards__kind=Kind.PROVINCE)),
            nominated=Count("awards", filter=standing & Q(awards__kind=Kind.NATIONAL)),
        ),
    }


@register.filter
def points(number):
    """Points as people write them: 12,5."""
    return shown(number)


@register.filter
def hundredths(number):
    """An average, exact as it is kept, rounded to two places for reading: 87,33."""
    return shown(number, places=2)
