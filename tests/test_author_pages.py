"""What an author sees without an account: the receipt and the private page."""

import pytest

from initiatives.changing import correct, withdraw
from initiatives.models import Initiative
from initiatives.screening import reject
from initiatives.sending import ANSWERS
from tests.factories import IN_TIME, make_campaign, make_initiative, make_staff, make_union
from tests.pages import says, send_form, tree, typed

pytestmark = pytest.mark.django_db


def sent(client, **values):
    """An initiative sent through the page."""
    send_form(client, make_campaign(), typed(make_union(), **values))
    return Initiative.objects.get()


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
    assert "Lý do: Chưa nêu rõ cách làm <b>mới</b>." in step
    assert by.full_name not in says(page)
    assert by.username not in says(page)


def test_the_timeline_runs_from_sending_to_withdrawal(client):
    initiative = make_initiative(accepted=True)
    withdraw(initiative, arrived_at=IN_TIME)

    steps = tree(client.get(initiative.private_path)).find_class("timeline")[0]

    words = ["Đã nhận sáng kiến của bạn", "sáng kiến đạt yêu cầu", "Bạn đã rút sáng kiến"]
    assert [word in step.text_content() for word, step in zip(words, steps, strict=True)] == [True] * 3


@pytest.mark.parametrize("screened", [False, True])
def test_a_correction_says_whether_it_will_be_screened_again(client, screened):
    initiative = make_initiative(accepted=screened)
    values = {name: getattr(initiative, name) for name in ANSWERS} | {"title": "Tên mới"}
    correct(initiative, values, version=initiative.version, arrived_at=IN_TIME)

    step = tree(client.get(initiative.private_path)).find_class("timeline")[0][-1].text_content()

    assert "Bạn đã sửa nội dung" in step
    assert ("Công đoàn sẽ rà soát lại." in step) is screened


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        ("SENT", "Đã nhận sáng kiến của bạn"),
        ("ACCEPTED", "Sáng kiến đạt yêu cầu"),
        ("REJECTED", "Sáng kiến chưa đạt yêu cầu"),
        ("WITHDRAWN", "Sáng kiến đã rút"),
    ],
)
def test_the_heading_says_where_the_initiative_stands(client, status, heading):
    initiative = make_initiative()
    Initiative.objects.update(status=status)

    page = client.get(initiative.private_path)

    assert tree(page).findtext(".//h1") == heading
    assert ("Tiếp theo là gì?" in says(page)) is (status in {"SENT", "ACCEPTED"})


def test_the_heading_says_that_there_is_a_result(client):
    initiative = make_initiative(accepted=True)
    Initiative.objects.update(decided_at=IN_TIME)

    page = client.get(initiative.private_path)

    assert tree(page).findtext(".//h1") == "Sáng kiến của bạn đã có kết quả"
    assert "Tiếp theo là gì?" not in says(page)
    assert "Sửa sáng kiến" not in says(page)
