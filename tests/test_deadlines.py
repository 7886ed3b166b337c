"""The deadline of a dossier (R11): in view on every page of its union, written about in time, put off by name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Level, Role
from accounts.roles import grant
from dossiers.deadlines import in_words
from dossiers.limits import REMIND_AT_MOST_LATE
from dossiers.models import Extension
from dossiers.reminders import remind
from outbox.models import Message
from tests.boards import signed_in as at_the_board
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_board,
    make_dossier,
    make_filed,
    make_plan,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# The plan's deadline is 17 April 00:00.
PAGES = ["desk", "initiatives"]


@pytest.fixture
def union():
    union = make_union()
    make_plan(union.parent)
    return union


def extend(union, until, reason="Mưa lũ."):
    by = {"granted_by": make_user(), "granted_at": IN_TIME}
    return Extension.objects.create(
        plan=union.parent.plans.get(), union=union, until=moment(until), reason=reason, **by
    )


def page_of(user, name="desk"):
    return says(signed_in(user).get(reverse(name)))


# In view


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=2, hours=5, minutes=59), "2 ngày 5 giờ"),
        (timedelta(days=1), "1 ngày 0 giờ"),
        (timedelta(days=1) - timedelta(seconds=1), "23 giờ 59 phút"),
        (timedelta(hours=1), "1 giờ 0 phút"),
        (timedelta(minutes=59, seconds=59), "59 phút"),
        (timedelta(minutes=1), "1 phút"),
        (timedelta(seconds=59), "chưa đầy 1 phút"),
    ],
)
def test_the_time_left_is_said_as_people_say_it(length, words):
    assert in_words(length) == words


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_union_says_how_much_time_is_left(at, union, name):
    at("2021-04-14 18:55")

    assert "Còn 2 ngày 5 giờ để nộp hồ sơ (hết ngày 16/04/2021)." in page_of(make_staff(union), name)


def test_a_dossier_in_preparation_is_led_to(union):
    dossier = make_dossier(union, union.parent.plans.get())

    page = signed_in(make_staff(union)).get(reverse("initiatives")).content.decode()

    assert f'<a href="{dossier.get_absolute_url()}">Còn 15 ngày' in page


def test_who_has_filed_who_is_late_and_who_files_nothing_is_told_no_time(at, union):
    filed = make_filed(make_union(parent=union.parent), union.parent.plans.get())
    below = make_union(Level.GRASSROOTS, union)
    people = [make_staff(filed.union), make_staff(below), make_staff(union.parent), make_board(union.parent)]

    assert all("để nộp hồ sơ" not in page_of(person) for person in people)
    at("2021-04-17 00:00")
    assert "để nộp hồ sơ" not in page_of(make_staff(union))


def test_an_extension_is_in_view_with_its_time_and_reason(at, union):
    extend(union, "2021-04-19 12:30")
    at("2021-04-18 12:20")

    words = "Còn 1 ngày 0 giờ để nộp hồ sơ (trước 12:30 ngày 19/04/2021). Được gia hạn: Mưa lũ."
    assert words in page_of(make_staff(union))
    assert "Mưa lũ" not in page_of(make_staff(make_union(parent=union.parent)))


def test_who_serves_several_unions_is_told_of_each_by_name(union):
    other = make_union(parent=union.parent, name="LĐLĐ huyện Đồng Hỷ")
    user = make_staff(union)
    grant(user, other, Role.STAFF)

    assert "để nộp hồ sơ của LĐLĐ huyện Đồng Hỷ" in page_of(user)


def test_the_deadlines_of_many_unions_cost_one_query(union, django_assert_num_queries):
    user = make_staff(union)
    client = signed_in(user)
    with django_assert_num_queries(6) as one:
        client.get(reverse("initiatives"))
    for _ in range(3):
        grant(user, make_union(parent=union.parent), Role.STAFF)
    with django_assert_num_queries(len(one)):
        client.get(reverse("initiatives"))


# Reminders


@pytest.mark.parametrize("when", ["04-10 00:00", "04-14 00:00", "04-16 00:00", "04-16 21:00"])
def test_a_reminder_is_written_when_its_moment_has_come_and_once(at, union, when):
    staff = make_staff(union)
    at(f"2021-{when}")
    before = moment(f"2021-{when}") - timedelta(seconds=1)
    at(f"{before:%Y-%m-%d %H:%M:%S}")
    assert remind() == 0

    at(f"2021-{when}")
    assert [remind(), remind()] == [1, 0]

    letter = Message.objects.get()
    assert letter.recipient == staff.email
    assert letter.subject.startswith("Còn ")
    assert "hết ngày 16/04/2021" in letter.body


def test_all_four_are_written_one_after_the_other(at, union):
    make_staff(union)
    for hours in range(24 * 9):
        at(f"{moment('2021-04-09 00:09:30') + timedelta(hours=hours):%Y-%m-%d %H:%M}")
        remind()

    subjects = Message.objects.order_by("pk").values_list("subject", flat=True)
    assert [subject.split(" để")[0] for subject in subjects] == [
        "Còn 6 ngày 23 giờ", "Còn 2 ngày 23 giờ", "Còn 23 giờ 50 phút", "Còn 2 giờ 50 phút",
    ]  # fmt: skip


def test_a_late_reminder_is_still_written_for_half_a_day(at, union):
    make_staff(union)
    late = moment("2021-04-10 00:00") + REMIND_AT_MOST_LATE
    at(f"{late:%Y-%m-%d %H:%M:%S}")
    assert remind() == 0

    at(f"{late - timedelta(seconds=1):%Y-%m-%d %H:%M:%S}")
    assert remind() == 1


def test_when_the_next_one_has_come_the_one_before_is_left_out(at, union):
    make_staff(union)
    at("2021-04-16 21:29:30")

    assert remind() == 1
    assert "còn 2 giờ 30 phút" in Message.objects.get().body


def test_nobody_is_reminded_who_has_filed_left_or_gave_no_address(at, union):
    make_staff(make_filed(make_union(parent=union.parent), union.parent.plans.get()).union)
    make_user(union, Role.STAFF, email="")
    gone = make_staff(union)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    make_board(union.parent)
    Message.objects.all().delete()
    at("2021-04-16 00:00")

    assert remind() == 0


def test_an_extension_has_reminders_of_its_own(at, union):
    make_staff(union)
    at("2021-04-16 00:00")
    assert remind() == 1

    extend(union, "2021-04-17 00:30")
    assert remind() == 0
    at("2021-04-16 00:30")
    assert remind() == 1
    assert "Mưa lũ." in Message.objects.latest("pk").body


@pytest.mark.parametrize("unions", [1, 3])
def test_looking_for_reminders_costs_the_same_for_any_number_of_unions(at, union, unions, django_assert_num_queries):
    for number in range(unions):
        make_staff(union if number == 0 else make_union(parent=union.parent))
    at("2021-04-16 00:00")
    assert remind() == unions

    with django_assert_num_queries(3):
        assert remind() == 0


# Granting


def test_granting_an_extension_tells_the_staff_of_that_union(union):
    staff, _ = make_staff(union), make_staff(make_union(parent=union.parent))
    values = {
        "plan": union.parent.plans.get().pk,
        "union": union.pk,
        "until_0": "19/04/2021",
        "until_1": "12:30:00",
        "reason": "Mưa lũ chia cắt.",
    }

    answer = at_the_board(make_board(union.parent)).post(reverse("admin:dossiers_extension_add"), values)

    assert answer.status_code == 302
    letter = Message.objects.get()
    assert letter.recipient == staff.email
    assert "trước 12:30 ngày 19/04/2021" in letter.subject
    assert "Mưa lũ chia cắt." in letter.body
