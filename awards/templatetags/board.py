"""What waits for a board: shown on the first page of the admin."""

from django import template

from awards.board_home import blocks_for
from awards.help import help_of
from awards.models import Complaint, FiledDossier, Nominations
from awards.points import shown
from awards.retention import ending
from awards.scoring_admin import state_of
from dossiers.models import State
from initiatives.removals import RemovalRequest

register = template.Library()


@register.inclusion_tag("admin/awards/_tasks.html")
def board_tasks(user):
    """Return what waits for this person, plan by plan, and for national staff the sums; nothing for others."""
    if not user.has_perm("awards.view_selection"):
        return {}
    return {"blocks": blocks_for(user), "sums": sums_for(user) if user.is_national else None}


@register.inclusion_tag("admin/_help.html", takes_context=True)
def page_help(context):
    """Return what the page at hand is for."""
    request = context.get("request")
    found = getattr(request, "resolver_match", None)
    return {"help": help_of(found.url_name) if found and found.url_name else None}


def sums_for(user):
    """Return what national staff see of all plans together, and what waits for them alone."""
    dossiers = FiledDossier.objects.visible_to(user).filed_to_board()
    removals = RemovalRequest.objects.visible_to(user)
    return {
        "to_judge": dossiers.filter(state=State.FILED, plan__publication=None).count(),
        "complaints": Complaint.objects.visible_to(user).waiting().count(),
        "removals": removals.open().count(),
        "overdue": removals.overdue().count(),
        "ending": ending(),
        "campaign": Nominations.objects.visible_to(user).order_by("-is_running", "-opens_at").first(),
    }


@register.filter
def marking_state(rules):
    """How far the marking of a plan is, in words."""
    return state_of(rules)


@register.filter
def points(number):
    """Points as people write them: 12,5."""
    return shown(number)


@register.filter
def hundredths(number):
    """An average, exact as it is kept, rounded to two places for reading: 87,33."""
    return shown(number, places=2)
