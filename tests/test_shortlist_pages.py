"""The public pages of lists and objections: nothing before publication, marks and no more after it (R13, R19)."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from awards.complaints import conclude
from awards.models import Kind, Objection
from awards.publishing import publish
from awards.selection import choose
from awards.shortlisting import publish_shortlist
from config import clock
from dossiers.forgetting import carry_out
from initiatives.forgetting import ask_removal
from tests.factories import (
    make_complaint,
    make_national_user,
    make_user,
    make_valid,
)
from tests.lists import ANSWERS, make_listed, send_objection
from tests.pages import says

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


def decide(shortlist, entry):
    choose(shortlist.plan, entry, Kind.PROVINCE, by=make_user())
    publish(shortlist.plan, "12/QĐ", clock.today(), by=make_user())


def of_row(client, shortlist, entry):
    """Return what the public page says of one row."""
    page = client.get(shortlist.get_absolute_url()).content.decode()
    return re.search(rf'<li class="panel" id="muc-{entry.pk}">(.*?)</li>', page, re.DOTALL)[1]


# Before and after publication


def test_before_publication_there_is_nothing(client):
    plan = make_valid().plan
    slug, code = plan.campaign.slug, plan.union.code

    assert client.get(f"/{slug}/lay-y-kien/").status_code == 404
    assert client.get(f"/{slug}/lay-y-kien/{code}/").status_code == 404
    assert client.get(f"/{slug}/lay-y-kien/{code}/{plan.entries.get().pk}/phan-anh/").status_code == 404
    assert "Đang lấy ý kiến" not in says(client.get(f"/{slug}/"))


def test_a_list_is_shown_with_its_digest_and_the_time_left(client, listed):
    shortlist, entry = listed

    page = says(client.get(shortlist.get_absolute_url()))

    for words in (
        shortlist.sha256,
        "Còn 15 ngày 15 giờ",
        "hết ngày 16/04/2021",
        entry.title,
        entry.initiative.workplace,
    ):
        assert words in page
    assert entry.initiative.shown_code not in page


def test_pages_of_lists_are_kept_by_caches_and_not_by_search_engines(client, listed):
    shortlist, _ = listed

    for address in (shortlist.get_absolute_url(), f"/{shortlist.plan.campaign.slug}/lay-y-kien/"):
        response = client.get(address)
        assert response["Cache-Control"] == "public, max-age=600"
        assert 'content="noindex' in response.content.decode()
        assert not response.cookies


def test_the_landing_page_and_that_of_results_lead_to_an_open_list(client, listed, at):
    slug = listed[0].plan.campaign.slug
    cache.clear()
    assert "Đang lấy ý kiến về danh sách đề nghị" in says(client.get(f"/{slug}/"))
    assert f"/{slug}/lay-y-kien/" in client.get(f"/{slug}/ket-qua/").content.decode()

    at("2021-04-17 00:00")

    assert "Đang lấy ý kiến" not in says(client.get(f"/{slug}/"))


def test_a_list_that_is_published_is_announced_at_once(client, django_capture_on_commit_callbacks):
    plan = make_valid().plan
    client.get(plan.campaign.get_absolute_url())

    with django_capture_on_commit_callbacks(execute=True):
        publish_shortlist(plan, 15, by=make_user())

    assert "Đang lấy ý kiến" in says(client.get(plan.campaign.get_absolute_url()))


def test_when_the_time_is_over_the_page_says_so_and_late_objections_are_taken(client, listed, at):
    at("2021-04-17 00:00")

    assert "Đã hết thời gian lấy ý kiến" in says(client.get(listed[0].get_absolute_url()))
    assert client.post(form_of(*listed), typed()).status_code == 302
    assert "gửi muộn" in says(client.get(Objection.objects.get().private_path))


def test_after_the_decisions_the_form_leads_back_and_keeps_what_was_typed(client, listed):
    decide(*listed)

    assert client.get(form_of(*listed))["Location"] == listed[0].get_absolute_url()
    refused = client.post(form_of(*listed), typed())
    assert refused.status_code == 403
    assert ANSWERS["text"] in refused.content.decode()
    assert "phan-anh" not in client.get(listed[0].get_absolute_url()).content.decode()


def test_a_former_version_stays_readable_and_leads_to_the_new_one(client, listed):
    shortlist, _ = listed
    make_valid(plan=shortlist.plan)
    corrected = publish_shortlist(shortlist.plan, 15, reason="Sót một sáng kiến.", by=make_user())

    former = client.get(f"{shortlist.get_absolute_url()}lan/1/")
    newest = says(client.get(shortlist.get_absolute_url()))

    assert shortlist.sha256 in says(former)
    assert "đã được đính chính" in says(former)
    assert "phan-anh" not in former.content.decode()
    assert corrected.sha256 in newest
    assert "Sót một sáng kiến." in newest
    assert client.get(f"{shortlist.get_absolute_url()}lan/3/").status_code == 404


def test_a_long_list_is_searched_without_marks(client):
    shortlist, _ = make_listed(entries=3)
    for _ in range(3):
        make_valid(plan=shortlist.plan, entries=3)
    publish_shortlist(shortlist.plan, 15, reason="Thêm.", by=make_user())
    address = shortlist.get_absolute_url()

    assert "Tìm thấy 12/12" in says(client.get(address, {"q": "cai tien BAN"}))
    assert "Tìm thấy 0/12" in says(client.get(address, {"q": "máy bay"}))
    assert 'type="search"' in client.get(address).content.decode()


@pytest.mark.parametrize("query", ["%00", "%", "'", "a" * 5000, "<script>"])
def test_hostile_searches_are_answered_calmly(client, listed, query):
    assert client.get(f"{listed[0].get_absolute_url()}?q={query}").status_code == 200


def test_a_list_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries):
    for entries in (1, 3):
        shortlist, found = make_listed(entries=entries)
        make_complaint(found[0].initiative)
        client.get(shortlist.get_absolute_url())
        with django_assert_num_queries(6):
            client.get(shortlist.get_absolute_url())


# Marks


def test_a_row_says_that_it_is_considered_and_nothing_about_who_or_what(client, listed):
    shortlist, entry = listed
    complaint = send_objection(shortlist, entry).complaint

    page = client.get(shortlist.get_absolute_url()).content.decode()

    assert "Đang được xem xét" in of_row(client, shortlist, entry)
    assert page.count("Đang được xem xét") == 1
    for words in (complaint.text, complaint.complainant, complaint.contact, "Tranh chấp", "1 đơn", "khiếu nại"):
        assert words not in page


@pytest.mark.parametrize(
    ("state", "words"), [("DISMISSED", ""), ("UNADMITTED", ""), ("UPHELD", "Không còn trong danh sách xét chọn")]
)
def test_a_concluded_complaint_leaves_a_mark_only_when_it_excludes(client, listed, state, words):
    shortlist, entry = listed
    conclude(send_objection(shortlist, entry).complaint, state, "Vì thế.", by=make_user())

    row = of_row(client, shortlist, entry)

    assert "Đang được xem xét" not in row
    assert words in row
    assert ("phan-anh" in row) is (words == "")


def test_a_forgotten_name_is_on_no_shown_list_and_the_digest_stays(client, listed):
    shortlist, entry = listed
    assert "Nguyễn Thị Hoà" in of_row(client, shortlist, entry)

    carry_out(ask_removal(entry.initiative), by=make_national_user())

    row = of_row(client, shortlist, entry)
    assert "Nguyễn Thị Hoà" not in row
    assert "Tác giả đã được xóa tên" in row
    assert shortlist.sha256 in says(client.get(shortlist.get_absolute_url()))
