"""The badge that portals place on their pages to lead here."""

from functools import lru_cache

from django.utils.html import format_html

from config import typesetting

# Of the picture, in pixels of a page; the PNG has twice as many.
WIDTH, HEIGHT = 320, 100
KINDS = {"svg": typesetting.svg, "png": typesetting.png}


@lru_cache(maxsize=8)
def picture(programme, kind):
    """Return the bytes of the badge: every visitor of a portal asks for the same ones."""
    return KINDS[kind]("badge", {"programme": programme})


def snippet(campaign, address, picture_address):
    """Return the HTML that a portal copies: a link to `address` with the badge in it."""
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>',
        address,
        picture_address,
        WIDTH,
        HEIGHT,
        f"Gửi sáng kiến – {campaign.name}",
    )
