"""A dossier on its pages: choosing within the quota, ordering and describing the entries (R10, R14)."""

import pytest
from django.urls import reverse

from dossiers.models import DossierEntry
from dossiers.quota import put_forward
from tests.factories import (
    make_dossier,
    make_initiative,
    make_ready,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import errors_beside, filled_in, focused, form_on, says, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def accepted(dossier, **values):
    return make_initiative(dossier.union, dossier.plan.campaign, accepted=True, **values)


def address(name, dossier, *more):
    return reverse(name, args=[dossier.pk, *more])


def ranks(dossier):
    return list(dossier.entries.standing().values_list("initiative__title", flat=True))


def buttons(response):
    return {form.action for form in tree(response).forms if form.method == "POST"} - {"/dang-xuat/"}


# The page


def test_an_empty_dossier_tells_all_that_is_missing_and_where():
    dossier = make_dossier()

    response = staff_of(dossier).get(dossier.get_absolute_url())

    lacks = tree(response).xpath("//section[@aria-labelledby='con-thieu']//a")
    assert [(link.get("href"), link.text) for link in lacks] == [
        ("#sang-kien", "Chưa có sáng kiến nào trong hồ sơ."),
        ("#id_letter_number", "Chưa ghi số tờ trình."),
        ("#id_letter_date", "Chưa ghi ngày tờ trình."),
        ("#id_signer", "Chưa ghi người ký tờ trình."),
        ("#id_file", "Chưa tải lên tờ trình đã ký."),
    ]
    assert all(tree(response).xpath(f"//*[@id='{link.get('href')[1:]}']") for link in lacks)
    assert address("file_dossier", dossier) not in buttons(response)
    assert "Đã chọn 0/3 sáng kiến. Còn 3 chỉ tiêu." in says(response)


def test_a_complete_dossier_can_be_filed_from_its_page():
    dossier = make_ready(entries=3)

    response = staff_of(dossier).get(dossier.get_absolute_url())

    assert "Hồ sơ đã đủ" in says(response)
    assert "Đã chọn 3/3 sáng kiến. Đã hết chỉ tiêu." in says(response)
    assert tree(response).xpath(f"//a[@href='{address('file_dossier', dossier)}']")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "cost"),
    [("dossier", 15), ("choose_initiatives", 8), ("summary_table", 11), ("table_preview", 7), ("letter_draft", 12)],
)
def test_pages_of_a_dossier_cost_the_same_for_any_number_of_entries(django_assert_num_queries, rows, name, cost):
    dossier = make_ready(entries=rows)
    client = staff_of(dossier)

    with django_assert_num_queries(cost):
        assert client.get(address(name, dossier)).status_code == 200


# Choosing


def test_only_accepted_initiatives_of_the_union_in_this_programme_are_offered():
    dossier = make_dossier()
    accepted(dossier, title="Đạt")
    make_initiative(dossier.union, dossier.plan.campaign, title="Chờ")
    make_initiative(make_union(parent=dossier.plan.union), dossier.plan.campaign, title="Huyện bên", accepted=True)

    response = staff_of(dossier).get(address("choose_initiatives", dossier))

    assert [row.title for row in response.context["page"].rows] == ["Đạt"]


def test_choosing_is_searched_and_paged_with_the_search_kept(monkeypatch):
    monkeypatch.setattr("config.paging.page_of.__defaults__", (2,))
    dossier = make_dossier()
    for title in ("Bàn cắt 1", "Ghế", "Bàn cắt 2", "Bàn cắt 3"):
        accepted(dossier, title=title)
    client = staff_of(dossier)

    first = client.get(address("choose_initiatives", dossier), {"q": "ban cat"})
    (older,) = tree(first).xpath("//nav//a[contains(., 'Cũ hơn')]/@href")
    second = client.get(address("choose_initiatives", dossier) + older)

    pages = [[row.title for row in response.context["page"].rows] for response in (first, second)]
    assert pages == [["Bàn cắt 3", "Bàn cắt 2"], ["Bàn cắt 1"]]


def test_what_is_chosen_is_marked_and_not_offered_twice():
    dossier = make_dossier(entries=1)
    inside, outside = dossier.entries.get().initiative, accepted(dossier)

    response = staff_of(dossier).get(address("choose_initiatives", dossier))

    assert says(response).count("Đã có trong hồ sơ") == 1
    assert buttons(response) == {address("add_entry", dossier, outside.code)}
    assert inside.title in says(response)


def test_adding_fills_the_quota_and_one_more_is_refused_in_words():
    dossier = make_dossier()
    client = staff_of(dossier)

    for number in range(3):
        response = client.post(address("add_entry", dossier, accepted(dossier, title=f"Số {number}").code))
        assert response["Location"].startswith(address("choose_initiatives", dossier))
    response = client.post(address("add_entry", dossier, accepted(dossier).shown_code), follow=True)

    assert "đã dùng hết 3 chỉ tiêu" in says(response)
    assert ranks(dossier) == ["Số 0", "Số 1", "Số 2"]
    assert all(button.get("disabled") is not None for button in tree(response).xpath("//article//form//button"))


@pytest.mark.parametrize("wrong", ["waiting", "twice"])
def test_what_may_not_enter_is_refused_in_words(wrong):
    dossier = make_dossier(entries=1)
    waiting = make_initiative(dossier.union, dossier.plan.campaign)
    initiative = waiting if wrong == "waiting" else dossier.entries.get().initiative

    response = staff_of(dossier).post(address("add_entry", dossier, initiative.code), follow=True)

    assert {"waiting": "chưa được chấp nhận", "twice": "đã có trong hồ sơ"}[wrong] in says(response)
    assert dossier.entries.count() == 1


def test_an_initiative_of_another_union_is_not_there_to_be_added():
    dossier = make_dossier()
    foreign = make_initiative(make_union(parent=dossier.plan.union), dossier.plan.campaign, accepted=True)

    assert staff_of(dossier).post(address("add_entry", dossier, foreign.code)).status_code == 404
    assert not DossierEntry.objects.exists()


# Ordering and taking out


def test_entries_move_up_and_down_and_stop_at_the_ends():
    dossier = make_dossier()
    for title in "ABC":
        put_forward(dossier, accepted(dossier, title=title), by=make_user())
    client, of = staff_of(dossier), {entry.title: entry.pk for entry in dossier.entries.all()}

    orders = []
    for name, title in [
        ("move_entry_up", "C"),
        ("move_entry_down", "A"),
        ("move_entry_up", "C"),
        ("move_entry_down", "B"),
    ]:
        expected = f"{dossier.get_absolute_url()}#muc-{of[title]}"
        assert client.post(address(name, dossier, of[title]))["Location"] == expected
        orders.append("".join(ranks(dossier)))

    assert orders == ["ACB", "CAB", "CAB", "CAB"]


def test_the_first_has_no_button_up_and_the_last_none_down():
    dossier = make_dossier(entries=2)
    first, last = dossier.entries.standing()

    offered = buttons(staff_of(dossier).get(dossier.get_absolute_url()))

    assert {address("move_entry_down", dossier, first.pk), address("move_entry_up", dossier, last.pk)} <= offered
    assert not {address("move_entry_up", dossier, first.pk), address("move_entry_down", dossier, last.pk)} & offered


def test_taking_out_frees_a_place_and_is_done_once():
    dossier = make_dossier(entries=3)
    entry = dossier.entries.get(rank=1)
    client = staff_of(dossier)

    response = client.post(address("remove_entry", dossier, entry.pk))
    assert response["Location"] == f"{dossier.get_absolute_url()}#sang-kien"
    assert client.post(address("remove_entry", dossier, entry.pk)).status_code == 404

    assert list(dossier.entries.standing().values_list("rank", flat=True)) == [1, 2]
    client.post(address("add_entry", dossier, accepted(dossier).code))
    assert list(dossier.entries.standing().values_list("rank", flat=True)) == [1, 2, 3]


# Describing an entry


def test_an_entry_is_described_beside_its_original_which_stays_as_it_was():
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    client, edit = staff_of(dossier), address("edit_entry", dossier, entry.pk)
    page = client.get(edit)
    assert b"maxlength" not in page.content

    values = filled_in(form_on(page)) | {"summary": "Tóm tắt\r\nmới", "title": "Tên gọn"}
    response = client.post(edit, values)

    entry.refresh_from_db()
    assert response["Location"] == f"{dossier.get_absolute_url()}#muc-{entry.pk}"
    assert (entry.summary, entry.title) == ("Tóm tắt\nmới", "Tên gọn")
    assert entry.initiative.title == "Cải tiến bàn cắt vải"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("summary", "ệ" * 1001, "1.001/1.000"), ("effect", "ệ" * 1001, "1.001/1.000"), ("authors", "a" * 1301,
        "1.301/1.300"),
        ("position", "a" * 1301, "1.301/1.300"), ("title", "a" * 301, "301/300"), ("field", "none", "lựa chọn"),
    ],
)  # fmt: skip
def test_an_entry_with_mistakes_is_refused_and_keeps_its_text(name, text, words):
    dossier = make_dossier(entries=1)
    client, edit = staff_of(dossier), address("edit_entry", dossier, dossier.entries.get().pk)

    response = client.post(edit, filled_in(form_on(client.get(edit))) | {"practised": "Chữ đã gõ", name: text})

    assert response.status_code == 422
    assert words in " ".join(errors_beside(response)[name])
    assert focused(response) == [name]
    assert filled_in(form_on(response))["practised"] == "Chữ đã gõ"
    assert DossierEntry.objects.get().practised == "Từ 15/02/2021"


@pytest.mark.parametrize("detour", [None, {"field": "none"}])
def test_a_stale_entry_page_is_told_keeps_its_text_and_is_saved_by_one_more_click(detour):
    dossier = make_dossier(entries=1)
    client, edit = staff_of(dossier), address("edit_entry", dossier, dossier.entries.get().pk)
    mine, theirs = (filled_in(form_on(client.get(edit))) | {"summary": text} for text in ("Của tôi", "Của chị"))
    client.post(edit, theirs)
    if detour:
        mine = filled_in(form_on(client.post(edit, mine | detour))) | {"field": "production"}

    response = client.post(edit, mine)

    assert response.status_code == 422
    assert "Một người khác vừa thay đổi hồ sơ này" in says(response)
    assert DossierEntry.objects.get().summary == "Của chị"
    client.post(edit, filled_in(form_on(response)))
    assert DossierEntry.objects.get().summary == "Của tôi"


def test_an_entry_carries_nothing_but_its_texts():
    dossier = make_dossier(entries=2)
    entry, other = dossier.entries.standing()
    client, edit = staff_of(dossier), address("edit_entry", dossier, entry.pk)
    forged = {
        "rank": "2",
        "dossier": "0",
        "initiative": str(other.initiative_id),
        "removed_at": "2021-04-01",
        "id": "0",
    }

    client.post(edit, filled_in(form_on(client.get(edit))) | forged | {"title": "Mới"})

    fresh = dossier.entries.get(title="Mới")
    assert (fresh.pk, fresh.rank, fresh.initiative, fresh.removed_at) == (entry.pk, 1, entry.initiative, None)
