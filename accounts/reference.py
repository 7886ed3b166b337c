"""The union tree from the reference tables: created where it is missing, left alone where somebody edited it."""

import csv

from django.utils.text import slugify

from accounts.models import Level, Union
from config.settings import BASE_DIR
from config.text import fold

FOLDER = BASE_DIR / "fixtures" / "reference"
NATIONAL_CODE = "TLD"
LOCAL_PROVINCE = "19"
# What the table of Thái Nguyên calls a local union → its level here.
LOCAL_LEVELS = {
    "CĐ ngành địa phương": Level.UPPER,
    "Tương đương": Level.UPPER,
    "CĐCS trực thuộc LĐLĐ tỉnh": Level.GRASSROOTS,
    "Unknown level": Level.GRASSROOTS,
}


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_unions():
    """Create the national union, 83 top unions, 705 district federations and Thái Nguyên's own; return how many."""
    before = Union.objects.count()
    national = create(
        code=NATIONAL_CODE,
        name="Tổng Liên đoàn Lao động Việt Nam",
        short_name="Tổng LĐLĐ Việt Nam",
        slug="tong-lien-doan",
        level=Level.NATIONAL,
    )
    provinces = {row["code"]: row for row in rows("provinces.csv")}
    tops = {code: create_province(row, national) for code, row in provinces.items()}
    for row in rows("sector_unions.csv"):
        create(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            slug=row["slug"],
            level=Level.TOP,
            is_sector=True,
            parent=national,
        )
    local_codes = {row["name"]: row["code"] for row in rows("thai_nguyen_unions.csv")}
    for row in rows("districts.csv"):
        name = district_federation(row)
        is_local = row["province_code"] == LOCAL_PROVINCE
        create(
            code=row["code"],
            local_code=local_codes.pop(name) if is_local else None,
            name=name,
            short_name=row["short_name"],
            slug=row["slug"],
            level=Level.UPPER,
            parent=tops[row["province_code"]],
        )
    for row in rows("thai_nguyen_unions.csv"):
        if row["name"] in local_codes:
            create(
                code=row["code"],
                name=row["name"],
                short_name=row["name"],
                slug=slugify(fold(row["name"])),
                level=LOCAL_LEVELS[row["kind"]],
                parent=tops[LOCAL_PROVINCE],
            )
    return Union.objects.count() - before


def create_province(row, national):
    name = f"LĐLĐ {row['type'].lower()} {row['short_name']}"
    return create(
        code=row["code"],
        name=name,
        short_name=row["short_name"],
        slug=row["slug"],
        level=Level.TOP,
        parent=national,
    )


def district_federation(row):
    """Return "LĐLĐ huyện Đại Từ" for the district "Huyện Đại Từ"."""
    return f"LĐLĐ {row['name'][0].lower()}{row['name'][1:]}"


def create(code, **values):
    return Union.objects.get_or_create(code=code, defaults=values)[0]
