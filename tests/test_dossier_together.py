"""Two people on one dossier: an order put at once, changes told, nothing overwritten without being told."""

from functools import partial

import pytest
from django.urls import reverse

from dossiers import quota
from dossiers.editing import SUMMARY, describe_entry
from dossiers.models import Dossier, QuotaException
from dossiers.quota import reorder, take_out
from initiatives.models import Field
from record.models import Event
from tests.factories import make_dossier, make_filed, make_staff, make_user
from tests.pages import filled_in, form_on, says, signed_in, tree
from tests.racing import at_once, while_open
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def keys_of(dossier):
    return list(dossier.entries.standing().values_list("pk", flat=True))


def order(dossier, *places):
    """Return a reordering of a dossier's entries as they stand now: the places they had, in the new order."""
    keys, version = keys_of(dossier), Dossier.objects.get(pk=dossier.pk).version
    return partial(reorder, dossier, [keys[place] for place in places], by=make_user(), version=version)


def edit(dossier, **values):
    entry = dossier.entries.get(rank=1)
    texts = {name: getattr(entry, name) for name in SUMMARY} | values
    version = Dossier.objects.get(pk=dossier.pk).version
    return partial(describe_entry, entry, texts, by=make_user(), version=version)


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


@pytest.mark.parametrize("places", [(2, 0, 1), (1, 0, 2), (2, 1, 0), (0, 1, 2)])
def test_entries_are_put_into_any_order_at_once(places):
    dossier = make_dossier(entries=3)
    before = keys_of(dossier)

    order(dossier, *places)()

    assert keys_of(dossier) == [before[place] for place in places]
    assert list(dossier.entries.standing().values_list("rank", flat=True)) == [1, 2, 3]
    reordered = Event.objects.of(dossier).filter(deed="entries_reordered")
    assert [event.after["entries"] for event in reordered] == ([keys_of(dossier)] if places != (0, 1, 2) else [])


def test_an_order_of_other_entries_than_there_are_is_refused():
    dossier, other = make_dossier(entries=3), make_dossier(entries=1)
    dossier.refresh_from_db()
    first, second, third = keys_of(dossier)

    for keys in (
        [],
        [second, first],
        [first, first, second],
        [first, second, third, 0],
        [*keys_of(other), first, third],
    ):
        with refused("stale"):
            reorder(dossier, keys, by=make_user(), version=dossier.version)
    assert keys_of(dossier) == [first, second, third]


def test_an_order_of_an_old_page_a_filed_dossier_or_too_many_entries_is_refused():
    dossier, crowded = make_dossier(entries=3), make_dossier(entries=3)
    old = order(dossier, 2, 1, 0)
    take_out(dossier.entries.get(rank=1), by=make_user())
    QuotaException.objects.create(plan=crowded.plan, union=crowded.union, quota=2)

    with refused("stale"):
        old()
    with refused("dossier_closed"):
        order(make_filed(entries=2), 1, 0)()
    with refused("quota_exceeded"):
        order(crowded, 2, 1, 0)()


def test_an_order_comes_in_one_request_with_the_version_of_the_page():
    dossier = make_dossier(entries=3)
    client, address = staff_of(dossier), reverse("reorder_entries", args=[dossier.pk])
    page = tree(client.get(dossier.get_absolute_url()))
    version = page.get_element_by_id("watch").get("data-version")
    first, second, third = page.xpath("//@data-entry")

    assert client.post(address, {"version": version, "entry": [third, first, second]}).status_code == 302
    late = client.post(address, {"version": version, "entry": [first, second, third]})

    assert late.status_code == 422
    assert "Một người khác vừa thay đổi hồ sơ này" in says(late)
    assert keys_of(dossier) == [int(third), int(first), int(second)]
    for nonsense in ({}, {"version": "x", "entry": ["x", "9" * 30]}):
        assert client.post(address, nonsense).status_code == 422


def test_a_page_asks_whether_somebody_changed_what_it_shows():
    dossier = make_dossier(entries=1)
    client, address = staff_of(dossier), reverse("dossier_changes", args=[dossier.pk])
    seen = Dossier.objects.get().version

    assert client.get(address, {"v": seen}).json() == {"said": ""}
    edit(dossier, title="Mới")()
    by = Event.objects.order_by("pk").last().by
    assert client.get(address, {"v": seen}).json()["said"] == f"{by} vừa sửa hồ sơ lúc 08:00."


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_for_any_number_of_entries(django_assert_num_queries, rows):
    dossier = make_dossier(entries=rows)
    client = staff_of(dossier)

    with django_assert_num_queries(6):
        client.get(reverse("dossier_changes", args=[dossier.pk]), {"v": 0})


def test_who_saves_an_old_page_sees_the_newer_text_beside_the_own():
    dossier = make_dossier(entries=1)
    client, address = staff_of(dossier), reverse("edit_entry", args=[dossier.pk, dossier.entries.get().pk])
    mine = filled_in(form_on(client.get(address))) | {"title": "Của tôi", "field": "community"}
    edit(dossier, title="Của chị")()

    response = client.post(address, mine)

    shown = {box.find("h3").text: box.xpath(".//p/text()") for box in tree(response).find_class("compared")}
    fields = [Field(name).label for name in ("production", "community")]
    assert shown == {"Tên sáng kiến": ["Của chị", "Của tôi"], "Lĩnh vực": fields}
    assert "vừa sửa hồ sơ lúc 08:00" in says(response)


def test_who_saves_old_details_of_the_letter_sees_the_newer_ones():
    dossier = make_dossier()
    client, address = staff_of(dossier), reverse("letter_details", args=[dossier.pk])
    page = client.get(dossier.get_absolute_url())
    mine, theirs = (filled_in(form_on(page, address)) | {"signer": name} for name in ("Bình", "An"))
    client.post(address, theirs | {"letter_date": "01/04/2021"})

    boxes = tree(client.post(address, mine)).find_class("compared")

    shown = {box.find("h3").text: box.xpath(".//p/text()") for box in boxes}
    assert shown == {"người ký".capitalize(): ["An", "Bình"], "Ngày tờ trình": ["01/04/2021", "(để trống)"]}


def test_the_quota_stands_also_where_an_entry_is_described():
    dossier = make_dossier(entries=2)
    response = staff_of(dossier).get(reverse("edit_entry", args=[dossier.pk, dossier.entries.get(rank=1).pk]))

    assert "Đã chọn 2/3 sáng kiến. Còn 1 chỉ tiêu." in says(response)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_of_an_order_and_an_edit_at_once_one_is_told(self):
        dossier = make_dossier(entries=3)

        outcomes = at_once(order(dossier, 2, 1, 0), edit(dossier, title="Mới"))

        assert sorted(outcomes, key=str) == [None, "stale"]
        assert dossier.entries.filter(title="Mới").exists() == (outcomes[1] is None)

    def test_of_two_orders_at_once_one_is_told(self):
        dossier = make_dossier(entries=3)

        assert sorted(at_once(order(dossier, 2, 1, 0), order(dossier, 1, 0, 2)), key=str) == [None, "stale"]
        assert list(dossier.entries.standing().values_list("rank", flat=True)) == [1, 2, 3]

    def test_without_the_lock_neither_of_two_orders_would_be_told_by_the_deed(self, monkeypatch):
        dossier = make_dossier(entries=3)
        unlocked = Dossier.objects.select_related("plan__campaign", "plan__union", "union__parent")
        monkeypatch.setattr(quota, "lock", lambda dossier: unlocked.get(pk=dossier.pk))

        assert "stale" not in while_open(order(dossier, 2, 1, 0), order(dossier, 1, 0, 2))
