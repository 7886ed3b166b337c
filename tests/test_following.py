"""Code and phone lead an author back; trying leads nobody anywhere (docs/decisions/0006)."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from initiatives import follow_views, guessing, limits, tallies
from initiatives.codes import ALPHABET, new_code, shown, with_check
from initiatives.models import Initiative
from initiatives.tallies import Tally
from tests.factories import make_campaign, make_initiative
from tests.pages import errors_beside, filled_in, focused, form_on, says, tree

pytestmark = pytest.mark.django_db

NOT_FOUND = "Không tìm thấy sáng kiến nào với mã và số điện thoại này. Hãy đối chiếu với biên nhận."
MINE, THEIRS = "0912 345 678", "0987 654 321"
HERE, ELSEWHERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture(autouse=True)
def _stopped(monkeypatch):
    """No test runs across the end of a stretch of counting; 10 minutes are left of the hour, and of the quarter."""
    moment = datetime(2026, 1, 5, 10, 50, tzinfo=UTC)
    monkeypatch.setattr(tallies, "timezone", SimpleNamespace(now=lambda: moment))


@pytest.fixture
def limit(monkeypatch):
    """Set one of the limits of guessing: `limit("GUESSES_OF_CODE", 3)`."""

    def set_limit(name, most):
        monkeypatch.setattr(guessing, name, getattr(limits, name)._replace(most=most))

    return set_limit


def follow(client, campaign, code, phone, address=HERE):
    where = reverse("follow", args=[campaign.slug])
    return client.post(where, {"code": code, "phone": phone}, REMOTE_ADDR=address)


def wrong_codes(number):
    """Codes that could be somebody's, as anyone can make them."""
    return [shown(new_code()) for _ in range(number)]


def alert_of(response):
    return tree(response).find_class("alert-danger")[0].text_content().strip()


def test_code_and_phone_lead_to_the_private_page(client):
    initiative = make_initiative()

    response = follow(client, initiative.campaign, initiative.shown_code, "0912 345 678")

    assert (response.status_code, response["Location"]) == (302, initiative.private_path)


@pytest.mark.parametrize("phone", ["+84912345678", "0912.345.678", "84 912 345 678"])
def test_code_and_phone_are_understood_in_many_writings(client, phone):
    initiative = make_initiative()
    code = with_check("0108ABCDEF1")
    Initiative.objects.update(code=code)
    misread = code.replace("0", "O").replace("1", "l").lower()

    for text in [code, code.lower(), f" {misread[:4]} {misread[4:8]}–{misread[8:]} ", f"{misread[:4]}.{misread[4:]}"]:
        assert follow(client, initiative.campaign, text, phone)["Location"] == initiative.private_path, text


def test_a_wrong_phone_and_an_unknown_code_are_told_apart_by_nothing(client):
    mine, campaign = make_initiative(), make_initiative().campaign
    elsewhere = make_initiative(campaign=make_campaign())

    answers = [
        follow(client, campaign, mine.shown_code, "0987 654 321"),
        follow(client, campaign, "0000-0000-0000", "0912 345 678"),
        follow(client, campaign, elsewhere.shown_code, "0912 345 678"),
    ]

    assert {response.status_code for response in answers} == {422}
    assert {alert_of(response) for response in answers} == {NOT_FOUND}
    assert {"no-store" in response["Cache-Control"] for response in answers} == {True}


@pytest.mark.parametrize(
    ("code", "phone", "field"),
    [
        ("", "0912345678", "code"), ("7K3M-Q2ZD-94T0", "0912345678", "code"), ("abc", "0912345678", "code"),
        ("\x00", "0912345678", "code"), ("9" * 500, "0912345678", "code"), ("{{7*7}}", "0912345678", "code"),
        ("0000-0000-0000", "", "phone"), ("0000-0000-0000", "0243 825 1234", "phone"), ("0000-0000-0000", "x", "phone"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_code_or_a_phone_is_said_at_its_place_and_kept(client, code, phone, field):
    response = follow(client, make_campaign(), code, phone)

    assert response.status_code == 422
    assert list(errors_beside(response)) == [field]
    kept = filled_in(form_on(response))
    assert kept["phone"] == phone
    assert kept["code"].strip("\ufffd") == code.strip("\x00")


@pytest.mark.parametrize(
    ("code", "phone", "name"), [("x", MINE, "code"), ("0000-0000-0000", "x", "phone"), ("x", "x", "code")]
)
def test_the_summary_leads_to_the_first_mistake_and_the_cursor_stands_there(client, code, phone, name):
    response = follow(client, make_campaign(), code, phone)

    assert tree(response).get_element_by_id("error-summary").xpath(".//a/@href")[0] == f"#id_{name}"
    assert focused(response) == [name]
    assert tree(response).findtext(".//title").startswith("Cần sửa – ")


def test_an_empty_form_is_told_what_it_lacks(client):
    response = client.post(reverse("follow", args=[make_campaign().slug]))

    assert response.status_code == 422
    assert list(errors_beside(response)) == ["code", "phone"]


def test_each_field_has_its_keyboard(client):
    form = form_on(client.get(reverse("follow", args=[make_campaign().slug])))

    code, phone = form.inputs["code"], form.inputs["phone"]
    assert (code.get("autocapitalize"), code.get("autocomplete"), code.get("maxlength")) == ("characters", "off", None)
    assert (phone.get("type"), phone.get("inputmode"), phone.get("autocomplete")) == ("tel", "tel", "tel")


# Guessing


def test_too_many_guesses_are_told_when_to_come_back_and_keep_what_was_typed(client, limit):
    limit("GUESSES_OF_CODE", 2)
    campaign, code = make_campaign(), shown(new_code())

    answers = [follow(client, campaign, code, MINE) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert alert_of(answers[-1]) == "Đã thử quá nhiều lần. Hãy thử lại sau 10 phút."
    assert answers[-1]["Retry-After"] == "600"
    kept = filled_in(form_on(answers[-1]))
    assert (kept["code"], kept["phone"]) == (code, MINE)
    assert "lúc nào cũng mở được" in says(answers[-1])


@pytest.mark.parametrize("number", [5, 6, 7])
def test_one_code_stands_six_wrong_guesses_whoever_makes_them(client, number):
    initiative = make_initiative()
    code, campaign = initiative.shown_code, initiative.campaign
    for at in range(number):
        follow(client, campaign, code, f"0987 654 3{at}0", address=f"203.0.113.{at}")

    response = follow(client, campaign, code, MINE)

    assert response.status_code == (302 if number < 6 else 429)


@pytest.mark.parametrize("number", [9, 10, 11])
def test_one_phone_stands_ten_wrong_guesses_from_one_address_and_is_free_elsewhere(client, number):
    initiative = make_initiative()
    code, campaign = initiative.shown_code, initiative.campaign
    for wrong in wrong_codes(number):
        follow(client, campaign, wrong, MINE)

    assert follow(client, campaign, code, MINE).status_code == (302 if number < 10 else 429)
    assert follow(client, campaign, code, MINE, address=ELSEWHERE).status_code == 302


def test_one_phone_is_not_guessed_at_from_everywhere_without_end(client, limit):
    limit("GUESSES_OF_PHONE", 20)
    campaign = make_campaign()

    statuses = [
        follow(client, campaign, code, MINE, address=f"203.0.113.{at}").status_code
        for at, code in enumerate(wrong_codes(22))
    ]

    assert statuses == [422] * 20 + [429] * 2


def test_ten_thousand_codes_from_one_address_end_at_its_limit_without_a_hit(
    client, limit, caplog, django_capture_on_commit_callbacks
):
    limit("GUESSES_FROM_ADDRESS", 20)
    campaign = make_initiative().campaign
    make_initiative()

    with django_capture_on_commit_callbacks(execute=True):
        statuses = [
            follow(client, campaign, code, f"0987 654 {at:03}").status_code for at, code in enumerate(wrong_codes(25))
        ]

    assert statuses == [422] * 20 + [429] * 5
    told = [line for name, _, line in caplog.record_tuples if name == "initiatives.tallies"]
    assert [line.split(" until")[0] for line in told] == ["Limit reached: 20 guesses from one address"]
    assert not any(word in caplog.text for word in (HERE, "0987", "98765"))


def test_a_neighbour_of_a_code_is_no_code_and_is_never_looked_up(client, django_assert_num_queries):
    initiative = make_initiative()
    code = initiative.code
    neighbours = {code[:at] + letter + code[at + 1 :] for at in range(12) for letter in ALPHABET} - {code}
    neighbours |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(11)} - {code}
    assert len(neighbours) >= 12 * 31

    for neighbour in sorted(neighbours)[::40]:
        with django_assert_num_queries(1):  # the campaign
            assert list(errors_beside(follow(client, initiative.campaign, neighbour, MINE))) == ["code"]
    assert not Tally.objects.exists()


def test_whether_a_code_exists_costs_and_shows_nothing(client, django_assert_num_queries):
    initiative = make_initiative()

    pages = []
    for code in (initiative.shown_code, *wrong_codes(2)):
        with django_assert_num_queries(5):  # campaign, savepoint and its end, the counts, the lookup
            pages.append(follow(client, initiative.campaign, code, THEIRS))

    assert {page.status_code for page in pages} == {422}
    assert {alert_of(page) for page in pages} == {NOT_FOUND}
    assert len({len(page.content) for page in pages}) == 1


def test_a_right_guess_is_not_counted(client):
    initiative = make_initiative()

    for _ in range(12):
        assert follow(client, initiative.campaign, initiative.shown_code, MINE).status_code == 302

    assert not Tally.objects.exists()


def test_a_factory_behind_one_address_gets_in_while_some_of_it_mistype(client):
    first, second = make_initiative(), make_initiative(phone="+84987654321")
    for at, code in enumerate(wrong_codes(30)):
        follow(client, first.campaign, code, f"0935 111 {at:03}")

    assert follow(client, first.campaign, first.shown_code, MINE).status_code == 302
    assert follow(client, second.campaign, second.shown_code, THEIRS).status_code == 302


def test_the_private_link_opens_whatever_was_guessed(client, limit):
    limit("GUESSES_OF_CODE", 1)
    limit("GUESSES_FROM_ADDRESS", 1)
    initiative = make_initiative()
    follow(client, initiative.campaign, initiative.shown_code, THEIRS)
    assert follow(client, initiative.campaign, initiative.shown_code, MINE).status_code == 429

    assert client.get(initiative.private_path, REMOTE_ADDR=HERE).status_code == 200


def test_a_refused_guess_uses_up_nothing_else(client, limit):
    limit("GUESSES_FROM_ADDRESS", 1)
    campaign, code = make_campaign(), shown(new_code())

    statuses = [follow(client, campaign, code, MINE).status_code for _ in range(8)]

    assert statuses == [422] + [429] * 7
    assert set(Tally.objects.values_list("number", flat=True)) == {1}


def test_the_address_is_the_one_that_the_front_server_names(client, settings, monkeypatch):
    settings.TRUST_REQUEST_START = True
    asked = []
    monkeypatch.setattr(follow_views, "find", lambda *args, **kwargs: asked.append(kwargs["address"]))
    where = reverse("follow", args=[make_campaign().slug])

    client.post(where, {"code": shown(new_code()), "phone": MINE}, headers={"X-Real-IP": ELSEWHERE})

    assert asked == [ELSEWHERE]
