"""Screening on its pages: accepting, rejecting with a reason, on to the next one and back to the list."""

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories import make_board, make_initiative, make_staff, make_union
from tests.pages import filled_in, focused, form_on, says, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEXT = "//main//a[contains(., 'tiếp theo')]/@href"
BACK = "//main//a[contains(., '← Danh sách sáng kiến')]/@href"


def act(client, initiative, deed, **values):
    values = {"version": str(initiative.version)} | values
    return client.post(reverse(f"{deed}_initiative", args=[initiative.code]), values)


# Deciding


def test_accepting_is_one_click_from_the_page_and_is_signed():
    initiative = make_initiative()
    user = make_staff(initiative.unit)
    client = signed_in(user)
    address = reverse("accept_initiative", args=[initiative.code])

    response = client.post(address, filled_in(form_on(client.get(initiative.get_absolute_url()), address)), follow=True)

    assert Initiative.objects.get().status == "ACCEPTED"
    assert f"Đã chấp nhận {initiative.shown_code}" in says(response)
    assert f"{user} Chấp nhận" in says(response)
    assert not [form for form in tree(response).forms if form.action == address]


def test_rejecting_asks_for_the_reason_that_the_author_reads():
    initiative = make_initiative(accepted=True)
    client = signed_in(make_staff(initiative.unit))

    response = act(client, initiative, "reject", reason="Chưa rõ cách làm.")

    assert response["Location"] == f"{initiative.get_absolute_url()}?status=SENT"
    page = says(client.get(response["Location"]))
    assert f"Đã ghi nhận: sáng kiến {initiative.shown_code} không đạt. Tác giả sẽ thấy lý do." in page
    assert "Không đạt: Chưa rõ cách làm." in page
    stored = Initiative.objects.get()
    assert (stored.status, stored.status_reason) == ("REJECTED", "Chưa rõ cách làm.")
    assert "Chưa rõ cách làm." in says(client.get(initiative.private_path))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Hãy ghi lý do"), (" \r\n. ", "Hãy ghi lý do"), ("<b>ệ</b>" * 63, "Lý do dài 504/500 ký tự")],
)
def test_a_reason_that_is_missing_or_too_long_is_refused_and_kept(reason, words):
    initiative = make_initiative()
    client = signed_in(make_staff(initiative.unit))

    response = act(client, initiative, "reject", reason=reason)

    assert response.status_code == 422
    box = tree(response).get_element_by_id("reason")
    assert words in tree(response).get_element_by_id(box.get("aria-describedby")).text
    assert (box.get("aria-invalid"), focused(response)) == ("true", ["reason"])
    form = form_on(response, reverse("reject_initiative", args=[initiative.code]))
    assert form.inputs["reason"].value.strip() == reason.strip()
    assert Initiative.objects.get().status == "SENT"


@pytest.mark.parametrize("version", ["", "x", "0", "2", "9" * 40])
def test_a_stale_page_decides_nothing_and_says_so(version):
    initiative = make_initiative()
    client = signed_in(make_staff(initiative.unit))

    accepted = client.get(act(client, initiative, "accept", version=version)["Location"])
    rejected = act(client, initiative, "reject", version=version, reason="Đã gõ rồi.")

    for response in (accepted, rejected):
        assert "vừa được tác giả hoặc người khác thay đổi" in says(response)
    assert rejected.status_code == 422
    assert "Đã gõ rồi." in says(rejected)
    assert Initiative.objects.get().status == "SENT"


def test_what_its_author_withdrew_is_screened_no_more():
    initiative = make_initiative()
    Initiative.objects.update(status="WITHDRAWN")
    client = signed_in(make_staff(initiative.unit))

    assert not tree(client.get(initiative.get_absolute_url())).xpath("//main//form")
    assert "Tác giả đã rút" in says(client.get(act(client, initiative, "accept")["Location"]))
    assert "Tác giả đã rút" in says(act(client, initiative, "reject", reason="Không."))
    assert Initiative.objects.get().status == "WITHDRAWN"


# On and back


def test_screening_goes_on_down_the_list_then_from_its_top_until_nothing_waits():
    unit = make_union()
    oldest, middle, newest = (make_initiative(unit) for _ in range(3))
    make_initiative(unit, accepted=True)
    make_initiative(make_union(parent=unit.parent))
    client = signed_in(make_staff(unit))

    walked, address = [], middle.get_absolute_url()
    while address:
        page = client.get(address)
        walked.append(page.context["initiative"])
        done = client.post((form := form_on(page)).action, filled_in(form), follow=True)
        address = next(iter(tree(done).xpath(NEXT)), None)

    assert walked == [middle, oldest, newest]


def test_only_who_screens_is_led_on():
    initiative = make_initiative()
    make_initiative(initiative.unit)

    assert not tree(signed_in(make_board(initiative.top)).get(initiative.get_absolute_url())).xpath(NEXT)


@pytest.mark.parametrize(
    ("status", "query", "back"),
    [
        ("SENT", "", "?status=SENT"),
        ("SENT", "?status=none", "?status=SENT"),
        ("ACCEPTED", "", ""),
        ("ACCEPTED", "?status=SENT", "?status=SENT"),
        ("ACCEPTED", "?status=ACCEPTED", "?status=ACCEPTED"),
    ],
)
def test_the_way_back_leads_to_the_list_that_one_came_from(status, query, back):
    initiative = make_initiative(accepted=status == "ACCEPTED")

    page = signed_in(make_staff(initiative.unit)).get(initiative.get_absolute_url() + query)

    assert tree(page).xpath(BACK) == [f"/cong-doan/sang-kien/{back}"]


def test_the_list_hands_its_state_on_to_each_initiative():
    initiative = make_initiative(accepted=True)

    page = signed_in(make_staff(initiative.unit)).get("/cong-doan/sang-kien/?status=ACCEPTED")

    assert f"{initiative.get_absolute_url()}?status=ACCEPTED" in tree(page).xpath("//main//a/@href")
