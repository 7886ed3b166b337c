"""Charts as SVG, drawn with pygal for the width of a phone: no script, nothing from elsewhere."""

import math
import sys
from datetime import date

import pygal
from lxml import etree
from pygal.style import Style

from config.text import dotted
from initiatives.models import Block, Field
from initiatives.statistics import every_day

# pygal puts up a finder of modules for map plugins, of a kind that Python gave up and warns about. We have no plugin.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

WIDTH = 360
DAYS_HEIGHT, FIELDS_HEIGHT, BLOCKS_HEIGHT = 280, 230, 130
DARK, LIGHT = "#0a3d70", "#5f93c4"
FONTS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'
MOST_COLUMNS = 62
MOST_STEPS = 5
MOST_DATES = 6
LOOK = {
    "background": "#fff",
    "plot_background": "#fff",
    "foreground": "#1c2733",
    "foreground_strong": "#1c2733",
    "foreground_subtle": "#8795a3",
    "guide_stroke_color": "#c9d3dd",
    "major_guide_stroke_color": "#c9d3dd",
    "guide_stroke_dasharray": "none",
    "major_guide_stroke_dasharray": "none",
    "font_family": FONTS,
    "label_font_size": 12,
    "major_label_font_size": 12,
    "legend_font_size": 12,
    "title_font_size": 13,
    "value_font_size": 12,
    "opacity": "1",
    "opacity_hover": "1",
    "transition": "none",
}
BEHIND_ITS_BAR = "inline:.text-overlay text.value { text-anchor: start; transform: translateX(4px); }"
# Names short enough to stand beside a bar on a phone; the table below the picture has the whole ones.
SHORT_NAMES = {
    Field.PRODUCTION: "Sản xuất",
    Field.NEW_PRODUCT: "Sản phẩm mới",
    Field.SAFETY_ENVIRONMENT: "An toàn, môi trường",
    Field.ADMINISTRATION: "Quản lý, điều hành",
    Field.COMMUNITY: "Vì cộng đồng",
    Block.ENTERPRISE: "Doanh nghiệp",
    Block.ADMINISTRATIVE: "Hành chính sự nghiệp",
}


def options(title, height, colors, **more):
    """Return what all charts share."""
    return {
        "title": title,
        "width": WIDTH,
        "height": height,
        "explicit_size": True,
        "no_prefix": True,
        "js": [],
        "style": Style(**LOOK, colors=colors),
        "value_formatter": dotted,
        "margin": 6,
        "spacing": 6,
        "truncate_label": -1,
        "truncate_legend": -1,
        **more,
    }


def rendered(chart):
    """Return the bytes of a chart, without the script the hover texts that need one, and comments."""
    tree = chart.render_tree()
    etree.strip_elements(tree, etree.Comment, "script", "desc", with_tail=False)
    return etree.tostring(tree, encoding="utf-8")


def by_day(figures, campaign):
    """Draw the number of each day, or of so many days a column that no more than MOST_COLUMNS stand side by side."""
    days = every_day(figures, campaign)
    step = math.ceil(len(days) / MOST_COLUMNS)
    columns = [days[start : start + step] for start in range(0, len(days), step)]
    values = [sum(count for _, count in column) for column in columns]
    date_format = "%d/%m" if days[0][0].year == days[-1][0].year else "%m/%Y"
    is_peak, legend = peak_of_columns(figures["peak"], columns)
    chart = pygal.StackedBar(
        **options(
            "Số sáng kiến mỗi ngày" if step == 1 else f"Số sáng kiến, mỗi cột {step} ngày",
            DAYS_HEIGHT,
            (DARK, LIGHT),
            legend_at_bottom=True,
            legend_at_bottom_columns=1,
            show_minor_x_labels=False,
            x_labels_major_every=math.ceil(len(columns) / MOST_DATES),
            y_labels=steps(max(values)),
        )
    )
    chart.x_labels = [f"{column[0][0]:{date_format}}" for column in columns]
    chart.add(legend, [value * of_peak for value, of_peak in zip(values, is_peak, strict=True)])
    chart.add("Ngày khác", [value * (not of_peak) for value, of_peak in zip(values, is_peak, strict=True)])
    return rendered(chart)


def peak_of_columns(peak, columns):
    """Return (for each column whether it has a day of the peak, what the legend calls the peak)."""
    if not peak:
        return [False] * len(columns), "Cao điểm"
    first, last = (date.fromisoformat(peak[end]) for end in ("first", "last"))
    is_peak = [column[-1][0] >= first and column[0][0] <= last for column in columns]
    days = f"{first:%d/%m}" if first == last else f"{first:%d/%m} – {last:%d/%m}"
    return is_peak, f"Cao điểm {days}"


def steps(most):
    """Return whole numbers for an axis, from 0 to one not below `most`, that are 1, 2, 5, 10, 20 … apart."""
    sizes = (unit * 10**power for power in range(20) for unit in (1, 2, 5))
    size = next(size for size in sizes if size * MOST_STEPS >= most)
    return list(range(0, max(most, 1) + size, size))


def by_field(figures, campaign):
    return bars("Số sáng kiến theo lĩnh vực", named(figures["by_field"]), FIELDS_HEIGHT)


def by_block(figures, campaign):
    return bars("Số sáng kiến theo khối", named(figures["by_block"]), BLOCKS_HEIGHT)


def named(rows):
    return [(SHORT_NAMES[row["code"]], row["count"]) for row in rows]


def bars(title, rows, height):
    """Draw one bar for each (name, number), the first on top, its number behind it."""
    most = max((number for _, number in rows), default=0) or 1
    chart = pygal.HorizontalBar(
        **options(
            title,
            height,
            (LIGHT,),
            css=["file://style.css", "file://graph.css", BEHIND_ITS_BAR],
            show_legend=False,
            show_x_labels=False,
            show_y_guides=False,
            print_values=True,
            print_values_position="top",
            range=(0, most * 1.4),
        )
    )
    chart.x_labels = [name for name, _ in reversed(rows)]
    chart.add("", [number for _, number in reversed(rows)])
    return rendered(chart)
