"""What a page's head says of it, and the help line where a page knows no campaign."""

from django import template
from django.db import Error
from django.templatetags.static import static

from initiatives.models import Campaign
from initiatives.public_pages import ABOUT

register = template.Library()


@register.inclusion_tag("initiatives/_about.html")
def about(request, campaign):
    """Describe a public page to search engines and to whoever gets a link to it; any other page asks to be left out."""
    page = ABOUT.get(request.resolver_match.url_name)
    return {
        "campaign": campaign,
        "page": page,
        "address": request.build_absolute_uri(request.path),
        "picture": request.build_absolute_uri(static("img/icon-512.png")),
    }


@register.inclusion_tag("initiatives/_help_line.html")
def help_line():
    """The running campaign's help line; nothing when the database is away, so that a page of error still comes."""
    try:
        return {"campaign": Campaign.objects.running().first()}
    except Error:
        return {"campaign": None}
