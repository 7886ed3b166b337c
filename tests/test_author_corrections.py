"""R8 on the pages: an author corrects or withdraws until closing, never after, and nothing that was typed is lost."""

import pytest

from initiatives.changing import withdraw
from initiatives.models import Initiative
from initiatives.screening import accept
from tests.factories import IN_TIME, make_campaign, make_initiative, make_union, make_user
from tests.pages import errors_beside, filled_in, form_on, says, send_form, tree, typed

pytestmark = pytest.mark.django_db

CLOSED = "2021-04-21 00:00:00"


def correct_page(initiative):
    return f"{initiative.private_path}sua/"


def correction(client, initiative, **values):
    """What the browser sends from the correction page."""
    return filled_in(form_on(client.get(correct_page(initiative)))) | values


def test_the_correction_page_holds_what_was_sent_and_sending_it_back_changes_nothing(client):
    send_form(client, make_campaign(), typed(make_union()))
    initiative = Initiative.objects.get()
    values = correction(client, initiative)

    assert values["description"] == "Gắn thêm thước.\nCắt một lần được nhiều lớp vải."
    assert values["co_authors"] == "Trần Văn Hai\nLê Thị Ba"
    assert (values["started_on"], values["phone"], values["benefit"]) == ("15/02/2021", "0912 345 678", "12000000")
    before = Initiative.objects.values().get()
    assert client.post(correct_page(initiative), values)["Location"] == initiative.private_path
    assert Initiative.objects.values().get() == before


def test_a_correction_is_stored_and_a_screened_initiative_waits_again(client):
    initiative = make_initiative(accepted=True)

    response = client.post(correct_page(initiative), correction(client, initiative, title="Tên mới"))

    initiative.refresh_from_db()
    assert response["Location"] == initiative.private_path
    assert (initiative.title, initiative.status, initiative.version) == ("Tên mới", "SENT", 3)


def test_a_correction_with_mistakes_is_refused_as_the_first_sending_is(client):
    initiative = make_initiative()

    response = client.post(correct_page(initiative), correction(client, initiative, title="", effect="Chữ đã gõ"))

    assert response.status_code == 422
    assert list(errors_beside(response)) == ["title"]
    assert filled_in(form_on(response))["effect"] == "Chữ đã gõ"
    assert Initiative.objects.get().title == initiative.title


def test_a_stale_page_is_told_keeps_what_was_typed_and_is_saved_by_one_more_click(client):
    initiative = make_initiative()
    mine, theirs = (correction(client, initiative, title=title) for title in ("Của tôi", "Của bạn tôi"))
    client.post(correct_page(initiative), theirs)

    response = client.post(correct_page(initiative), mine)

    assert response.status_code == 422
    assert "vừa được thay đổi ở nơi khác" in says(response)
    assert Initiative.objects.get().title == "Của bạn tôi"
    again = filled_in(form_on(response))
    assert again["title"] == "Của tôi"
    client.post(correct_page(initiative), again)
    assert Initiative.objects.get().title == "Của tôi"


@pytest.mark.parametrize("detour", [{"title": ""}, {"pick_top": "1"}])
def test_a_stale_page_stays_stale_over_a_mistake_and_over_picking_a_province(client, detour):
    initiative = make_initiative()
    mine = correction(client, initiative, title="Của tôi")
    client.post(correct_page(initiative), correction(client, initiative, title="Của bạn tôi"))

    again = filled_in(form_on(client.post(correct_page(initiative), mine | detour))) | {"title": "Của tôi"}

    assert client.post(correct_page(initiative), again).status_code == 422
    assert Initiative.objects.get().title == "Của bạn tôi"


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "99", "\x00", "9" * 5000])
def test_a_version_that_is_none_is_a_stale_one(client, version):
    initiative = make_initiative()

    response = client.post(correct_page(initiative), correction(client, initiative, title="Mới", version=version))

    assert response.status_code == 422
    assert Initiative.objects.get().title == initiative.title


def test_a_correction_carries_nothing_that_the_site_decides(client):
    initiative = make_initiative()
    forged = {"status": "ACCEPTED", "secret": "x", "code": "y", "campaign": "1", "branch": "1"}
    values = correction(client, initiative, title="Mới") | forged

    client.post(correct_page(initiative), values)

    stored = Initiative.objects.get()
    assert (stored.status, stored.secret, stored.code) == ("SENT", initiative.secret, initiative.code)
    assert stored.title == "Mới"


# Closing (R8)


def test_until_closing_the_receipt_offers_both_and_after_it_neither(client, at):
    initiative = make_initiative()
    ways = {correct_page(initiative), f"{initiative.private_path}rut/"}
    at("2021-04-20 23:59:50")
    assert ways <= set(tree(client.get(initiative.private_path)).xpath("//main//a/@href"))

    at(CLOSED)
    assert not ways & set(tree(client.get(initiative.private_path)).xpath("//main//a/@href"))
    for way in ways:
        assert client.get(way)["Location"] == initiative.private_path


@pytest.mark.parametrize("mistake", [{}, {"title": ""}, {"pick_top": "1"}])
def test_after_closing_a_correction_is_refused_and_its_text_kept_for_copying(client, at, mistake):
    initiative = make_initiative()
    values = correction(client, initiative, effect="Chữ vừa gõ") | mistake
    at(CLOSED)

    response = client.post(correct_page(initiative), values)

    assert response.status_code == 403
    assert "Chữ vừa gõ" in says(response)
    assert Initiative.objects.get().effect == initiative.effect


def test_withdrawing_asks_first_and_is_done_by_its_button_alone(client):
    initiative = make_initiative()
    page = client.get(f"{initiative.private_path}rut/")
    assert initiative.title in says(page)
    assert Initiative.objects.get().status == "SENT"

    response = client.post(f"{initiative.private_path}rut/")

    assert response["Location"] == initiative.private_path
    assert Initiative.objects.get().status == "WITHDRAWN"
    receipt = client.get(initiative.private_path)
    assert "Sáng kiến đã rút" in says(receipt)
    assert not tree(receipt).xpath("//main//a[contains(@href, '/sua/') or contains(@href, '/rut/')]")


def test_after_closing_nothing_is_withdrawn(client, at):
    initiative = make_initiative()
    at(CLOSED)

    response = client.post(f"{initiative.private_path}rut/")

    assert response.status_code == 403
    assert Initiative.objects.get().status == "SENT"


def test_what_is_withdrawn_is_corrected_no_more(client):
    initiative = make_initiative()
    values = correction(client, initiative, title="Mới")
    withdraw(initiative, arrived_at=IN_TIME)

    response = client.post(correct_page(initiative), values)

    assert response.status_code == 422
    assert "đã được rút" in says(response)
    assert filled_in(form_on(response))["title"] == "Mới"
    assert Initiative.objects.get().title == initiative.title
    assert client.get(correct_page(initiative))["Location"] == initiative.private_path


def test_withdrawing_twice_is_withdrawing_once_also_after_a_decision(client):
    initiative = make_initiative()
    accept(initiative, by=make_user(), version=initiative.version)

    for _ in range(2):
        assert client.post(f"{initiative.private_path}rut/")["Location"] == initiative.private_path
    assert Initiative.objects.get().version == 3
