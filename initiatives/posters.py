"""What stands on a poster: whose it is, where its code leads, until when, who helps."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import Level
from config import qr, typesetting


def address_of(request, campaign, union=None):
    """Return the absolute address that a code or a badge leads to: the programme, or a union's own link to the form."""
    path = campaign.get_absolute_url()
    if union:
        path = f"{reverse('initiative_form', args=[campaign.slug])}?don-vi={union.code}"
    return request.build_absolute_uri(path)


def posters_pdf(campaign, addresses):
    """Return a PDF with an A4 page for each (union or None, address)."""
    data = facts_of(campaign) | {"posters": [poster(union, address) for union, address in addresses]}
    return typesetting.pdf("poster", data)


def facts_of(campaign):
    """Return what every document of a campaign tells."""
    return {
        "programme": campaign.name,
        "last_day": date_format(localtime(campaign.last_day), "d/m/Y"),
        "help": f"{campaign.help_phone}, gặp {campaign.help_name}, {campaign.help_office}.",
    }


def poster(union, address):
    return {
        "union": union.name if union else "",
        "above": " · ".join(above(union)) if union else "",
        "address": address,
        "qr": qr.svg(address).decode(),
    }


def above(union):
    """Return the names of the unions above one, up to the top one."""
    while union.level not in {Level.NATIONAL, Level.TOP}:
        union = union.parent
        yield union.name
