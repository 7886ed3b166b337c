"""Sizes of files as people say them."""

from math import ceil

from django import template

register = template.Library()


@register.filter
def file_size(count):
    """Say a number of bytes as kilobytes, at least one, or as megabytes: "1 KB", "2,5 MB"."""
    kilobytes = max(1, ceil(count / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{count / 1024**2:.1f} MB".replace(".", ",")
