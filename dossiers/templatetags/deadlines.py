"""The time that is left, on every page of union staff."""

from django import template

from accounts.models import Union
from dossiers.deadlines import in_words, unfiled

register = template.Library()


@register.inclusion_tag("dossiers/_deadlines.html")
def deadlines(request):
    """Return the deadlines to come of this person's unions that have not filed; one query, none without a union."""
    keys = [union.pk for union in request.user.unions_as("STAFF")]
    to_come = [d for d in unfiled(Union.objects.filter(pk__in=keys)) if d.at > request.arrived_at] if keys else []
    return {
        "deadlines": [(deadline, in_words(deadline.at - request.arrived_at)) for deadline in to_come],
        "is_one_of_several": len(keys) > 1,
    }
