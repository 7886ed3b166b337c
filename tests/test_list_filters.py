"""The staff list narrowed: by days, by what is lacking, by a union that is picked or searched."""

import pytest

from accounts.models import Level
from tests.factories import make_initiative, make_staff, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

LIST = "/cong-doan/sang-kien/"


@pytest.fixture
def unit():
    return make_union()


@pytest.fixture
def staff(unit):
    return make_staff(unit)


def titles(client, query):
    return [row.title for row in client.get(LIST + query).context["page"].rows]


def test_the_list_is_narrowed_by_the_days_of_arrival(unit, staff, at):
    for day in ("09", "10", "11"):
        make_initiative(unit, title=day, arrived_at=at(f"2021-04-{day} 23:59:59"))
    client = signed_in(staff)

    assert titles(client, "?since=2021-04-10") == ["11", "10"]
    assert titles(client, "?until=10/04/2021") == ["10", "09"]
    assert titles(client, "?since=2021-04-10&until=2021-04-10") == ["10"]
    assert titles(client, "?since=nonsense&until=9999-99-99") == ["11", "10", "09"]


def test_what_a_dossier_would_miss_is_found_and_named():
    top = make_union(Level.TOP)
    unit = make_union(parent=top)
    make_initiative(unit, title="Đủ")
    make_initiative(unit, title="Thiếu năm", birth_year=None)
    make_initiative(unit, title="Bí mật", is_secret=True, description="")
    make_initiative(None, top=top, title="Tự ghi")
    client = signed_in(make_staff(top))

    assert titles(client, "?lacking=on") == ["Tự ghi", "Bí mật", "Thiếu năm"]
    page = says(client.get(LIST))
    assert page.count("Thiếu: ") == 3
    assert "Thiếu: năm sinh" in page


def test_a_union_is_picked_from_a_short_list_and_searched_in_a_long_one(monkeypatch):
    top = make_union(Level.TOP, name="LĐLĐ tỉnh")
    names = ["LĐLĐ huyện Đại Từ", "LĐLĐ huyện Định Hoá", "LĐLĐ thị xã Phổ Yên"]
    dai_tu, dinh_hoa, _ = (make_union(parent=top, name=name) for name in names)
    make_initiative(dai_tu, title="Của Đại Từ")
    make_initiative(dinh_hoa, title="Của Định Hoá")
    client = signed_in(make_staff(top))
    assert tree(client.get(LIST)).xpath("//select[@name='unit']/option/@value")[1:3] == [dai_tu.code, dinh_hoa.code]

    assert not tree(signed_in(make_staff(dai_tu)).get(LIST)).xpath("//*[@name='unit']")  # who has one picks none

    monkeypatch.setattr("initiatives.limits.UNITS_TO_PICK", 3)

    assert not tree(client.get(LIST)).xpath("//select[@name='unit']")
    assert titles(client, "?unit=dai+tu") == ["Của Đại Từ"]
    several = client.get(f"{LIST}?unit=huyen")
    assert several.context["page"].rows == []
    assert tree(several).xpath("//main//li/a/@href") == [f"{LIST}?unit={union.code}" for union in (dai_tu, dinh_hoa)]
