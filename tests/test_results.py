"""The public pages of results: by federation, by search, with their amendments (R17)."""

import pytest
from django.urls import reverse

from awards import views
from awards.amending import mark_of_words, revoke, reword
from awards.models import Kind
from tests.factories import make_campaign, make_user
from tests.pages import says
from tests.published import LATER, make_decided

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def campaign():
    return make_campaign()


def results(client, campaign, query=""):
    return client.get(f"{reverse('results', args=[campaign.slug])}{query}")


def of_plan(client, publication, query=""):
    plan = publication.plan
    return client.get(f"{reverse('results_of_plan', args=[plan.campaign.slug, plan.union.code])}{query}")


def test_few_results_stand_in_full_under_the_name_of_their_federation(client, campaign):
    first, [entry, *_] = make_decided(campaign=campaign)
    second, _ = make_decided(campaign=campaign)

    page = says(results(client, campaign))

    assert first.plan.union.name in page
    assert second.plan.union.name in page
    assert entry.authors in page


def test_many_results_are_listed_by_federation(client, campaign, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    publications = [make_decided(campaign=campaign)[0] for _ in range(2)]
    assert "Quyết định số" in says(results(client, campaign))
    publications.append(make_decided(campaign=campaign)[0])

    answer = results(client, campaign)

    assert "Quyết định số" not in says(answer)
    assert "3 nơi đã công bố, 3 sáng kiến được khen thưởng" in says(answer)
    for publication in publications:
        assert f"/ket-qua/{publication.plan.union.code}/" in answer.content.decode()


@pytest.mark.parametrize("words", ["banh rang", "BÁNH răng", "bánh  răng", "răng ánh"])
def test_a_search_finds_without_case_tones_and_order(client, campaign, words):
    publication, [entry, *_] = make_decided(campaign=campaign)
    make_decided(campaign=campaign)
    put_right(publication, entry, title="Bánh răng nhựa", authors="Lê Ánh")

    answer = results(client, campaign, f"?q={words}")

    assert "Tìm thấy 1 sáng kiến." in says(answer)
    assert "Bánh răng nhựa" in says(answer)


def test_a_search_shows_no_more_than_fits(client, campaign, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    for _ in range(3):
        make_decided(campaign=campaign)

    page = results(client, campaign, "?q=LĐLĐ")

    assert "Tìm thấy 3 sáng kiến. Hiện 2 sáng kiến đầu" in says(page)
    assert sum(len(entries) for _, entries in page.context["found"]) == 2


def test_results_are_narrowed_to_a_field(client, campaign):
    publication, [entry, *_] = make_decided(campaign=campaign, awarded=2)
    other = next(value for value in ("community", "production") if value != entry.field)

    assert "Tìm thấy 2 sáng kiến." in says(results(client, campaign, f"?field={entry.field}"))
    assert "Tìm thấy 0 sáng kiến." in says(results(client, campaign, f"?field={other}"))
    assert "Tìm thấy 0 trong 2 sáng kiến." in says(of_plan(client, publication, f"?field={other}"))


@pytest.mark.parametrize("query", ["?field=%00", "?field=x&q=%ED%A0%80", "?q=" + "a" * 3000, "?q=%00", "?q=<b>"])
def test_whatever_is_asked_for_is_answered(client, campaign, query):
    publication, _ = make_decided(campaign=campaign)

    assert results(client, campaign, query).status_code == 200
    assert of_plan(client, publication, query).status_code == 200


def test_a_federation_that_published_nothing_has_no_page(client, campaign):
    publication, _ = make_decided()

    assert client.get(f"/{campaign.slug}/ket-qua/{publication.plan.union.code}/").status_code == 404


def put_right(publication, entry, **changes):
    words = {name: getattr(entry, name) for name in ("title", "authors", "position")} | changes
    reword(publication.plan, entry, words, "In sai.", seen=mark_of_words(entry), by=make_user())


def test_an_amendment_is_shown_as_such_with_decision_and_reason(client, campaign):
    publication, [entry, other, _] = make_decided(campaign=campaign, awarded=2)
    revoke(publication.plan, entry, Kind.PROVINCE, *LATER, by=make_user())
    put_right(publication, other, authors="Nguyễn Thị Ánh")

    page = says(of_plan(client, publication))

    assert "1 sáng kiến được khen thưởng" in page
    assert "Thu hồi khen thưởng cấp tỉnh, ngành" in page
    assert "Quyết định 15/QĐ-LĐLĐ ngày 01/04/2021. Lý do: Chép của người khác." in page
    assert "Đính chính thông tin" in page
    assert "Nguyễn Thị Ánh" in page


def test_results_ask_as_often_for_three_amendments_as_for_one(client, campaign, django_assert_num_queries):
    publication, [entry, *_] = make_decided(campaign=campaign)
    put_right(publication, entry, title="Một")
    of_plan(client, publication)
    with django_assert_num_queries(4):
        of_plan(client, publication)
    for title in ("Hai", "Ba"):
        entry.refresh_from_db()
        put_right(publication, entry, title=title)
    make_decided(campaign=campaign)

    with django_assert_num_queries(4):
        of_plan(client, publication)
    results(client, campaign)  # whether a list lies open is kept for a minute
    with django_assert_num_queries(6):
        results(client, campaign)
