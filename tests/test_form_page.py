"""The form that a worker fills in: its fields by name, the workplace picked beforehand, sending it."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from accounts.abbreviations import search_words
from accounts.models import Level
from initiatives.models import Initiative
from tests.conftest import moment
from tests.factories import make_campaign, make_union
from tests.pages import (
    errors_beside,
    filled_in,
    focused,
    form_address,
    form_on,
    runs_nothing,
    says,
    send_form,
    typed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CONTRACT = [
    "full_name", "birth_year", "gender", "phone", "email", "job_title", "co_authors", "top", "unit", "unit_other",
    "workplace", "block", "field", "title", "description", "is_secret", "effect", "benefit", "started_on", "consent",
    "submission_id",
]  # fmt: skip
OPTIONAL = ["email", "birth_year", "gender", "co_authors", "benefit"]


def open_form(client, campaign=None, query=""):
    return client.get(form_address(campaign or make_campaign()) + query)


# The page


@pytest.mark.parametrize("name", CONTRACT)
def test_every_field_of_the_contract_is_on_the_page(client, name):
    assert name in form_on(open_form(client)).inputs.keys()  # noqa: SIM118 (lxml's `in` looks for the element)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("block", ["enterprise", "administrative"]),
        ("field", ["production", "new_product", "safety_environment", "administration", "community"]),
    ],
)
def test_the_choices_carry_the_values_of_the_contract_and_none_is_picked_beforehand(client, name, values):
    radios = form_on(open_form(client)).inputs[name]

    assert [radio.get("value") for radio in radios] == values
    assert radios.value is None


def test_consent_is_an_unticked_box_with_its_words(client):
    response = open_form(client, make_campaign(consent_text="Tôi đồng ý cho công đoàn lưu sáng kiến."))

    box = form_on(response).inputs["consent"]
    assert (box.get("type"), box.checked) == ("checkbox", False)
    assert "Tôi đồng ý cho công đoàn lưu sáng kiến." in says(response)


def test_nothing_on_the_form_cuts_off_text_in_silence(client):
    assert b"maxlength" not in open_form(client).content.lower()


def test_an_opened_form_is_new_unfocused_and_kept_by_no_cache(client):
    campaign = make_campaign()
    first, second = open_form(client, campaign), open_form(client, campaign)
    numbers = {uuid.UUID(form_on(response).inputs["submission_id"].value) for response in (first, second)}

    assert len(numbers) == 2
    assert "no-store" in first["Cache-Control"]
    assert focused(first) == []
    assert "sessionid" not in client.cookies


def test_the_enter_key_sends_and_does_not_pick_a_province(client):
    buttons = form_on(open_form(client)).xpath(".//button[not(@type='button')]")

    assert [button.get("name") for button in buttons] == [None, "pick_top", None]
    assert buttons[0].get("tabindex") == "-1"


def test_provinces_are_listed_by_name_then_sectors_and_nothing_that_is_closed(client):
    make_union(Level.TOP, short_name="Lai Châu", code="12")
    make_union(Level.TOP, short_name="Cà Mau", code="96")
    make_union(Level.TOP, short_name="Đà Nẵng", code="48")
    make_union(Level.TOP, short_name="Bình Định", code="52")
    make_union(Level.TOP, short_name="Bạc Liêu", code="95")
    make_union(Level.TOP, name="Công đoàn Y tế Việt Nam", code="N1", is_sector=True)
    make_union(Level.TOP, short_name="Giải thể", code="99", is_active=False)

    groups = form_on(open_form(client)).inputs["top"].findall("optgroup")

    assert [[(o.get("value"), o.text) for o in group] for group in groups] == [
        [("95", "Bạc Liêu"), ("52", "Bình Định"), ("96", "Cà Mau"), ("48", "Đà Nẵng"), ("12", "Lai Châu")],
        [("N1", "Y tế")],
    ]


# The workplace


def test_the_units_of_a_province_are_there_for_the_second_picker(client):
    top = make_union(Level.TOP, code="19")
    upper = make_union(parent=top, code="U-A", name="LĐLĐ huyện Đại Từ")
    grassroots = make_union(Level.GRASSROOTS, upper, code="U-B", name="CĐCS Chè")
    make_union(parent=top, code="U-C", is_active=False)
    make_union(code="U-D")
    address = reverse("units_of", args=[make_campaign().slug, "19"])

    assert client.get(address).json() == [
        ["U-A", "LĐLĐ huyện Đại Từ", search_words(upper)],
        ["U-B", "CĐCS Chè", search_words(grassroots)],
    ]


@pytest.mark.parametrize("code", ["U-A", "XX", "%00", "%ED%A0%80", "' OR 1=1"])
def test_units_are_told_of_provinces_and_sectors_only(client, code):
    make_union(code="U-A")

    assert client.get(f"/{make_campaign().slug}/don-vi/{code}.json").status_code == 404


def test_without_javascript_a_button_lists_the_units_and_keeps_all_that_was_typed(client):
    unit, other = make_union(), make_union()
    values = typed(unit, unit="", full_name="", phone="12", description="\r\nhai dòng\r\nmột", is_secret="on")

    response = send_form(client, make_campaign(), values | {"pick_top": "1"})

    form = form_on(response)
    kept = filled_in(form)
    assert response.status_code == 200
    assert [option.get("value") for option in form.inputs["unit"]] == ["", unit.code, "other"]
    assert other.code not in kept.values()
    assert kept["description"] == "\nhai dòng\nmột"
    for name in set(values) - {"description", "co_authors"}:
        assert kept[name] == values[name], name
    assert errors_beside(response) == {}
    assert focused(response) == []
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("code", ["19-1", "TN-01"])
def test_a_unions_own_link_picks_the_workplace_beforehand(client, code):
    unit = make_union(code="19-1", local_code="TN-01", name="LĐLĐ huyện Đại Từ")

    response = open_form(client, query=f"?don-vi={code}")

    form = form_on(response)
    assert (form.inputs["top"].value, form.inputs["unit"].value) == (unit.top.code, "19-1")
    assert "LĐLĐ huyện Đại Từ" in says(response)


def test_a_provinces_own_link_picks_the_province_alone(client):
    top = make_union(Level.TOP)

    form = form_on(open_form(client, query=f"?don-vi={top.code}"))

    assert (form.inputs["top"].value, form.inputs["unit"].value) == (top.code, "")


@pytest.mark.parametrize("code", ["", "none", "%00", "%ED%A0%80", "a" * 500, "<b>", "CLOSED", "' OR 1=1"])
def test_a_code_that_no_union_has_is_ignored(client, code):
    make_union(code="CLOSED", is_active=False)

    response = open_form(client, query=f"?don-vi={code}")

    assert response.status_code == 200
    assert form_on(response).inputs["top"].value == ""
    assert runs_nothing(response)


# Sending


def test_a_plain_post_of_the_contract_is_stored_and_leads_to_the_receipt(client):
    unit, campaign = make_union(), make_campaign()

    response = send_form(client, campaign, typed(unit))

    stored = Initiative.objects.get()
    assert response.status_code in (302, 303)
    assert response["Location"] == f"/{campaign.slug}/da-nhan/{stored.secret}/"
    assert {name: getattr(stored, name) for name in CONTRACT if name not in ("submission_id", "consent")} == {
        "full_name": "Nguyễn Thị Hoà",
        "birth_year": 1985,
        "gender": "female",
        "phone": "+84912345678",
        "email": "hoa@example.vn",
        "job_title": "Công nhân may",
        "co_authors": "Trần Văn Hai\nLê Thị Ba",
        "top": unit.top,
        "unit": unit,
        "unit_other": "",
        "workplace": "Xưởng may số 2",
        "block": "enterprise",
        "field": "production",
        "title": "Cải tiến bàn cắt vải",
        "description": "Gắn thêm thước.\nCắt một lần được nhiều lớp vải.",
        "is_secret": False,
        "effect": "Giảm một nửa thời gian cắt.",
        "benefit": 12_000_000,
        "started_on": date(2021, 2, 15),
    }
    assert stored.arrived_at >= moment("2021-04-01 08:00")
    assert client.get(response["Location"]).status_code == 200


def test_the_page_itself_filled_in_as_a_person_does_is_stored(client):
    unit, campaign = make_union(), make_campaign()
    page = filled_in(form_on(open_form(client, campaign, f"?don-vi={unit.code}")))
    typed_by_hand = {name: value for name, value in typed(unit).items() if name not in ("submission_id", "top", "unit")}

    send_form(client, campaign, page | typed_by_hand)

    assert Initiative.objects.get().unit == unit


@pytest.mark.parametrize("empty", [False, True])
def test_what_is_optional_may_be_left_out(client, empty):
    values = typed(make_union())
    values = values | dict.fromkeys(OPTIONAL, "") if empty else {k: v for k, v in values.items() if k not in OPTIONAL}

    send_form(client, make_campaign(), values)

    stored = Initiative.objects.get()
    assert [getattr(stored, name) for name in OPTIONAL] == ["", None, "", "", None]


def test_under_technological_secrecy_the_description_may_be_left_out(client):
    send_form(client, make_campaign(), typed(make_union(), description="", is_secret="on"))

    assert (Initiative.objects.get().is_secret, Initiative.objects.get().description) == (True, "")


def test_a_unit_that_is_not_in_the_list_is_typed_and_a_picked_one_wins(client):
    unit, campaign = make_union(), make_campaign()

    send_form(client, campaign, typed(unit, unit="", unit_other=" Công đoàn  Mới "))
    send_form(client, campaign, typed(unit, unit_other="Tên thừa"))

    assert [(row.unit, row.unit_other) for row in Initiative.objects.order_by("id")] == [
        (None, "Công đoàn Mới"),
        (unit, ""),
    ]


@pytest.mark.parametrize(
    "text", ["a" * 1000, "ệ" * 1000, "e\u0323\u0302" * 1000, "a\r\n" * 499 + "ab", "👍" * 999 + "a"]
)
def test_1000_characters_are_taken_whole_however_the_browser_sends_them(client, text):
    send_form(client, make_campaign(), typed(make_union(), description=text))

    assert len(Initiative.objects.get().description) == 1000
