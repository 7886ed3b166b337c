"""Pages, data and pictures of the statistics, of the whole country and of one top union (R18)."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from lxml import etree

from accounts.models import Level
from config import clock
from initiatives.models import Block, Field
from initiatives.statistics import KEPT_SECONDS, figures_of
from tests.factories import make_campaign, make_initiative, make_plan, make_union
from tests.pages import says, tree
from tests.test_statistics import make_many

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(campaign, path=""):
    return f"/{campaign.slug}/thong-ke/{path}"


def table(response, head):
    """Return the rows of the table whose first column has this head, as texts."""
    (found,) = [table for table in tree(response).xpath("//main//table") if head in table.find("thead/tr")[0].text]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found.xpath("./tbody/tr")]


def images(response):
    return tree(response).xpath("//main//img")


def make_province(name="Thái Nguyên", **values):
    return make_union(Level.TOP, name=f"LĐLĐ tỉnh {name}", short_name=name, **values)


# The whole country


def test_the_page_shows_what_the_data_say(client):
    campaign = make_campaign(target=75_000)
    make_many(campaign)
    make_initiative(None, campaign, top=make_province())

    shown, response = client.get(f"/{campaign.slug}/thong-ke.json").json(), client.get(address(campaign))

    for head, part in (("Lĩnh vực", "by_field"), ("Khối", "by_block")):
        assert table(response, head) == [[row["name"], str(row["count"])] for row in shown[part]]
    assert [row[1:] for row in table(response, "Hạng")] == [[row["name"], str(row["count"])] for row in shown["by_top"]]
    days = table(response, "Ngày")
    assert (days[0], days[-1], len(days)) == (["10/03/2021", "0"], ["01/04/2021", "9"], 23)
    assert "13 sáng kiến, chỉ tiêu 75.000 (đạt 0,0%)" in says(response)
    assert "Cao điểm: 01/04/2021 , 9 sáng kiến trong 1 ngày" in says(response)
    assert "Chưa ghép đơn vị: 1 sáng kiến" in says(response)
    assert "Số liệu tính đến 08:00 01/04/2021" in says(response)


def test_the_data_are_plain_vietnamese_json(client):
    make_province("Hà Nội")
    response = client.get(f"/{make_campaign().slug}/thong-ke.json")

    assert response["Content-Type"] == "application/json"
    assert "Hà Nội" in response.content.decode()
    assert json.loads(response.content)["counted_at"].startswith("2021-04-01T08:00:0")


def test_before_anything_is_sent_there_is_no_chart_of_nothing(client):
    make_province()
    response = client.get(address(make_campaign()))

    assert [image.get("src").split("?")[0].split("/")[-1] for image in images(response)] == ["ban-do.svg"]
    assert "Chưa có sáng kiến nào" in says(response)
    assert [row[1] for row in table(response, "Lĩnh vực")] == ["0"] * len(Field)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("thong-ke/", 6), ("thong-ke.json", 6), ("thong-ke/ban-do.svg", 6)])
def test_statistics_cost_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows, path, queries):
    campaign = make_campaign()
    for _ in range(rows):
        make_initiative(make_union(), campaign)

    with django_assert_num_queries(queries):
        client.get(f"/{campaign.slug}/{path}")
    with django_assert_num_queries(1):
        client.get(f"/{campaign.slug}/{path}")


# The league table


@pytest.fixture
def league(client):
    """Ask for the league table with a search text: rows as texts."""
    campaign = make_campaign()
    for code, name, count in (("01", "Hà Nội", 3), ("19", "Thái Nguyên", 2), ("35", "Hà Nam", 2), ("96", "Cà Mau", 0)):
        unit = make_union(parent=make_province(name, code=code))
        for _ in range(count):
            make_initiative(unit, campaign)
    return lambda **query: client.get(address(campaign), query)


def test_the_league_table_gives_places_and_leads_to_each_unions_page(client, league):
    response = league()

    assert table(response, "Hạng") == [
        ["1", "Hà Nội", "3"],
        ["2", "Thái Nguyên", "2"],
        ["2", "Hà Nam", "2"],
        ["4", "Cà Mau", "0"],
    ]
    links = tree(response).xpath("//table//a/@href")
    assert [tree(client.get(link)).findtext(".//h1") for link in links] == [
        "LĐLĐ tỉnh Hà Nội", "LĐLĐ tỉnh Thái Nguyên", "LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh Cà Mau",
    ]  # fmt: skip


def test_the_league_table_is_searched_without_tones_and_keeps_the_places(league):
    response = league(q="thai nguyen")

    assert table(response, "Hạng") == [["2", "Thái Nguyên", "2"]]
    assert "Tìm thấy 1 đơn vị với “thai nguyen”" in says(response)
    assert tree(response).xpath("//input[@name='q']/@value") == ["thai nguyen"]


def test_a_search_that_finds_nothing_says_so_and_leads_back(league):
    response = league(q="không đâu")

    assert "Tìm thấy 0 đơn vị" in says(response)
    assert tree(response).xpath("//table[contains(@class, 'league')]") == []
    assert "Xem cả bảng" in says(response)


@pytest.mark.parametrize("text", ["<b>x</b>", "\x00", "%", "a" * 5000, "\ud800".encode("utf-8", "surrogatepass")])
def test_a_hostile_search_is_just_a_search(league, text):
    response = league(q=text)

    assert response.status_code == 200
    assert b"<b>x" not in response.content


def test_a_union_whose_code_makes_no_address_takes_no_page_with_it(client):
    make_province("Cà Mau", code="CM/1 ")

    response = client.get(address(make_campaign()))

    assert table(response, "Hạng") == [["1", "Cà Mau", "0"]]
    assert tree(response).xpath("//table//a") == []


# The page of a top union


def test_a_top_union_has_its_own_units_figures_and_target(client):
    top = make_province(code="19")
    plan = make_plan(top, make_campaign(), target=50)
    units = [make_union(parent=top, name=f"LĐLĐ huyện {name}") for name in ("Đại Từ", "Phú Bình", "Định Hóa")]
    for unit in (units[0], units[1], units[1]):
        make_initiative(unit, plan.campaign, block=Block.ADMINISTRATIVE)
    make_initiative(None, plan.campaign, top=top)
    make_initiative(make_union(), plan.campaign)
    make_plan(make_province("Hà Nam"), plan.campaign, target=7)

    response = client.get(address(plan.campaign, "19/"))
    data = client.get(address(plan.campaign, "19.json")).json()

    assert "4 sáng kiến, chỉ tiêu 50 (đạt 8,0%)" in says(response)
    assert table(response, "Đơn vị") == [
        ["LĐLĐ huyện Phú Bình", "2"],
        ["LĐLĐ huyện Đại Từ", "1"],
        ["LĐLĐ huyện Định Hóa", "0"],
        ["Chưa ghép đơn vị", "1"],
    ]
    assert [row[1] for row in table(response, "Khối")] == ["1", "3"]
    assert (data["code"], data["total"], data["target"], data["unmapped"]) == ("19", 4, 50, 1)
    assert [row["count"] for row in data["by_branch"]] == [2, 1, 0]


def test_a_top_union_without_a_plan_in_this_programme_has_no_target(client):
    top = make_province(code="19")
    make_plan(top, make_campaign(), target=50)
    campaign = make_initiative(make_union(parent=top), make_campaign()).campaign

    response = client.get(address(campaign, "19/"))

    assert "chỉ tiêu" not in says(response)
    assert tree(response).xpath("//progress") == []
    assert client.get(address(campaign, "19.json")).json()["target"] is None


def test_a_new_target_is_shown_at_once(client):
    plan = make_plan(make_province(code="19"), make_campaign(), target=50)
    client.get(address(plan.campaign, "19/"))
    plan.target = 60
    plan.save()

    assert "chỉ tiêu 60" in says(client.get(address(plan.campaign, "19/")))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", ["19/", "19.json"])
def test_a_top_unions_statistics_cost_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows, path):
    top, campaign = make_province(code="19"), make_campaign()
    for _ in range(rows):
        make_initiative(make_union(parent=top), campaign)

    with django_assert_num_queries(8):
        client.get(address(campaign, path))
    with django_assert_num_queries(3):
        client.get(address(campaign, path))


@pytest.mark.parametrize("code", ["19-B", "TLD", "99", "%00", "a" * 300])
@pytest.mark.parametrize("path", ["{}/", "{}.json", "{}/theo-ngay.svg"])
def test_what_is_no_top_union_has_no_statistics(client, path, code):
    make_union(parent=make_province(code="19"), code="19-B")

    assert client.get(address(make_campaign(), path.format(code))).status_code == 404


# The pictures


@pytest.mark.parametrize(
    ("path", "names"),
    [("", ["theo-ngay", "theo-linh-vuc", "theo-khoi", "ban-do"]), ("19/", ["theo-ngay", "theo-linh-vuc", "theo-khoi"])],
)
def test_each_picture_stands_with_its_size_and_its_finding_in_words(client, path, names):
    campaign = make_initiative(make_union(parent=make_province(code="19"))).campaign

    shown = images(client.get(address(campaign, path)))

    assert [image.get("src").split("?")[0] for image in shown] == [address(campaign, f"{path}{n}.svg") for n in names]
    for image in shown:
        response = client.get(image.get("src"))
        svg = etree.fromstring(response.content)
        assert response["Content-Type"] == "image/svg+xml"
        assert (image.get("width"), image.get("height")) == (svg.get("width"), svg.get("height"))
        assert "Nhiều nhất" in image.get("alt")


def test_a_picture_is_of_the_figures_that_its_page_shows(client, monkeypatch):
    """The address names the moment of counting: a browser that kept an older picture asks again."""
    campaign = make_initiative().campaign
    first = images(client.get(address(campaign)))[0].get("src")
    cache.clear()
    later = clock.now() + timedelta(seconds=90)
    monkeypatch.setattr("initiatives.statistics.clock.now", lambda: later)

    assert images(client.get(address(campaign)))[0].get("src") != first


def test_a_picture_may_be_kept_as_long_as_its_figures_and_runs_nothing(client, monkeypatch):
    campaign = make_initiative().campaign
    counted_at = clock.now().replace(microsecond=0)
    kept = {}
    for age in (0, 45, 70):
        monkeypatch.setattr("initiatives.statistics.clock.now", lambda age=age: counted_at + timedelta(seconds=age))
        response = client.get(address(campaign, "ban-do.svg"))
        kept[age] = response["Cache-Control"]

    assert KEPT_SECONDS == 60
    assert kept == {0: "public, max-age=59", 45: "public, max-age=14", 70: "public, max-age=0"}
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src 'self'" in client.get(address(campaign))["Content-Security-Policy"]


def test_a_picture_is_drawn_once_for_the_same_figures(client, monkeypatch):
    campaign = make_initiative().campaign
    first = client.get(address(campaign, "theo-ngay.svg")).content
    monkeypatch.setattr("initiatives.charts.rendered", None)

    assert client.get(address(campaign, "theo-ngay.svg")).content == first
    assert figures_of(campaign)["total"] == 1


@pytest.mark.parametrize("path", ["khong-co.svg", "19/ban-do.svg", "19/khong-co.svg", "by_day.svg"])
def test_other_pictures_are_not_there(client, path):
    make_province(code="19")

    assert client.get(address(make_campaign(), path)).status_code == 404


@pytest.mark.parametrize("path", ["", "19/", "19.json", "theo-ngay.svg", "19/theo-ngay.svg"])
def test_statistics_are_read_only_and_may_be_asked_for_their_head(client, path):
    make_province(code="19")
    page = address(make_campaign(), path)

    assert client.head(page).status_code == 200
    assert {ask(page).status_code for ask in (client.post, client.put, client.patch, client.delete)} == {405}


def test_the_map_names_its_author_and_licence(client):
    campaign = make_campaign()

    assert "Bản đồ: Stephen Truong, CC BY 4.0" in says(client.get(address(campaign)))
