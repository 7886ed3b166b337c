"""Staff see what looks copied, in their list and side by side; of another union's initiative only what matches."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Level
from initiatives import copies_index
from initiatives.changing import withdraw
from initiatives.copies_index import sweep
from initiatives.copies_models import Resemblance, Said
from initiatives.copies_verdicts import look_again, say_no_copy
from record.models import Event
from tests.factories import (
    IN_TIME,
    make_board,
    make_initiative,
    make_national_user,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = reverse("initiatives")
OWN_WORDS = "Kẹp làm bằng gỗ thải của xưởng mộc trong khu, ai cũng tự thay được khi mòn."
LATER = IN_TIME + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _deeds_are_over(monkeypatch):
    monkeypatch.setattr(copies_index, "DEEDS_LAST", timedelta(seconds=-1))


def make_pair(*, together=False):
    """(earlier, later, the pair): of two provinces, unless `together` in one union. The earlier says more."""
    earlier = make_initiative(
        make_union(), title="Tên riêng", full_name="Trần Kín", phone="+84987654321", workplace="Xưởng Kín"
    )
    text = f"{earlier.description} {OWN_WORDS}"
    type(earlier).objects.filter(pk=earlier.pk).update(description=text)
    unit = earlier.unit if together else make_union()
    later = make_initiative(unit, arrived_at=LATER)
    sweep()
    return earlier, later, Resemblance.objects.get()


def page(initiative):
    return reverse("alike", args=[initiative.code])


def post(client, initiative, pair, deed="no_copy", reason="Cùng nhóm làm.", version=None):
    address = reverse(deed, args=[initiative.code, pair.pk])
    return client.post(address, {"reason": reason, "version": str(version or pair.version)})


# What is seen


def test_of_another_unions_initiative_only_what_matches_and_where_it_is_from_is_shown():
    earlier, later, _ = make_pair()

    seen = says(signed_in(make_staff(later.unit)).get(page(later)))

    assert f"{earlier.unit.name}, {earlier.top}" in seen
    assert seen.count("cắt một lần được nhiều lớp vải") == 2
    private = ["Tên riêng", "Trần Kín", "987654321", "gỗ thải", "Xưởng Kín", earlier.shown_code, earlier.code]
    assert [words for words in private if words in seen] == []


def test_of_what_one_may_see_the_whole_is_shown():
    earlier, later, _ = make_pair(together=True)

    response = signed_in(make_staff(later.unit)).get(page(later))

    assert "gỗ thải" in says(response)
    assert "Trần Kín" in says(response)
    assert earlier.get_absolute_url() in response.content.decode()


def test_a_unit_that_was_typed_is_not_told_to_others():
    earlier = make_initiative(top=make_union(Level.TOP), unit_other="Tổ ông Kín")
    later = make_initiative(arrived_at=LATER)
    sweep()

    seen = says(signed_in(make_staff(later.unit)).get(page(later)))

    assert "Tổ ông Kín" not in seen
    assert str(earlier.top) in seen


@pytest.mark.parametrize("who", ["neighbour", "other"])
def test_nobody_else_gets_in(who):
    earlier, later, pair = make_pair()
    user = make_staff(make_union(parent=later.top) if who == "neighbour" else earlier.unit)
    client = signed_in(user)

    assert client.get(page(later)).status_code == 404
    assert post(client, later, pair).status_code == 404
    assert Resemblance.objects.get().said == Said.NOTHING


def test_the_list_marks_the_later_one_and_finds_it_by_a_filter():
    _, later, pair = make_pair(together=True)
    client = signed_in(make_staff(later.unit))

    page_of_list = client.get(LIST)
    assert [row.likeness for row in page_of_list.context["page"].rows] == [100, None]
    assert "Giống 100 % sáng kiến gửi trước" in says(page_of_list)
    assert client.get(f"{LIST}?copied=on").context["page"].rows == [later]
    post(client, later, pair)
    assert client.get(f"{LIST}?copied=on").context["page"].rows == []


def test_the_page_of_each_of_the_two_leads_there():
    earlier, later, _ = make_pair(together=True)
    client = signed_in(make_staff(later.unit))

    assert "giống 100 % một sáng kiến gửi trước" in says(client.get(later.get_absolute_url()))
    assert "Có sáng kiến gửi sau giống 100 % nội dung này" in says(client.get(earlier.get_absolute_url()))


def test_what_was_withdrawn_a_moment_ago_is_not_shown_any_more():
    earlier, later, _ = make_pair()
    withdraw(earlier, arrived_at=IN_TIME)
    client = signed_in(make_staff(later.unit))

    assert client.get(page(later)).context["pairs"] == []
    assert "gửi trước" not in says(client.get(later.get_absolute_url()))


@pytest.mark.parametrize("others", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_pairs(django_assert_num_queries, others):
    for _ in range(others):
        make_initiative()
    later = make_initiative(arrived_at=LATER)
    sweep()
    client = signed_in(make_staff(later.unit))

    with django_assert_num_queries(8):
        assert len(client.get(page(later)).context["pairs"]) == others


# What is said


def test_a_word_with_its_reason_is_kept_and_on_record():
    _, later, pair = make_pair()
    staff = make_staff(later.unit)

    response = post(signed_in(staff), later, pair)

    pair.refresh_from_db()
    assert response["Location"] == page(later)
    assert (pair.said, pair.reason, pair.said_by, pair.version) == (Said.BY_UNION, "Cùng nhóm làm.", staff, 2)
    event = Event.objects.of(pair).get()
    assert (event.deed, event.by, event.reason) == ("no_copy", staff, "Cùng nhóm làm.")
    assert "Cùng nhóm làm." in says(signed_in(staff).get(page(later)))


@pytest.mark.parametrize(("reason", "words"), [(" . ", "Hãy ghi lý do"), ("ệ" * 501, "Lý do dài 501/500 ký tự")])
def test_a_reason_that_is_missing_or_too_long_is_refused_and_kept(reason, words):
    _, later, pair = make_pair()

    response = post(signed_in(make_staff(later.unit)), later, pair, reason=reason)

    assert response.status_code == 422
    assert words in says(response)
    assert reason.strip() in response.content.decode()
    assert not Event.objects.of(pair).exists()


def test_who_saw_another_state_is_told_and_keeps_what_was_typed():
    earlier, later, pair = make_pair()
    say_no_copy(pair, "Cùng mẫu.", by=make_staff(earlier.unit), version=1)

    response = post(signed_in(make_staff(later.unit)), later, pair, version=1)

    assert response.status_code == 422
    assert "Người khác vừa kết luận" in says(response)
    assert "Cùng nhóm làm." in says(response)
    assert Resemblance.objects.get().reason == "Cùng mẫu."


def code_of(call):
    with pytest.raises(ValidationError) as refusal:
        call()
    return refusal.value.code


def test_a_board_goes_on_seeing_what_a_union_said_and_has_the_last_word():
    _, later, pair = make_pair()
    staff, board = make_staff(later.unit), make_board(later.top)
    pair = say_no_copy(pair, "Cùng nhóm.", by=staff, version=1)

    assert not Resemblance.objects.unsaid().exists()
    assert Resemblance.objects.open_for_board().exists()
    pair = say_no_copy(pair, "Đã hỏi cả hai.", by=board, version=2)
    assert not Resemblance.objects.open_for_board().exists()
    assert code_of(lambda: look_again(pair, "Nghi ngờ.", by=staff, version=3)) == "said_by_board"
    assert code_of(lambda: say_no_copy(pair, "Nữa.", by=board, version=3)) == "already_said"
    pair = look_again(pair, "Có đơn.", by=board, version=3)
    assert (pair.said, pair.reason, pair.said_by, pair.version) == ("", "", None, 4)
    assert code_of(lambda: look_again(pair, "Nữa.", by=board, version=4)) == "nothing_said"
    assert list(Event.objects.of(pair).values_list("reason", flat=True)) == ["Cùng nhóm.", "Đã hỏi cả hai.", "Có đơn."]


@pytest.mark.parametrize("make", [make_national_user, make_user, lambda: make_staff(make_union())])
def test_nobody_speaks_whose_business_it_is_not(make):
    _, _, pair = make_pair()

    assert code_of(lambda: say_no_copy(pair, "Tôi thấy vậy.", by=make(), version=1)) == "not_yours"
