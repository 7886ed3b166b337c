"""The pictures of the statistics: address, size, drawing and text of each, drawn once for the figures they show."""

from collections.abc import Callable
from dataclasses import dataclass

from initiatives import captions, charts, province_map
from initiatives.statistics import kept


@dataclass(frozen=True)
class Picture:
    """`draw` takes (figures, campaign) and returns SVG; `describe` takes the figures and returns a sentence."""

    slug: str
    height: int
    draw: Callable
    describe: Callable
    width: int = charts.WIDTH


OF_TOP = {
    "by_day": Picture("theo-ngay", charts.DAYS_HEIGHT, charts.by_day, captions.by_day),
    "by_field": Picture("theo-linh-vuc", charts.FIELDS_HEIGHT, charts.by_field, captions.by_field),
    "by_block": Picture("theo-khoi", charts.BLOCKS_HEIGHT, charts.by_block, captions.by_block),
}
OF_CAMPAIGN = OF_TOP | {
    "by_province": Picture("ban-do", province_map.HEIGHT, province_map.by_province, captions.by_province),
}


def named(pictures, slug):
    """Return the picture with this part of an address, or None."""
    return next((picture for picture in pictures.values() if picture.slug == slug), None)


def drawn(picture, figures, campaign):
    """Return the picture's SVG, as long as the figures are kept."""
    of = figures.get("code", "")
    key = f"picture-{campaign.pk}-{of}-{picture.slug}-{figures['counted_at']}"
    return kept(key, lambda: picture.draw(figures, campaign))
