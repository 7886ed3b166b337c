"""Where one is after each deed on a dossier, and what its pages offer once it is filed."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier
from tests.factories import make_dossier, make_filed, make_initiative, make_ready, make_staff
from tests.pages import filled_in, says, signed_in, tree

pytestmark = pytest.mark.django_db


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def address(name, dossier, *more):
    return reverse(name, args=[dossier.pk, *more])


def add_first_of(client, page):
    form = next(form for form in tree(page).forms if "/them/" in (form.action or ""))
    return client.post(form.action, filled_in(form))


# Choosing


def test_choosing_stays_on_the_list_with_its_search_and_its_page(monkeypatch):
    monkeypatch.setattr("config.paging.page_of.__defaults__", (2,))
    dossier = make_dossier()
    for number in range(5):
        make_initiative(dossier.union, dossier.plan.campaign, accepted=True, title=f"Bàn cắt {number}")
    client, choose = staff_of(dossier), address("choose_initiatives", dossier)
    (older,) = tree(client.get(choose, {"q": "bàn cắt"})).xpath("//nav//a[contains(., 'Cũ hơn')]/@href")
    page = client.get(choose + older)
    first = page.context["page"].rows[0]

    response = add_first_of(client, page)

    assert response["Location"] == f"{choose}{older}#chon-{first.code}"
    after = client.get(response["Location"])
    assert after.context["page"].rows == page.context["page"].rows
    beside = tree(after).get_element_by_id(f"chon-{first.code}").text_content()
    assert f"Đã đưa {first.shown_code} vào hồ sơ (1/3)." in beside
    assert "Còn 2 chỉ tiêu. Xong, về hồ sơ" in says(after)
    assert tree(after).xpath("//a[text()='Xong, về hồ sơ']/@href") == [dossier.get_absolute_url()]


@pytest.mark.parametrize("text", ["a" * 5000, "https://evil.example/", "x\r\nA: b", "#&?=%00"])
def test_the_way_back_to_the_list_stays_on_it_whatever_is_sent(text):
    dossier = make_dossier()
    initiative = make_initiative(dossier.union, dossier.plan.campaign, accepted=True)

    values = {"q": text, "truoc": text, "sau": text, "next": text}
    response = staff_of(dossier).post(address("add_entry", dossier, initiative.code), values)

    assert response["Location"].startswith(address("choose_initiatives", dossier) + "?q=")
    assert len(response["Location"]) < 2500


def test_a_search_that_is_too_short_leaves_the_choice_whole():
    dossier = make_dossier()
    initiative = make_initiative(dossier.union, dossier.plan.campaign, accepted=True)

    page = staff_of(dossier).get(address("choose_initiatives", dossier), {"q": "x"})

    assert "Hãy ghi ít nhất hai chữ cái" in says(page)
    assert page.context["page"].rows == [initiative]


@pytest.mark.parametrize(("entries", "offered"), [(2, True), (3, False)])
def test_more_is_offered_only_while_there_is_a_place(entries, offered):
    dossier = make_dossier(entries=entries)

    page = staff_of(dossier).get(dossier.get_absolute_url())

    assert (address("choose_initiatives", dossier) in tree(page).xpath("//main//a/@href")) is offered


# What was done is told where it was done


def test_what_was_saved_is_told_beside_it_too():
    dossier = make_dossier(entries=1)
    client = staff_of(dossier)
    entry = dossier.entries.get()
    edit = address("edit_entry", dossier, entry.pk)
    form = next(form for form in tree(client.get(edit)).forms if form.get("id") == "entry-form")

    page = tree(client.post(edit, filled_in(form), follow=True))

    assert "Đã lưu sáng kiến 1." in page.get_element_by_id(f"muc-{entry.pk}").text_content()


def test_a_stale_form_has_the_cursor_too():
    dossier = make_dossier()

    response = staff_of(dossier).post(address("letter_details", dossier), {"version": "0", "signer": "Bình"})

    assert tree(response).xpath("//*[@autofocus]/@name") == ["letter_number"]


# Once it is filed


def test_what_is_filed_cannot_be_opened_for_changing_and_says_why():
    dossier = make_filed()
    client, entry = staff_of(dossier), dossier.entries.get()

    for name, more in (("edit_entry", [entry.pk]), ("choose_initiatives", [])):
        response = client.get(address(name, dossier, *more), follow=True)
        assert response.redirect_chain == [(dossier.get_absolute_url(), 302)]
        assert says(response).count("Hồ sơ ở trạng thái “Đã nộp”, không sửa được nữa.") == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("FILED", "Đang chờ Ban Chính sách pháp luật kết luận."),
        ("VALID", "Kết luận của Ban Chính sách pháp luật: hồ sơ hợp lệ. Đủ điều kiện."),
        ("INVALID", "Kết luận của Ban Chính sách pháp luật: hồ sơ không hợp lệ. Đủ điều kiện."),
    ],
)
def test_a_filed_dossier_tells_when_it_was_filed_and_what_became_of_it(state, words):
    dossier = make_filed()
    reason = "" if state == "FILED" else "Đủ điều kiện."
    Dossier.objects.update(state=state, state_reason=reason)

    page = says(staff_of(dossier).get(dossier.get_absolute_url()))

    filing = dossier.filings.get()
    assert f"Đã nộp lúc 08:00 01/04/2021 · số biên nhận {filing.receipt_number}" in page
    assert words in page
    assert "(còn " not in page
    assert "chỉ tiêu" not in page


def test_what_is_being_prepared_tells_the_days_that_are_left():
    dossier = make_ready()

    page = says(staff_of(dossier).get(dossier.get_absolute_url()))

    assert "(còn 15 ngày)" in page
    assert "Đã nộp lúc" not in page
