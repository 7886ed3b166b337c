"""A group's or a unit's initiative on the form, and what a script is told instead of being led to the receipt."""

import pytest

from dossiers.quota import summary_of
from initiatives.models import Initiative
from tests.factories import make_campaign, make_initiative, make_union
from tests.pages import errors_beside, form_address, form_on, says, send_form, typed

pytestmark = pytest.mark.django_db
GROUP = {
    "full_name": "Nguyễn Văn An",
    "collective": "Tổ hàn số 2",
    "co_authors": "Trần Thị Bình: 30\r\nLê Văn Cường 20%",
}


def test_a_group_is_stored_with_shares_written_one_way(client):
    response = send_form(client, make_campaign(), typed(make_union(), **GROUP))

    initiative = Initiative.objects.get()
    assert initiative.co_authors == "Trần Thị Bình – 30%\nLê Văn Cường – 20%"
    assert [str(author) for author in initiative.authors] == [
        "Nguyễn Văn An – 50%",
        "Trần Thị Bình – 30%",
        "Lê Văn Cường – 20%",
    ]
    page = says(client.get(response["Location"]))
    assert "Tổ hàn số 2" in page
    assert "Nguyễn Văn An – 50%" in page


def test_the_summary_of_a_dossier_names_the_group_and_everybody_in_it():
    initiative = make_initiative(**{**GROUP, "co_authors": "Trần Thị Bình – 30%"})

    assert summary_of(initiative)["authors"] == "Tổ hàn số 2\nNguyễn Văn An – 70%\nTrần Thị Bình – 30%"


@pytest.mark.parametrize("shares", ["Trần Thị Bình 60%\nLê Văn Cường 40%", "Trần Thị Bình 60%\nLê Văn Cường"])
def test_shares_that_are_no_whole_are_refused_beside_the_field_and_stay_typed(client, shares):
    response = send_form(client, make_campaign(), typed(make_union(), **GROUP | {"co_authors": shares}))

    assert response.status_code == 422
    assert errors_beside(response)["co_authors"]
    assert form_on(response).inputs["co_authors"].value.strip() == shares
    assert not Initiative.objects.exists()


def test_what_fits_as_typed_is_taken_although_it_is_stored_a_little_longer(client):
    lines = "\n".join(f"{chr(ord('u') + number // 26)}{chr(ord('a') + number % 26)}:1" for number in range(99))
    assert len(lines) <= 500

    assert send_form(client, make_campaign(), typed(make_union(), co_authors=lines)).status_code == 302
    assert len(Initiative.objects.get().co_authors) > 500


def test_folds_are_closed_until_something_in_them_is_typed_or_refused(client):
    campaign = make_campaign()
    fresh = form_on(client.get(form_address(campaign))).xpath(".//details")
    sent = form_on(send_form(client, campaign, typed(make_union(), title="", benefit="nhiều"))).xpath(".//details")

    assert [fold.get("open") is not None for fold in fresh] == [False, False, False]
    assert [fold.get("open") is not None for fold in sent] == [True, True, True]


def test_a_script_is_told_where_the_receipt_is_and_a_browser_is_led_there(client):
    campaign, values = make_campaign(), typed(make_union())

    led = client.post(form_address(campaign), values)
    told = client.post(form_address(campaign), values, headers={"X-Sent-By": "script"})

    assert (led.status_code, told.status_code) == (302, 204)
    assert told["X-Go-To"] == led["Location"]
    assert Initiative.objects.count() == 1


def test_a_corrected_initiative_tells_a_script_the_same(client):
    initiative = make_initiative()
    values = typed(initiative.unit, title="Tên mới", version=initiative.version)

    told = client.post(f"{initiative.private_path}sua/", values, headers={"X-Sent-By": "script"})

    assert told["X-Go-To"] == initiative.private_path
    assert Initiative.objects.get().title == "Tên mới"
