"""What pages of others say of lists and complaints: that a list lies open, that an entry is being considered."""

from django import template

from awards.models import Complaint
from awards.open_lists import is_any_open

register = template.Library()


@register.simple_tag
def list_is_open(campaign):
    return is_any_open(campaign)


@register.simple_tag
def considered_in(entries):
    """Return the keys of the initiatives among these entries that are being considered: all that a union sees of it."""
    keys = [entry.initiative_id for entry in entries]
    return set(Complaint.objects.open().filter(initiative__in=keys).values_list("initiative", flat=True))
