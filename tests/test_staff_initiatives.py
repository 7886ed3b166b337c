"""Initiatives as union staff see them: their own union and below, found, paged, read, accepted or rejected."""

import pytest
from django.urls import reverse

from accounts.models import Level, Role
from accounts.roles import grant
from initiatives.changing import correct
from initiatives.models import Block, Field, Initiative
from initiatives.screening import reject
from tests.factories import IN_TIME, answers, make_board, make_initiative, make_national_user, make_staff, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

LIST = "/cong-doan/sang-kien/"


def titles(client, query=""):
    return [row.title for row in client.get(LIST + query).context["page"].rows]


def act(client, initiative, deed, **values):
    values = {"version": str(initiative.version)} | values
    return client.post(reverse(f"{deed}_initiative", args=[initiative.code]), values)


# The list


def test_staff_see_what_was_sent_from_their_union_and_below():
    top = make_union(Level.TOP)
    upper, neighbour = make_union(parent=top), make_union(parent=top)
    below = make_union(Level.GRASSROOTS, upper)
    for unit, title in {top: "Tỉnh", upper: "Huyện", below: "Cơ sở", neighbour: "Huyện bên"}.items():
        make_initiative(None if unit == top else unit, top=top, title=title)
    make_initiative(title="Tỉnh khác")

    seen = {union: titles(signed_in(make_staff(union))) for union in (top, upper, below, neighbour)}

    assert seen == {
        top: ["Huyện bên", "Cơ sở", "Huyện", "Tỉnh"],
        upper: ["Cơ sở", "Huyện"],
        below: ["Cơ sở"],
        neighbour: ["Huyện bên"],
    }


def test_staff_of_two_unions_see_both_and_searching_stays_within_them():
    mine, also_mine = make_union(), make_union()
    user = make_staff(mine)
    grant(user, also_mine, Role.STAFF)
    for unit in (mine, also_mine, make_union()):
        make_initiative(unit, title=f"Cải tiến {unit.code}")

    expected = [f"Cải tiến {also_mine.code}", f"Cải tiến {mine.code}"]
    assert titles(signed_in(user)) == titles(signed_in(user), "?q=cai+tien") == expected
    assert titles(signed_in(user), f"?unit={mine.code}") == expected[1:]


@pytest.mark.parametrize(
    "text", ["sang kien", "SANG KIEN", "Sáng  kiến", "sa\u0301ng", "kien sang", "ngoc", "truong", "đổi", "doi"]
)
def test_searching_needs_no_marks_no_case_and_no_order(text):
    unit = make_union()
    make_initiative(unit, title="Sáng kiến đổi mới", full_name="Lê Thị Ngọc", workplace="Trường Chu Văn An")
    make_initiative(unit, title="Việc khác", full_name="Trần Nam", workplace="Xưởng may")

    assert titles(signed_in(make_staff(unit)), f"?q={text}") == ["Sáng kiến đổi mới"]


def test_a_whole_code_finds_its_initiative_but_not_that_of_another_union():
    mine, foreign = make_initiative(title="Của mình"), make_initiative()
    client = signed_in(make_staff(mine.unit))

    assert titles(client, f"?q={mine.shown_code.lower()}") == ["Của mình"]
    assert titles(client, f"?q={foreign.shown_code}") == []


@pytest.mark.parametrize("text", ["s", "đ", "%%", " a "])
def test_a_search_that_is_too_short_is_told_so_and_leaves_the_list_whole(text):
    initiative = make_initiative()

    response = signed_in(make_staff(initiative.unit)).get(LIST, {"q": text})

    assert ("Hãy ghi ít nhất hai chữ cái" in says(response)) is (text != "%%")
    assert response.context["page"].rows == [initiative]


def test_a_family_name_of_two_letters_is_found():
    unit = make_union()
    make_initiative(unit, title="Của chị Hà", full_name="Lê Thị Hà", workplace="Xưởng 2")
    make_initiative(unit, title="Việc mới", full_name="Trần Nam", workplace="Xưởng 2")

    for text in ("Hà", "lê"):
        assert titles(signed_in(make_staff(unit)), f"?q={text}") == ["Của chị Hà"]


def test_filters_narrow_the_list_and_work_together():
    upper = make_union()
    below = make_union(Level.GRASSROOTS, upper, local_code="CS-1")
    for number, field in enumerate(Field.values):
        make_initiative(below if number % 2 else upper, title=field, field=field, block=Block.values[number % 2])
    reject(Initiative.objects.get(title="community"), "Không rõ.", by=make_staff(upper), version=1)
    client = signed_in(make_staff(upper))

    assert titles(client, "?field=new_product") == ["new_product"]
    assert titles(client, "?status=REJECTED") == ["community"]
    assert titles(client, "?block=administrative") == ["administration", "new_product"]
    assert titles(client, f"?unit={below.code}") == titles(client, "?unit=CS-1") == ["administration", "new_product"]
    assert titles(client, "?status=SENT&block=enterprise") == ["safety_environment", "production"]
    assert titles(client, "?field=new_product&block=enterprise") == []
    assert "Không có sáng kiến nào phù hợp" in says(client.get(LIST, {"unit": "none"}))


def test_a_filter_on_a_foreign_union_shows_nothing_of_it():
    mine, foreign = make_initiative(), make_initiative()

    assert titles(signed_in(make_staff(mine.unit)), f"?unit={foreign.unit.code}") == []


def test_the_filter_form_keeps_what_was_asked_and_escapes_it():
    response = signed_in(make_staff(make_union())).get(LIST, {"q": '"><b>x', "status": "SENT", "field": "none"})

    form = next(form for form in tree(response).forms if form.method == "GET")
    assert form.inputs["q"].value == '"><b>x'
    assert (form.inputs["status"].value, form.inputs["field"].value) == ("SENT", "")


def test_the_pages_walk_over_every_row_once_in_both_directions(monkeypatch):
    unit = make_union()
    for number in range(23):
        make_initiative(unit, title=f"Sáng kiến {number}", block=Block.values[number % 4 == 3])
    monkeypatch.setattr("config.paging.page_of.__defaults__", (5,))
    client = signed_in(make_staff(unit))
    expected = [f"Sáng kiến {number}" for number in reversed(range(23)) if number % 4 != 3]

    there, address = walk(client, "?q=sang+kien&block=enterprise", "Cũ hơn")
    back, _ = walk(client, address, "Mới hơn")

    assert [title for page in there for title in page] == expected
    assert [len(page) for page in there] == [5, 5, 5, 3]
    assert [title for page in reversed(back) for title in page] == expected
    assert len(back) == 4


def walk(client, query, words):
    """Follow the link with these words to the end; return the titles page by page, and the last address."""
    pages = []
    while True:
        response = client.get(LIST + query)
        pages.append([row.title for row in response.context["page"].rows])
        links = [link.get("href") for link in tree(response).xpath("//nav//a") if words in link.text]
        if not links:
            return pages, query
        (query,) = links


@pytest.mark.parametrize(
    "query", ["?truoc=1", "?sau=999999", "?truoc=x", "?sau=-1", "?truoc=5&sau=5", "?sau=" + "9" * 40]
)
def test_a_page_beyond_the_end_or_of_no_number_is_a_page(query):
    response = signed_in(make_staff(make_initiative().unit)).get(LIST + query)

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("query", "cost"), [("", 6), ("?q=cai+tien&status=SENT", 8), ("?unit=A-1", 7)])
def test_the_list_costs_the_same_for_any_number_of_rows(django_assert_num_queries, rows, query, cost):
    unit = make_union(code="A-1")
    for _ in range(rows):
        make_initiative(make_union(Level.GRASSROOTS, unit))
    client = signed_in(make_staff(unit))

    with django_assert_num_queries(cost):
        assert len(client.get(LIST + query).context["page"].rows) == rows


# One initiative


@pytest.mark.parametrize(
    "writing", [str.lower, lambda code: f"{code[:4]}-{code[4:]}", lambda code: code.replace("0", "O")]
)
def test_an_initiative_is_opened_by_its_code_in_any_writing(writing):
    initiative = make_initiative()

    response = signed_in(make_staff(initiative.unit)).get(f"{LIST}{writing(initiative.code)}/")

    assert initiative.title in says(response)
    assert initiative.shown_phone in says(response)


@pytest.mark.parametrize("code", ["x", "000000000000", "%00", "%ED%A0%80", "' OR 1=1", "a" * 3000])
def test_what_is_no_code_finds_nothing(code):
    initiative = make_initiative()

    assert signed_in(make_staff(initiative.unit)).get(f"{LIST}{code}/").status_code == 404


def test_an_initiative_of_another_union_is_not_there():
    initiative = make_initiative()
    neighbour = signed_in(make_staff(make_union(parent=initiative.top)))

    assert neighbour.get(initiative.get_absolute_url()).status_code == 404
    for deed in ("accept", "reject"):
        assert act(neighbour, initiative, deed, reason="Không.").status_code == 404
    assert Initiative.objects.get().status == "SENT"


@pytest.mark.parametrize("make", [make_board, lambda top: make_national_user()])
def test_board_and_national_staff_read_but_do_not_screen(make):
    initiative = make_initiative()
    client = signed_in(make(initiative.top))

    page = client.get(initiative.get_absolute_url())

    assert page.status_code == 200
    assert [form.get("action") for form in tree(page).xpath("//main//form")] == [
        reverse("move_initiative", args=[initiative.code])
    ]
    for deed in ("accept", "reject"):
        assert act(client, initiative, deed, reason="Không.").status_code == 404
    assert Initiative.objects.get().status == "SENT"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_however_long_its_record_is(django_assert_num_queries, rows):
    initiative = make_initiative()
    for version in range(1, rows + 1):
        correct(initiative, answers(initiative.unit, title=f"Lần {version}"), version=version, arrived_at=IN_TIME)
    client = signed_in(make_staff(initiative.unit))

    with django_assert_num_queries(11):
        assert client.get(initiative.get_absolute_url()).context["steps"][rows].changed == ("tên sáng kiến",)
