"""Where each text was sent from: Thái Nguyên densely, every province at least once, and where the words allow it."""

import re
from dataclasses import dataclass

from accounts.models import Union
from accounts.reference import LOCAL_PROVINCE

# Province code → how many more initiatives than elsewhere.
WEIGHTS = {"40": 10, "01": 8, "79": 8, "74": 7, "75": 7, "38": 6}
# What a text speaks of → the provinces it can come from.
REGIONS = [
    (
        re.compile(
            r"vùng cao|dân tộc (?:bán|nội) trú|(?:người|tiếng) (?:Mông|Dao|Tày|Nùng|Thái)|nương|thôn bản|cô đỡ|"
            r"\d bản\b|bản vùng|bà con bản|Bản [A-ZĐ]|Nà [A-ZĐ]|cửa khẩu|đèo|nhà sàn|hoa ban|miền núi|vùng biên|"
            r"Thủy điện"
        ),
        ["02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "20"],
    ),
    (
        re.compile(r"tàu cá|ngư dân|Đóng tàu|[Tt]hủy sản|Biển|Hải Đăng|Cảng Bến|nuôi tôm|Hải Âu|hải đội|cửa biển"),
        ["22", "31", "34", "36", "38", "40", "42", "44", "48", "51", "52", "54", "56", "58", "60", "77", "91", "96"],
    ),
    (re.compile(r"trồng cà phê|vườn cà phê|vỏ điều|sầu riêng|hồ tiêu|Ê Đê"), ["62", "64", "66", "67", "68", "70"]),
    (re.compile(r"xuồng|xâm nhập mặn|Khmer|miền Tây"), ["82", "83", "84", "86", "87", "89", "92", "93", "94", "95"]),
    (re.compile(r"\bnồm|vụ xuân|vụ chiêm|sương muối|mùa rét"), ["24", "25", "26", "27", "30", "33", "34", "36", "38"]),
]
HIGHLANDS = {*REGIONS[0][1], LOCAL_PROVINCE}
LOCAL_SHARE = 60
# Islands without workplaces to speak of.
NOT_PICKED = {"Hoàng Sa", "Trường Sa", "Bạch Long Vĩ", "Cồn Cỏ"}
IN_TOWN = re.compile(r"phường|khu phố|quận|thị xã|thành phố|đô thị|tỉnh|Sở |Cục |Vụ |Viện |[Đđ]ại học")
IN_THE_COUNTRY = re.compile(r"\bxã\b|huyện|[Tt]hôn\b|Lâm trường|Nông trường|thị trấn|thủy nông|Bản ")
# Thái Nguyên's own unions for the texts that only say what kind of workplace they come from.
LOCAL_UNITS = {
    "factories": ["TN01", "TN02", "TN03", "TN06", "TN09", "TN24", "TN26", "TN27"],
    "schools": ["TN21", "TN01", "TN04", "TN05", "TN07", "TN09"],
    "hospitals": ["TN22", "TN01", "TN02", "TN05", "TN06", "TN09"],
    "town": ["TN01", "TN02", "TN03", "TN23"],
    "country": ["TN04", "TN05", "TN06", "TN07", "TN08", "TN09", "TN25"],
}


@dataclass(frozen=True)
class Place:
    """A workplace as picked in the form (R3)."""

    top: Union
    unit: Union | None
    unit_other: str = ""

    @property
    def is_highland(self):
        return self.top.code in HIGHLANDS


class Atlas:
    """The union tree, read once."""

    def __init__(self):
        unions = Union.objects.select_related("parent__parent").order_by("code")
        self.by_code = {code: union for union in unions for code in (union.code, union.local_code) if code}
        self.provinces = [union for union in unions if union.level == "TOP" and not union.is_sector]
        self.units = {top.code: [] for top in self.provinces}
        for union in unions:
            if union.level == "UPPER" and union.parent.code in self.units and union.short_name not in NOT_PICKED:
                self.units[union.parent.code].append(union)


def places_of(texts, rng):
    """Return {submission_id: Place} of all texts."""
    atlas = Atlas()
    places = {text.submission_id: said_place(text, atlas) for text in texts if text.unit_code or text.sector_code}
    free = [text for text in texts if text.submission_id not in places]
    rng.shuffle(free)
    provinces = provinces_of(free, atlas, rng)
    for text in free:
        places[text.submission_id] = picked_place(text, provinces[text.submission_id], atlas, rng)
    return places


def said_place(text, atlas):
    """Return the place that the text's own code names."""
    if text.unit_code:
        unit = atlas.by_code[text.unit_code]
        return Place(top=unit.top, unit=unit)
    return not_in_the_list(text, atlas.by_code[text.sector_code])


def provinces_of(texts, atlas, rng):
    """Return {submission_id: province}: by hints, then Thái Nguyên's share, then what is missing, then by weight."""
    codes = {text.submission_id: rng.choice(fitting) for text in texts if (fitting := provinces_that_fit(text))}
    anywhere = [text.submission_id for text in texts if text.submission_id not in codes]
    missing = [top.code for top in atlas.provinces if top.code not in {*codes.values(), LOCAL_PROVINCE}]
    first = [LOCAL_PROVINCE] * LOCAL_SHARE + missing
    others = [top.code for top in atlas.provinces if top.code != LOCAL_PROVINCE]
    rest = rng.choices(others, [WEIGHTS.get(code, 1) for code in others], k=len(anywhere) - len(first))
    codes.update(zip(anywhere, first + rest, strict=True))
    return {key: atlas.by_code[code] for key, code in codes.items()}


def provinces_that_fit(text):
    """Return the codes of the provinces that a text's words allow, none when they allow all."""
    return next((codes for words, codes in REGIONS if words.search(text.words)), [])


def picked_place(text, top, atlas, rng):
    if rng.random() < 0.05:
        return not_in_the_list(text, top)
    if top.code == LOCAL_PROVINCE:
        return Place(top=top, unit=atlas.by_code[rng.choice(LOCAL_UNITS[local_kind(text)])])
    return Place(top=top, unit=rng.choice(units_that_fit(text, atlas.units[top.code])))


def local_kind(text):
    if text.file == "factories":
        return "factories"
    if text.file == "schools_hospitals":
        return "schools" if re.search("Trường|Thư viện|Học viện", text.workplace) else "hospitals"
    return "country" if is_in_the_country(text) else "town"


def units_that_fit(text, units):
    """Return a province's districts in which such a workplace can be: a commune lies in no city ward."""
    if is_in_the_country(text):
        fitting = [unit for unit in units if unit.name.startswith("LĐLĐ huyện")]
    elif IN_TOWN.search(text.workplace):
        fitting = [unit for unit in units if not unit.name.startswith("LĐLĐ huyện")]
    else:
        fitting = units
    return fitting or units


def is_in_the_country(text):
    return bool(IN_THE_COUNTRY.search(text.workplace)) and not IN_TOWN.search(text.workplace)


def not_in_the_list(text, top):
    """Return the place of somebody whose unit is not in the list and who typed its name."""
    prefix = "" if text.workplace.startswith("Công đoàn") else "Công đoàn "
    return Place(top=top, unit=None, unit_other=f"{prefix}{text.workplace}")
