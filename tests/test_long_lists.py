"""Lists of the admin with millions of rows: paged by key, never counted; a box that looks for a row shows the first."""

import pytest
from django.contrib import admin
from django.urls import reverse

from config import looking
from config.long_lists import LongListAdmin
from initiatives.admin import InitiativeAdmin
from initiatives.models import Initiative
from outbox.admin import MessageAdmin
from outbox.models import Message
from record.models import Event
from tests.factories import make_board, make_initiative, make_national_user, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

LONG = {Initiative: "initiatives_initiative", Event: "record_event", Message: "outbox_message"}


def list_of(model):
    return reverse(f"admin:{LONG[model]}_changelist")


def make_rows(number):
    unit = make_union()
    for n in range(number):
        initiative = make_initiative(unit, title=f"Việc {n}", block="enterprise" if n % 3 else "administrative")
        Message.objects.create(kind="test", about=str(n), recipient="a@example.vn", subject=f"Thư {n}", body="")
        Event.objects.create(
            subject_kind="plan", subject_id=initiative.pk, number=1, at=initiative.arrived_at, deed="sent"
        )
    return unit


def rows_of(page):
    return page.context["cl"].result_list


def test_every_table_that_grows_with_each_initiative_has_a_long_list():
    assert {model for model, shown in admin.site._registry.items() if isinstance(shown, LongListAdmin)} == set(LONG)


@pytest.mark.parametrize("model", LONG)
def test_pages_follow_each_other_by_key(model, monkeypatch):
    make_rows(5)
    monkeypatch.setattr(LongListAdmin, "list_per_page", 2)
    monkeypatch.setattr(InitiativeAdmin, "list_per_page", 2)
    monkeypatch.setattr(MessageAdmin, "list_per_page", 2)
    client, address = signed_in(make_national_user()), list_of(model)
    seen, page = [], client.get(address)

    for _ in range(10):
        assert page.status_code == 200
        seen += [row.pk for row in rows_of(page)]
        links = tree(page).xpath("//nav[@aria-label='Các trang']/a[contains(., 'Cũ hơn')]/@href")
        if not links:
            break
        page = client.get(address + links[0])

    assert seen == sorted(model.objects.values_list("pk", flat=True), reverse=True)
    back = tree(page).xpath("//nav[@aria-label='Các trang']/a[contains(., 'Mới hơn')]/@href")
    assert [row.pk for row in rows_of(client.get(address + back[0]))] == seen[-3 if len(seen) % 2 else -4 :][:2]


def test_filters_stay_from_page_to_page_and_begin_a_list_anew(monkeypatch):
    make_rows(5)
    monkeypatch.setattr(InitiativeAdmin, "list_per_page", 2)
    client, address = signed_in(make_national_user()), list_of(Initiative)

    page = client.get(f"{address}?block=enterprise&q=viec")
    (onward,) = tree(page).xpath("//nav[@aria-label='Các trang']/a/@href")
    second = client.get(address + onward)

    assert [row.title for row in rows_of(page)] == ["Việc 4", "Việc 2"]
    assert [row.title for row in rows_of(second)] == ["Việc 1"]
    assert not [link for link in tree(second).xpath("//*[@id='changelist-filter']//a/@href") if "truoc" in link]
    assert not tree(second).xpath("//*[@id='changelist-search']//input[@name='truoc']")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "query", "cost"),
    [
        (Initiative, "", 6),
        (Initiative, "?q=viec&status=SENT", 8),
        (Event, "", 6),
        (Event, "?subject_kind=plan", 8),
        (Message, "", 6),
    ],
)
def test_a_list_is_never_counted_and_costs_the_same_for_any_number_of_rows(
    django_assert_num_queries, model, query, cost, rows
):
    make_rows(rows)
    client = signed_in(make_national_user())

    with django_assert_num_queries(cost) as queries:
        assert len(rows_of(client.get(list_of(model) + query))) >= rows

    assert not [query["sql"] for query in queries if "COUNT(" in query["sql"]]


def test_a_list_that_was_looked_through_in_part_says_so(monkeypatch):
    make_rows(5)
    monkeypatch.setattr(looking, "LONG_WALK", 2)

    page = signed_in(make_national_user()).get(list_of(Initiative) + "?field=community")

    assert "lần này mới tìm trong" in says(page)
    assert "Tìm tiếp →" in says(page)


def test_a_box_finds_an_initiative_by_words_and_by_code_and_shows_the_first(monkeypatch):
    unit = make_rows(25)
    client = signed_in(make_board(unit.top))
    box = reverse("admin:autocomplete") + "?app_label=awards&model_name=complaint&field_name=initiative&term="

    def found(term):
        return client.get(box + term).json()

    oldest = Initiative.objects.order_by("pk").first()
    monkeypatch.setattr(looking, "LONG_WALK", 22)
    assert len(found("")["results"]) == len(found("viec")["results"]) == 20
    assert found("viec")["pagination"] == {"more": False}
    assert [row["id"] for row in found(oldest.code)["results"]] == [str(oldest.pk)]
    assert found("khongco")["results"] == []
