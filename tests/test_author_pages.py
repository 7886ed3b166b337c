"""What an author sees without an account: the receipt, and following it with code and phone."""

import pytest
from django.urls import reverse

from initiatives.changing import withdraw
from initiatives.codes import with_check
from initiatives.models import Initiative
from initiatives.screening import reject
from tests.factories import IN_TIME, make_campaign, make_initiative, make_staff, make_union
from tests.pages import errors_beside, filled_in, form_on, says, send_form, tree, typed

pytestmark = pytest.mark.django_db


def sent(client, **values):
    """An initiative sent through the page."""
    send_form(client, make_campaign(), typed(make_union(), **values))
    return Initiative.objects.get()


def follow(client, campaign, code, phone):
    return client.post(reverse("follow", args=[campaign.slug]), {"code": code, "phone": phone})


# Receipt


def test_the_receipt_tells_the_code_the_second_and_all_that_was_sent(client):
    initiative = sent(client)

    page = says(client.get(initiative.private_path))

    for words in [
        initiative.shown_code, "Nhận lúc 08:00:0", "ngày 01/04/2021", "Đã nhận sáng kiến của bạn", "Nguyễn Thị Hoà",
        "0912 345 678", "hoa@example.vn", "1985", "Trần Văn Hai", "LĐLĐ huyện", "Xưởng may số 2",
        "Cải tiến bàn cắt vải",
        "12.000.000 đồng", "15/02/2021", "Doanh nghiệp", "Sản xuất có giá trị làm lợi cao", "Gắn thêm thước.",
    ]:  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize("path", ["", "sua/", "rut/"])
def test_private_pages_stay_out_of_caches_search_and_the_logs_of_others(client, path):
    response = client.get(make_initiative().private_path + path)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"  # with "no-referrer", browsers send forms as `Origin: null`
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("secret", ["x", "A" * 32, "%00", "%ED%A0%80", "..%2F", "' OR 1=1", "a" * 5000])
@pytest.mark.parametrize("path", ["", "sua/", "rut/"])
def test_a_secret_that_is_not_one_finds_nothing(client, secret, path):
    campaign = make_initiative().campaign

    assert client.get(f"/{campaign.slug}/da-nhan/{secret}/{path}").status_code == 404


def test_neither_code_nor_number_nor_another_programme_opens_a_private_page(client):
    initiative = make_initiative()
    other = make_campaign()

    for wrong in (initiative.code, initiative.shown_code, initiative.pk, initiative.submission_id, other.pk):
        assert client.get(f"/{initiative.campaign.slug}/da-nhan/{wrong}/").status_code == 404
    assert client.get(f"/{other.slug}/da-nhan/{initiative.secret}/").status_code == 404


def test_the_author_reads_the_reason_of_a_rejection_but_never_who_decided(client):
    initiative = make_initiative()
    by = make_staff(initiative.unit)
    initiative = reject(initiative, "Chưa nêu rõ cách làm <b>mới</b>.", by=by, version=initiative.version)

    page = client.get(initiative.private_path)

    step = tree(page).find_class("timeline")[0][-1].text_content()
    assert "chưa đạt yêu cầu" in step
    assert "Chưa nêu rõ cách làm <b>mới</b>." in step
    assert by.full_name not in says(page)
    assert by.username not in says(page)


def test_the_timeline_runs_from_sending_to_withdrawal(client):
    initiative = make_initiative(accepted=True)
    withdraw(initiative, arrived_at=IN_TIME)

    steps = tree(client.get(initiative.private_path)).find_class("timeline")[0]

    words = ["Đã nhận sáng kiến của bạn", "sáng kiến đạt yêu cầu", "Bạn đã rút sáng kiến"]
    assert [word in step.text_content() for word, step in zip(words, steps, strict=True)] == [True] * 3


# Following


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
    sentences = {tree(response).find_class("alert-danger")[0].text_content().strip() for response in answers}
    assert sentences == {"Không tìm thấy sáng kiến nào với mã và số điện thoại này. Hãy đối chiếu với biên nhận."}
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
