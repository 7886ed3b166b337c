"""R19: phone, e-mail and birth year are on no public page, in no header, in no data; nor is a forgotten name."""

import re

import pytest
from django.test import Client

from awards.models import Certificate
from tests.pages import says
from tests.removals import EARLIER, PRIVATE, forget, make_published
from tests.test_access import PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALWAYS_PRIVATE = [
    *(f"{values['phone'][3:]}" for values in (PRIVATE, EARLIER)),
    "987 654 321", "986 111 222", "987.654.321", "rieng.tu@", "tu.cu@", "1951",
]  # fmt: skip


def public_addresses(initiative):
    """The address of every public page that needs no secret and no token; one with a part unknown here fails."""
    known = {"<campaign_slug>": initiative.campaign.slug, "<top_code>": initiative.top.code}
    known["<picture_slug>"] = "theo-ngay"
    known["<code>"] = Certificate.objects.get(award__entry__initiative=initiative).shown_code
    known |= {"<picture_slug>": "theo-ngay", "<version>": "1"}
    known["<entry_pk>"] = str(initiative.entries.values_list("pk", flat=True).first())
    routes = [route for route in PUBLIC if "<secret>" not in route and "<token>" not in route]
    for name, value in known.items():
        routes = [route.replace(name, value) for route in routes]
    assert not [route for route in routes if "<" in route]
    of_union = [
        f"{initiative.campaign.slug}/{page}/?don-vi={initiative.unit.code}" for page in ("ma-qr", "gui-sang-kien")
    ]
    return [f"/{route}" for route in [*routes, *of_union]]


def answer_of(address):
    """All that comes back: headers and body, random tokens aside."""
    response = Client().get(address, follow=True)
    tokens = r'name="(csrf|submission)[^>]*>|csrftoken=\w+'
    body = b"".join(response) if response.streaming else response.content
    return re.sub(tokens, "", f"{response.headers}{response.cookies}{body.decode(errors='replace')}")


def test_no_public_page_tells_phone_mail_or_birth_year_even_of_the_awarded(at):
    initiative, _ = make_published()

    for moment in ("2021-04-01 09:00", "2021-04-21 00:00"):
        at(moment)
        answers = {address: answer_of(address) for address in public_addresses(initiative)}
        found = {address: [s for s in ALWAYS_PRIVATE if s in text] for address, text in answers.items()}
        assert {address: texts for address, texts in found.items() if texts} == {}
        results = answers[f"/{initiative.campaign.slug}/ket-qua/"]
        assert "Đinh Riêng Tư" in results  # the page has something to hide


def test_a_forgotten_name_is_on_no_public_page():
    initiative, _ = make_published()
    forget(initiative)

    for address in public_addresses(initiative):
        assert not [s for s in ("Riêng Tư", "Kín Đáo", "Thợ tiện") if s in answer_of(address)], address
    assert "Tác giả đã được xóa tên" in answer_of(f"/{initiative.campaign.slug}/ket-qua/")


def test_the_privacy_page_says_the_version_the_time_and_whom_to_ask(client):
    initiative, _ = make_published()

    page = says(client.get(f"/{initiative.campaign.slug}/quyen-rieng-tu/"))

    words = ["72 giờ", "Phiên bản 2021-03", "Tôi đồng ý.", "0900.000.000", "Người Giải Đáp", "Theo dõi"]
    assert [word for word in words if word not in page] == []
    assert "Quyền riêng tư" in says(client.get(f"/{initiative.campaign.slug}/"))
