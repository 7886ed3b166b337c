"""Instants as people say them."""

from datetime import timedelta

from django import template
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def until(moment):
    """Say a limit that is itself not included: midnight becomes the whole day before ("hết ngày 16/04/2021")."""
    local = localtime(moment)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"hết ngày {local - timedelta(microseconds=1):%d/%m/%Y}"
    return f"trước {local:%H:%M} ngày {local:%d/%m/%Y}"


@register.filter
def minutes(length):
    """Return a length of time in whole minutes."""
    return round(length.total_seconds() / 60)
