"""The public form for objections and the page that follows one: nothing lost, nothing shown to others (R7, R19)."""

import io

import pytest
from django.urls import reverse

from awards import limits
from awards.complaints import conclude
from awards.models import Complaint, Objection
from awards.shortlisting import publish_shortlist
from tests.factories import (
    a_pdf,
    make_complaint,
    make_initiative,
    make_plan,
    make_user,
    make_valid,
)
from tests.lists import ANSWERS, make_listed, send_objection
from tests.pages import errors_beside, filled_in, form_on, says

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def listed():
    shortlist, entries = make_listed()
    return shortlist, entries[0]


def form_of(shortlist, entry):
    plan = shortlist.plan
    return reverse("objection", args=[plan.campaign.slug, plan.union.code, entry.pk])


def typed(**values):
    return {"submission_id": "7a3c1a52-0d2c-4a58-8a9f-2f6b3f0d1e11", "consent": "on", **ANSWERS, **values}


def test_an_objection_leads_to_a_receipt_that_only_its_link_opens(client, listed):
    shortlist, entry = listed

    response = client.post(form_of(*listed), typed(files=[io.BytesIO(a_pdf())]), follow=True)

    page = says(response)
    for words in ("Đã nhận phản ánh của bạn", entry.initiative.title, ANSWERS["text"], ANSWERS["contact"], "1 tệp"):
        assert words in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert client.get(f"/{shortlist.plan.campaign.slug}/lay-y-kien/phan-anh/khong-co/").status_code == 404
    other = make_plan(campaign=None).campaign.slug
    assert (client.get(f"/{other}/lay-y-kien/phan-anh/{Objection.objects.get().secret}/").status_code == 404) is (
        other != shortlist.plan.campaign.slug
    )


def test_the_receipt_follows_the_complaint_to_its_conclusion(client, listed):
    objection = send_objection(*listed)

    conclude(objection.complaint, "DISMISSED", "Riêng hội đồng biết.", reply="Cảm ơn bạn.", by=make_user())

    page = says(client.get(objection.private_path))
    assert "Phản ánh không có căn cứ" in page
    assert "Cảm ơn bạn." in page
    assert "Riêng hội đồng biết" not in page


def test_a_page_that_was_opened_sends_once_however_often_it_is_sent(client, listed):
    values = filled_in(form_on(client.get(form_of(*listed)))) | {**ANSWERS, "consent": "on"}

    answers = {client.post(form_of(*listed), values)["Location"] for _ in range(3)}

    assert len(answers) == 1
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", ""), ("kind", "GOSSIP"), ("text", " "), ("text", "a" * 3001), ("complainant", ""),
        ("complainant", "a" * 101), ("contact", ""), ("contact", "12345"), ("contact", "a@"), ("consent", ""),
    ],
)  # fmt: skip
def test_a_refusal_names_the_field_and_keeps_what_was_typed(client, listed, name, value):
    response = client.post(form_of(*listed), typed(**{name: value}))

    assert response.status_code == 422
    assert list(errors_beside(response)) == [name]
    kept = filled_in(form_on(response))
    for other in {"text", "complainant", "contact"} - {name}:
        assert kept[other] == ANSWERS[other]
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("text", ["a", "a" * 3000])
def test_a_text_of_one_to_three_thousand_characters_is_taken(client, listed, text):
    assert client.post(form_of(*listed), typed(text=text)).status_code == 302


@pytest.mark.parametrize("contact", ["0912.345.678", "+84 912 345 678"])
def test_a_phone_number_is_kept_as_people_write_it(client, listed, contact):
    client.post(form_of(*listed), typed(contact=contact))

    assert Complaint.objects.get().contact == "0912 345 678"


def test_a_wrong_file_is_refused_beside_the_field_and_asked_for_again(client, listed):
    response = client.post(form_of(*listed), typed(files=[io.BytesIO(b"<html>")]))

    assert response.status_code == 422
    assert "không phải PDF" in errors_beside(response)["files"][0]
    assert "hãy chọn lại giấy tờ" in says(response)
    assert filled_in(form_on(response))["text"] == ANSWERS["text"]


def test_too_many_are_told_when_to_try_again_and_keep_their_text(client, listed, monkeypatch):
    few = limits.OBJECTIONS_OF_INITIATIVE_HERE._replace(most=1)
    monkeypatch.setattr("awards.objecting.OBJECTIONS_OF_INITIATIVE_HERE", few)
    send_objection(*listed, address="127.0.0.1")

    response = client.post(form_of(*listed), typed())

    assert response.status_code == 429
    assert filled_in(form_on(response))["text"] == ANSWERS["text"]


def test_an_entry_that_stood_on_a_former_list_is_still_objected_to(client, listed):
    shortlist, entry = listed
    conclude(make_complaint(entry.initiative), "UPHELD", "Sao chép.", by=make_user())
    publish_shortlist(shortlist.plan, 15, reason="Bỏ một sáng kiến.", by=make_user())

    assert client.post(form_of(shortlist, entry), typed()).status_code == 302


def test_what_is_on_no_list_is_objected_to_by_nobody(client, listed):
    shortlist, _ = listed
    other = make_valid()
    slug, code = shortlist.plan.campaign.slug, shortlist.plan.union.code

    assert client.get(f"/{slug}/lay-y-kien/{code}/{other.entries.get().pk}/phan-anh/").status_code == 404
    assert client.post(f"/{slug}/lay-y-kien/{code}/{make_initiative().pk + 10**6}/phan-anh/").status_code == 404
