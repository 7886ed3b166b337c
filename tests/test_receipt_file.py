"""The receipt to keep as a PDF, and sharing that never shares what is private."""

import re

import pytest
from django.conf import settings

from config import typesetting
from initiatives.changing import withdraw
from tests.conftest import moment
from tests.factories import make_campaign, make_initiative, make_union
from tests.pages import tree
from tests.pdfs import words_of
from tests.test_posters import code_of, squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def receipt_of(client, initiative):
    return client.get(f"{initiative.private_path}bien-nhan.pdf")


def test_the_receipt_tells_what_arrived_when_from_whom_and_what_comes_next(client):
    union = make_union()
    initiative = make_initiative(union, arrived_at=moment("2021-04-01 07:59:58"))

    response = receipt_of(client, initiative)

    assert response["Content-Type"] == "application/pdf"
    (page,) = words_of(response.content)
    words = [initiative.shown_code, "Đã nhận lúc 07:59:58 ngày 01/04/2021", initiative.campaign.name,
             "Cải tiến bàn cắt vải", "Nguyễn Thị Hoà", "Công nhân may", "Xưởng may số 2",
             f"{union.name}, {union.parent.name}", "Tiếp theo là gì?", "hết ngày 20/04/2021",
             "Ai có mã này hay địa chỉ này đều xem và sửa được sáng kiến.",
             f"http://testserver{initiative.private_path}", "0900.000.000", "lúc 08:00:"]  # fmt: skip
    assert [word for word in words if squeezed(word) not in page] == []


def test_what_comes_next_is_told_until_it_was_screened(client):
    (page,) = words_of(receipt_of(client, make_initiative(accepted=True)).content)

    assert "Tiếptheolàgì" not in page
    assert "Trangriêngcủabạn" in page


def test_it_tells_no_more_of_a_person_than_it_must(client):
    initiative = make_initiative(phone="+84987654321", email="rieng@example.vn", birth_year=1951)

    (page,) = words_of(receipt_of(client, initiative).content)

    assert [secret for secret in ["987654321", "987654", "rieng@", "1951"] if secret in page] == []


def test_its_code_leads_to_the_private_page(client, monkeypatch):
    monkeypatch.setattr(typesetting, "pdf", typesetting.png)  # the same page as a picture
    initiative = make_initiative()

    expected, seen = code_of(f"http://testserver{initiative.private_path}", receipt_of(client, initiative).content)

    assert seen == expected


def test_it_is_kept_as_private_as_the_page(client):
    initiative = make_initiative()
    page, file = client.get(initiative.private_path), receipt_of(client, initiative)

    assert file["Content-Disposition"] == f'attachment; filename="bien-nhan-{initiative.shown_code}.pdf"'
    for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag"):
        assert file[name] == page[name]
    assert "no-store" in file["Cache-Control"]
    assert "public" not in file["Cache-Control"]


@pytest.mark.parametrize(
    "words",
    ['#read("/etc/passwd")', "*đậm* #panic() \\ ] } <a>", "Ữ" * 100, "Công ty " * 12, "中😀" * 40],
    ids=["source", "markup", "letters", "words", "signs"],
)
def test_whatever_was_typed_it_is_one_page(client, words):
    initiative = make_initiative(full_name=words, job_title=words, workplace=words * 2, title=words * 2)

    (page,) = words_of(receipt_of(client, initiative).content)

    if words.isascii() or "đ" in words:
        assert page.count(squeezed(words)) == 6


def test_there_is_none_of_what_was_withdrawn_or_of_another_programme(client):
    initiative, other = make_initiative(), make_campaign()
    assert client.get(f"/{other.slug}/da-nhan/{initiative.secret}/bien-nhan.pdf").status_code == 404
    assert f"{initiative.private_path}bien-nhan.pdf" in links_on(client, initiative)

    withdraw(initiative, arrived_at=moment("2021-04-02 08:00"))

    assert receipt_of(client, initiative).status_code == 404
    assert f"{initiative.private_path}bien-nhan.pdf" not in links_on(client, initiative)


def links_on(client, initiative):
    return tree(client.get(initiative.private_path)).xpath("//main//a/@href")


# Sharing


def sharing(page):
    """Return (address that the button shares, addresses beside it); the button shows itself where it works."""
    (button,) = page.xpath("//button[@id='share']")
    assert button.get("hidden") is not None
    (part,) = page.xpath("//section[.//button[@id='share']]")
    return button.get("data-address"), part


@pytest.mark.parametrize("on_receipt", [True, False])
def test_what_is_shared_is_the_programme_and_never_the_private_page(client, on_receipt):
    initiative = make_initiative()
    programme = f"/{initiative.campaign.slug}/"

    address, part = sharing(tree(client.get(initiative.private_path if on_receipt else programme)))

    assert address == f"http://testserver{programme}"
    assert part.xpath(".//a/@href") == [address, f"{programme}ma-qr/"]  # without JavaScript
    assert address in part.text_content()
    values = [value for element in part.iter() for value in element.attrib.values()]
    assert not [text for text in [*values, part.text_content()] if initiative.secret in text or "da-nhan" in text]


def test_the_script_shares_what_its_button_says_and_knows_no_address_of_its_own():
    script = (settings.BASE_DIR / "static/js/share.js").read_text()

    assert re.search(r"navigator\.share\(\{ title, url: address \}\)", script)
    assert not re.search(r"location|document\.(URL|referrer|baseURI)|href", script)


def test_a_programme_that_is_closed_is_not_shared(client, at):
    initiative = make_initiative()
    at("2021-04-21 00:00")

    for address in (initiative.private_path, f"/{initiative.campaign.slug}/"):
        assert not tree(client.get(address)).xpath("//button[@id='share']")
