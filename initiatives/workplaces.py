"""The two pickers of a workplace (R3): a province or central sector, then one of its unions."""

import re
from dataclasses import dataclass

from accounts.abbreviations import search_words
from accounts.models import Union
from config.memory import remembered
from config.prepared import Prepared
from config.text import sort_key

# What the second picker says for "not in the list"; in the record and for scripts it is the empty choice.
OTHER = "other"
NOT_LISTED = "Không thấy trong danh sách – tôi tự ghi tên"
UNION_SECONDS = 20
UNION_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")
active_union = Prepared(lambda code: Union.objects.filter(is_active=True).by_code(code).order_by("pk")[:1])


def union_of(code):
    """Return the active union with this code, or None."""
    if not UNION_CODE.fullmatch(code or ""):
        return None
    union = active_union.first(code)
    if union and union.parent_id:
        union.parent = union_shown(union.parent_id)
    return union


def union_shown(key):
    """Return the union with this key and those above it, as they were some seconds ago at most."""
    return remembered(("union", key), lambda: Union.objects.select_related("parent__parent").get(pk=key), UNION_SECONDS)


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
