"""The map of the 63 provinces, darker where more initiatives come from."""

import functools
import json
import math

from lxml import etree
from pygal.graph.map import BaseMap

from config.settings import BASE_DIR
from config.text import dotted
from initiatives.charts import FONTS, options, rendered

FILE = BASE_DIR / "fixtures" / "reference" / "vietnam_map.json"
HEIGHT = 490
MOST_CLASSES = 4
NONE_YET = "#f1ede2"
# From pale to dark, so that the order is seen on a grey print and by eyes that tell no colours apart.
SHADES = ("#b5d3ee", "#6fa5d6", "#2f6fae", "#0a3560")
BORDERS = f"""inline:
.vietnam {{ stroke: #51606f !important; stroke-width: 1px; stroke-linejoin: round; }}
.archipelago {{ stroke: #51606f !important; stroke-width: 4px; stroke-linecap: round; }}
.place {{ fill: #1c2733; font: 30px {FONTS}; text-anchor: middle; }}
.legend rect {{ stroke: #51606f; }}
"""


@functools.cache
def outlines():
    """Return the map as its file holds it: size, provinces by code, archipelagos, author and licence."""
    return json.loads(FILE.read_text(encoding="utf-8"))


class ProvinceMap(BaseMap):
    area_prefix = "province-"
    kind = "vietnam"
    area_names = {}

    @property
    def svg_map(self):
        return blank_map()


@functools.cache
def blank_map():
    """Return the SVG text of the map without any figures, as pygal fills it in."""
    drawn = outlines()
    root = etree.Element("svg", viewBox=f"0 0 {drawn['width']} {drawn['height']}")
    for code, path in drawn["provinces"].items():
        etree.SubElement(root, "path", {"class": f"province-{code} vietnam map-element", "d": path})
    for group in drawn["archipelagos"]:
        etree.SubElement(root, "path", {"class": "archipelago", "d": group["islands"]})
        name = etree.SubElement(root, "text", {"class": "place", "x": str(group["x"]), "y": str(group["y"])})
        name.text = group["name"]
    return etree.tostring(root, encoding="unicode")


def classes_of(counts):
    """Return up to MOST_CLASSES pairs (from, up to) that hold about equally many of the numbers above zero."""
    found = sorted(count for count in counts if count)
    if not found:
        return []
    ends = sorted({found[math.ceil(len(found) * part / MOST_CLASSES) - 1] for part in range(1, MOST_CLASSES + 1)})
    return list(zip([1, *(end + 1 for end in ends)], ends, strict=False))


def by_province(figures, campaign):
    """Draw the map with its legend."""
    counts = {row["code"]: row["count"] for row in figures["by_top"] if not row["is_sector"]}
    classes = classes_of(counts.values())
    shades = SHADES[len(SHADES) - len(classes) :]
    chart = ProvinceMap(
        **options(
            "Số sáng kiến theo tỉnh, thành phố",
            HEIGHT,
            (NONE_YET, *shades),
            css=["file://style.css", "file://graph.css", BORDERS],
            legend_at_bottom=True,
            legend_at_bottom_columns=2,
            margin_bottom=26,  # pygal leaves room for two lines of its legend, which may have three
        )
    )
    for name, low, high in [("Chưa có", 0, 0), *((between(*ends), *ends) for ends in classes)]:
        chart.add(name, {code: 1 for code, count in counts.items() if low <= count <= high})
    return rendered(chart)


def between(low, high):
    return dotted(low) if low == high else f"{dotted(low)} – {dotted(high)}"
