"""The two pickers of a workplace (R3): a province or central sector, then one of its unions."""

import re
from dataclasses import dataclass

from accounts.abbreviations import search_words
from accounts.models import Union
from config.text import sort_key

# What the second picker says for "not in the list"; in the record and for scripts it is the empty choice.
OTHER = "other"
NOT_LISTED = "Không thấy trong danh sách – tôi tự ghi tên"
UNION_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")


def union_of(code):
    """Return the active union with this code, or None."""
    if not UNION_CODE.fullmatch(code or ""):
        return None
    return Union.objects.filter(is_active=True).by_code(code).select_related("parent__parent").first()


@dataclass(frozen=True)
class Picker:
    """The choices of a select, and the words by which each value is found by typing."""

    choices: list
    words: dict


def top_picker():
    """Return the first Picker: 63 provinces in Vietnamese order, then 20 sectors."""
    tops = list(Union.objects.tops())
    provinces = sorted((top for top in tops if not top.is_sector), key=lambda top: sort_key(top.plain_name))
    choices = [
        ("", "Chọn nơi bạn làm việc"),
        ("Tỉnh, thành phố", [(top.code, top.plain_name) for top in provinces]),
        ("Công đoàn ngành Trung ương", [(top.code, top.plain_name) for top in tops if top.is_sector]),
    ]
    return Picker(choices, {top.code: search_words(top) for top in tops})


def unit_picker(top):
    """Return the second Picker: the unions below a top one, and "not in the list"."""
    first = "Chọn công đoàn cấp trên" if top else "Hãy chọn tỉnh, ngành trước"
    units = units_below(top) if top else []
    choices = [("", first), *((unit.code, unit.name) for unit in units), (OTHER, NOT_LISTED)]
    return Picker(choices, {unit.code: search_words(unit) for unit in units})


def units_below(top):
    return list(Union.objects.pickable_below(top))
