"""What each picture of the statistics shows, in a sentence for those who do not see it."""

from datetime import date

from config.text import dotted

NAMED = 3


def by_day(figures):
    peak = figures["peak"]
    if not peak:
        return "Chưa có sáng kiến nào."
    most = max(figures["by_day"], key=lambda row: row["count"])
    return (
        f"Biểu đồ cột số sáng kiến mỗi ngày. Nhiều nhất là ngày {spoken(most['day'])} với {dotted(most['count'])} "
        f"sáng kiến. Cao điểm {run_of(peak)} nhận {of_all(peak['count'], figures)}."
    )


def by_field(figures):
    return parts("lĩnh vực", figures["by_field"], figures)


def by_block(figures):
    return parts("khối", figures["by_block"], figures)


def parts(what, rows, figures):
    first, *others = sorted(rows, key=lambda row: -row["count"])
    behind = "; ".join(f"{row['name']}, {of_all(row['count'], figures)}" for row in others)
    return (
        f"Biểu đồ thanh theo {what}. Nhiều nhất: {first['name']}, {of_all(first['count'], figures)}. "
        f"Tiếp theo: {behind}."
    )


def by_province(figures):
    provinces = [row for row in figures["by_top"] if not row["is_sector"]]
    first = ", ".join(f"{row['name']} ({dotted(row['count'])})" for row in provinces[:NAMED] if row["count"])
    without = sum(not row["count"] for row in provinces)
    sentences = [f"Bản đồ {len(provinces)} tỉnh, thành phố, càng nhiều sáng kiến càng đậm."]
    sentences += [f"Nhiều nhất: {first}."] if first else []
    sentences += [f"{without} nơi chưa có sáng kiến nào."] if without else []
    return " ".join(sentences)


def of_all(count, figures):
    """Return a number with its share of all: "1.200 sáng kiến (33,3%)"."""
    return f"{dotted(count)} sáng kiến ({share(count, figures['total'])})"


def share(part, whole):
    """Return "33,3%"; of nothing, nothing."""
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else "0%"


def run_of(peak):
    """Return a run of days: "từ 17/04/2021 đến 20/04/2021 (4 ngày)"."""
    if peak["days"] == 1:
        return f"ngày {spoken(peak['first'])}"
    return f"từ {spoken(peak['first'])} đến {spoken(peak['last'])} ({peak['days']} ngày)"


def spoken(day):
    return f"{date.fromisoformat(day):%d/%m/%Y}"
