"""What a worker sends wrongly is refused with 422: said beside its field, nothing typed lost, nothing stored."""

import pytest

from accounts.models import Level
from initiatives.models import Initiative
from tests.factories import make_campaign, make_union
from tests.pages import errors_beside, filled_in, focused, form_on, runs_nothing, says, send_form, tree, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REQUIRED = [
    "full_name", "phone", "job_title", "top", "workplace", "block", "field", "title", "effect", "started_on", "consent",
]  # fmt: skip
SAYS_NOTHING = ["", " ", "\u200b", "...", "\r\n", "\u00ad\u2060", "👍", "\u202e"]
LIMITS = {
    "full_name": 100, "job_title": 100, "workplace": 200, "title": 200, "description": 1000, "effect": 1000,
    "co_authors": 500,
}  # fmt: skip
CHOICES = {"top": "x", "block": "x", "field": "x", "gender": "x"}
WRONG_DATES = [
    "24:00 20/4/2021", "31/02/2021", "2021-02-30", "15/02", "hôm qua", "0", "99/99/9999", "15/02/21000", "\x00",
    "2021-02-15T00:00", "31/01/2021", "01/06/2021", "2021-06-01", "15/02/1021", "9" * 5000,
]  # fmt: skip


def refused(client, values):
    """Send the form, see that it is refused and nothing stored, return the page."""
    response = send_form(client, make_campaign(), values)
    assert response.status_code == 422
    assert not Initiative.objects.exists()
    return response


def assert_kept(response, values, *changed):
    """Everything that was typed stands in the form again."""
    kept = filled_in(form_on(response))
    for name in set(values) - set(changed):
        assert kept[name] == values[name].replace("\r\n", "\n"), name


@pytest.mark.parametrize("name", REQUIRED)
def test_each_missing_field_is_named_at_its_place_and_all_else_is_kept(client, name):
    values = typed(make_union())
    del values[name]

    response = refused(client, values)

    (sentence,) = errors_beside(response)[name]
    assert sentence.startswith(("Hãy ghi", "Hãy chọn", "Cần có"))
    assert list(errors_beside(response)) == [name]
    assert focused(response) == [name]
    assert_kept(response, values, "unit" if name == "top" else "")


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_text_without_a_letter_or_digit_is_missing_text(client, text):
    names = ["full_name", "job_title", "workplace", "title", "description", "effect"]

    response = refused(client, typed(make_union(), **dict.fromkeys(names, text)))

    assert list(errors_beside(response)) == names
    assert focused(response) == ["full_name"]


@pytest.mark.parametrize("name", LIMITS)
def test_one_character_too_many_is_counted_out_and_nothing_cut_off(client, name):
    values = typed(make_union(), **{name: "ệ" * (LIMITS[name] + 1)})

    response = refused(client, values)

    (sentence,) = errors_beside(response)[name]
    assert sentence.startswith(f"Phần này dài {LIMITS[name] + 1:,}/{LIMITS[name]:,} ký tự.".replace(",", "."))
    assert focused(response) == [name]
    assert_kept(response, values)


@pytest.mark.parametrize("name", LIMITS)
def test_as_many_characters_as_allowed_are_taken(client, name):
    send_form(client, make_campaign(), typed(make_union(), **{name: "ệ" * LIMITS[name]}))

    assert getattr(Initiative.objects.get(), name) == "ệ" * LIMITS[name]


def test_the_typed_name_of_a_unit_has_its_limit_too(client):
    response = refused(client, typed(make_union(), unit="", unit_other="a" * 201))

    assert list(errors_beside(response)) == ["unit_other"]


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_is_not_offered_is_refused(client, name):
    values = typed(make_union(), **{name: CHOICES[name]})

    response = refused(client, values)

    assert list(errors_beside(response)) == [name]
    assert_kept(response, values, name, "unit")


@pytest.mark.parametrize("text", WRONG_DATES)
def test_what_is_no_day_of_the_period_is_refused(client, text):
    values = typed(make_union(), started_on=text)

    response = refused(client, values)

    assert list(errors_beside(response)) == ["started_on"]
    assert focused(response) == ["started_on"]


@pytest.mark.parametrize(
    "text",
    [
        "15/02/2021",
        "2021-02-15",
        "15-02-2021",
        "15.02.2021",
        "15/2/2021",
        " 15/02/2021 ",
        "01/02/2021",
        "31/05/2021",
        "15/2/21",
        "15 / 02 / 2021",
        "15 tháng 2 năm 2021",
        "Ngày 15 tháng 2 năm 2021",
        "15022021",
    ],
)
def test_a_day_of_the_period_is_taken_in_any_usual_writing(client, text):
    send_form(client, make_campaign(), typed(make_union(), started_on=text))

    day = Initiative.objects.get().started_on
    assert (day.day, day.month) in {(15, 2), (1, 2), (31, 5)}
    assert str(day.day) in text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12000000", 12_000_000), ("12.000.000", 12_000_000), ("12,000,000", 12_000_000), ("12 000 000 đ", 12_000_000),
        ("12 triệu", 12_000_000), ("1,5 tỷ", 1_500_000_000), ("0,25 triệu đồng", 250_000), ("2 TR", 2_000_000),
        ("1.500 triệu", 1_500_000_000), ("2.000 triệu", 2_000_000_000), ("1.5 tỷ", 1_500_000_000),
        ("12tr5", 12_500_000),
        ("500 nghìn", 500_000), ("500k", 500_000), ("12 triệu/năm", 12_000_000), ("1 tỷ 200 triệu", 1_200_000_000),
        ("khoảng 12 triệu một năm", 12_000_000),
        ("12.000.000 đồng", 12_000_000), ("12.000.000 VNĐ", 12_000_000), ("12\u00a0000\u00a0000 vnd", 12_000_000),
        ("12.000.000 \u0111o\u0302\u0300ng", 12_000_000), ("0", 0), ("007", 7), ("1.000.000.000.000.000", 10**15),
    ],
)  # fmt: skip
def test_an_amount_is_understood_as_people_write_it(client, text, amount):
    send_form(client, make_campaign(), typed(make_union(), benefit=text))

    assert Initiative.objects.get().benefit == amount


@pytest.mark.parametrize(
    "text",
    [
        "-5", "−5", "mười triệu", "1e6", "0x10", "12,5", "1.5", "12.000.000,50", "12.00.000", "1,500 triệu", "٣",
        "½", "²",
        "1000000000000001", "9" * 5000, "=1+1", "\x00",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_rather_than_guessed(client, text):
    values = typed(make_union(), benefit=text)
    if text == "\x00":
        values["benefit"] = "5\x00đôla"

    response = refused(client, values)

    assert list(errors_beside(response)) == ["benefit"]


@pytest.mark.parametrize(
    "text", ["85", "1929", "2007", "2021", "-1985", "một chín tám lăm", "1985.5", "9" * 5000, "\x00"]
)
def test_a_birth_year_that_cannot_be_is_refused(client, text):
    response = refused(client, typed(make_union(), birth_year=text))

    assert list(errors_beside(response)) == ["birth_year"]
    assert form_on(response).xpath(".//details")[0].get("open") is not None


@pytest.mark.parametrize("text", ["1930", "2006"])
def test_the_oldest_and_the_youngest_are_taken(client, text):
    send_form(client, make_campaign(), typed(make_union(), birth_year=text))

    assert Initiative.objects.get().birth_year == int(text)


@pytest.mark.parametrize(
    "text",
    [
        "hoa",
        "hoa@",
        "@x.vn",
        "a b@x.vn",
        "a@x.vn\r\nBcc: b@y.vn",
        "a@x.vn\nBcc: b@y.vn",
        "a@x",
        "a@" + "x" * 300,
    ],
)
def test_a_broken_e_mail_address_is_refused(client, text):
    response = refused(client, typed(make_union(), email=text))

    assert list(errors_beside(response)) == ["email"]


def test_a_unit_of_another_province_is_refused(client):
    mine, foreign = make_union(), make_union()
    values = typed(mine, unit=foreign.code)

    response = refused(client, values)

    assert list(errors_beside(response)) == ["unit"]
    assert focused(response) == ["unit"]
    assert_kept(response, values, "unit")


@pytest.mark.parametrize("picked", ["top", "national", "closed", "none", "nul"])
def test_what_is_no_unit_of_the_province_is_refused(client, picked):
    unit = make_union()
    closed = make_union(parent=unit.parent, is_active=False)
    code = {"top": unit.top.code, "national": "TLD", "closed": closed.code, "none": "X9", "nul": "\x00"}[picked]

    assert list(errors_beside(refused(client, typed(unit, unit=code)))) == ["unit"]


def test_neither_picked_nor_typed_is_refused_where_one_picks(client):
    response = refused(client, typed(make_union(), unit=""))

    assert list(errors_beside(response)) == ["unit"]


def test_everything_wrong_at_once_is_said_at_once_and_the_cursor_is_in_the_first(client):
    make_union(Level.TOP)

    response = refused(client, {"description": "\r\n<b>1</b>", "email": "x", "birth_year": "x"})

    assert set(errors_beside(response)) == {*REQUIRED, "email", "birth_year", "unit"}
    assert focused(response) == ["full_name"]
    assert filled_in(form_on(response))["description"] == "\n<b>1</b>"
    assert runs_nothing(response)


@pytest.mark.parametrize("name", [*REQUIRED, "description"])
def test_the_list_of_mistakes_leads_to_the_fields(client, name):
    values = typed(make_union())
    del values[name]

    page = tree(refused(client, values))

    (link,) = page.xpath("//*[@id='error-summary']//a/@href")
    assert page.get_element_by_id(link.removeprefix("#")).get("name") == name


def test_a_refused_page_says_that_it_is_one(client):
    response = refused(client, typed(make_union(), title=""))

    assert tree(response).findtext(".//title").startswith("Cần sửa")
    assert "nội dung bạn đã gõ vẫn còn nguyên" in says(response)
    assert "no-store" in response["Cache-Control"]
