"""Those who work for a union, as its board sees them: roles, last sign-in, closing."""

import pytest
from django.urls import reverse

from accounts.models import Level, Role, User
from accounts.people import close
from accounts.roles import grant
from record.models import Event
from tests.conftest import moment
from tests.factories import make_board, make_national_user, make_staff, make_union, make_user
from tests.pages import says, signed_in
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    return make_union()


@pytest.fixture
def client(union):
    return signed_in(make_board(union.parent))


@pytest.fixture
def staff(union):
    return make_staff(union)


def press(client, name, *args, **values):
    return client.post(reverse(name, args=args), values)


def deeds_of(user):
    return list(Event.objects.of(user).values_list("deed", flat=True))


def test_a_board_sees_the_staff_below_with_their_last_sign_in(client, staff, union):
    User.objects.filter(pk=staff.pk).update(last_login=moment("2021-04-02 10:00"))
    stranger = make_staff(make_union())

    page = says(client.get(reverse("people")))

    assert all(text in page for text in (staff.full_name, staff.email, str(union), "02/04/2021"))
    assert stranger.full_name not in page


def test_the_list_is_searched_by_name_account_and_address(client, staff, union):
    other = make_user(union, Role.STAFF, full_name="Lý Thị Mây")

    for sought in ("thị mây", other.username, other.email):
        page = says(client.get(reverse("people"), {"q": sought}))
        assert other.full_name in page
        assert staff.full_name not in page or sought in staff.full_name


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_for_any_number_of_people(client, union, rows, django_assert_num_queries):
    for _ in range(rows):
        make_staff(union)

    with django_assert_num_queries(6):
        client.get(reverse("people"))


def test_a_board_gives_and_takes_the_role_of_staff_in_its_unions(client, staff, union):
    second = make_union(parent=union.parent)

    press(client, "give_role", staff.pk, union=second.pk)
    assert set(User.objects.get(pk=staff.pk).unions_as(Role.STAFF)) == {union, second}

    for seat in staff.memberships.all():
        answer = press(client, "take_role", staff.pk, seat.pk)
    assert answer["Location"] == reverse("people")
    assert not staff.memberships.exists()
    assert deeds_of(staff) == ["role_granted", "role_granted", "role_revoked", "role_revoked"]


def test_a_board_gives_no_role_elsewhere_and_none_to_strangers(client, staff):
    stranger = make_staff(make_union())

    assert press(client, "give_role", staff.pk, union=make_union().pk).status_code == 422
    assert press(client, "give_role", stranger.pk, union=staff.memberships.get().union_id).status_code == 404


def test_a_board_takes_no_role_that_is_not_its_to_give(client, staff, union):
    elsewhere = grant(staff, make_union(), Role.STAFF)
    chair = make_board(union.parent)

    assert press(client, "take_role", staff.pk, elsewhere.pk).status_code == 404
    assert press(client, "take_role", chair.pk, chair.memberships.get().pk).status_code == 404


def test_a_closed_account_is_out_at_the_next_request_and_an_opened_one_signs_in_again(client, staff):
    theirs = signed_in(staff)
    assert theirs.get(reverse("desk")).status_code == 200

    press(client, "close_account", staff.pk)
    assert theirs.get(reverse("desk"))["Location"].startswith("/dang-nhap/")
    assert "đã khóa" in says(client.get(reverse("person", args=[staff.pk])))

    press(client, "reopen_account", staff.pk)
    assert theirs.get(reverse("desk")).status_code == 302
    staff.refresh_from_db()
    assert signed_in(staff).get(reverse("desk")).status_code == 200
    assert deeds_of(staff)[-2:] == ["closed", "reopened"]


def test_closing_twice_is_recorded_once(client, staff):
    press(client, "close_account", staff.pk)
    press(client, "close_account", staff.pk)

    assert deeds_of(staff).count("closed") == 1


def test_nobody_closes_the_own_account_nor_one_with_more_to_it(client, staff, union):
    top = make_union(Level.TOP)
    grant(staff, make_union(parent=top), Role.STAFF)

    assert press(client, "close_account", staff.pk).status_code == 404
    with refused("own_account"):
        close(staff, by=staff)


def test_national_staff_close_boards_and_no_administrator():
    client = signed_in(make_national_user())
    administrator = make_user(is_superuser=True, is_staff=True)

    assert press(client, "close_account", make_board(make_union(Level.TOP)).pk).status_code == 302
    assert press(client, "close_account", administrator.pk).status_code == 404
