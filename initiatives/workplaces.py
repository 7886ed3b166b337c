"""The two pickers of a workplace (R3): a province or central sector, then one of its unions."""

import re

from accounts.models import Union
from config.text import sort_key

# What the second picker says for "not in the list"; in the record and for scripts it is the empty choice.
OTHER = "other"
UNION_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")


def union_of(code):
    """Return the active union with this code, or None."""
    if not UNION_CODE.fullmatch(code or ""):
        return None
    return Union.objects.filter(is_active=True).by_code(code).select_related("parent__parent").first()


def top_choices():
    """Return the choices of the first picker: 63 provinces in Vietnamese order, then 20 sectors."""
    tops = list(Union.objects.tops())
    provinces = sorted((top for top in tops if not top.is_sector), key=lambda top: sort_key(top.plain_name))
    return [
        ("", "Chọn nơi bạn làm việc"),
        ("Tỉnh, thành phố", [(top.code, top.plain_name) for top in provinces]),
        ("Công đoàn ngành Trung ương", [(top.code, top.plain_name) for top in tops if top.is_sector]),
    ]


def unit_choices(top):
    """Return the choices of the second picker: the unions below a top one, and "not in the list"."""
    if top is None:
        return [("", "Hãy chọn tỉnh, ngành trước"), (OTHER, "Không thấy trong danh sách – tôi tự ghi tên")]
    units = Union.objects.pickable_below(top).values_list("code", "name")
    return [("", "Chọn công đoàn cấp trên"), *units, (OTHER, "Không thấy trong danh sách – tôi tự ghi tên")]
