"""Unions and accounts in the admin: a board tends its own tree, national staff give roles, nobody climbs."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Level, Membership, Role, Union, User
from record.models import Event
from tests.boards import signed_in
from tests.factories import (
    make_board,
    make_dossier,
    make_national,
    make_national_user,
    make_plan,
    make_union,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def top():
    return make_plan().union


@pytest.fixture
def board(top):
    return signed_in(make_board(top))


@pytest.fixture
def national():
    return signed_in(make_national_user())


def new_union(client, parent, **values):
    values = {
        "name": "CĐCS Công ty Gang thép",
        "short_name": "Gang thép",
        "level": Level.GRASSROOTS,
        "parent": parent.pk,
        "is_active": "on",
    } | values
    return client.post(reverse("admin:accounts_union_add"), values)


def form_of(client, address):
    """What an edit page holds, as a browser would send it back."""
    form = client.get(address).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value not in {None, False}}


def test_a_board_adds_a_union_which_gets_a_code_and_is_found_without_tones(board, top):
    assert new_union(board, top).status_code == 302

    union = Union.objects.get(parent=top)
    assert union.code == f"{top.code}-1"
    assert Event.objects.of(union).get().deed == "created"
    assert union.name in board.get(reverse("admin:accounts_union_changelist"), {"q": "gang thep"}).content.decode()


def test_a_board_adds_unions_below_its_own_only(board, top):
    for parent in (make_union(Level.TOP), make_union(Level.UPPER), make_national()):
        assert new_union(board, parent).status_code == 200
    assert not Union.objects.filter(name="CĐCS Công ty Gang thép").exists()


@pytest.mark.parametrize("level", [Level.TOP, Level.NATIONAL])
def test_a_board_makes_no_union_of_its_own_level_or_above(level, board, top):
    assert new_union(board, top, level=level).status_code == 200
    assert not Union.objects.filter(parent=top).exists()


@pytest.mark.parametrize("code", ["có dấu", "a/b", "../x", "a" * 21])
def test_a_code_stands_in_addresses_so_it_has_plain_letters(code, board, top):
    assert new_union(board, top, code=code).status_code == 200


def test_a_code_is_nobody_elses_local_code(board, top):
    make_union(code="X1", local_code="X2")

    for values in ({"code": "X2"}, {"local_code": "X1"}, {"local_code": "X2"}):
        assert new_union(board, top, **values).status_code == 200
    assert not Union.objects.filter(parent=top).exists()


def test_a_board_renames_a_union_below_it_and_not_its_own(board, top):
    union = make_union(parent=top)
    address = reverse("admin:accounts_union_change", args=[union.pk])

    answer = board.post(address, form_of(board, address) | {"name": "LĐLĐ huyện Đồng Hỷ"})
    own = board.post(reverse("admin:accounts_union_change", args=[top.pk]), {"name": "Khác"})

    union.refresh_from_db()
    assert answer.status_code == 302
    assert union.name == "LĐLĐ huyện Đồng Hỷ"
    assert Event.objects.of(union).get().after == {"name": "LĐLĐ huyện Đồng Hỷ"}
    assert own.status_code == 403


def test_a_board_does_not_raise_a_quota_by_changing_a_level(board, top):
    union = make_union(Level.GRASSROOTS, top)
    address = reverse("admin:accounts_union_change", args=[union.pk])

    board.post(address, form_of(board, address) | {"level": Level.UPPER, "code": "Z9"})

    union.refresh_from_db()
    assert (union.level, union.code[0]) == (Level.GRASSROOTS, "U")


def test_a_union_with_a_dossier_keeps_its_place_in_the_tree(national):
    dossier = make_dossier()
    address = reverse("admin:accounts_union_change", args=[dossier.union.pk])

    national.post(address, form_of(national, address) | {"parent": make_union(Level.TOP).pk})

    dossier.union.refresh_from_db()
    assert dossier.union.parent == dossier.plan.union


def test_nobody_deletes_a_union(board, national, top):
    union = make_union(parent=top)

    for client in (board, national):
        answer = client.post(reverse("admin:accounts_union_delete", args=[union.pk]), {"post": "yes"})
        assert answer.status_code == 403


def test_national_staff_make_an_account(national):
    sent = {
        "username": "dai-tu",
        "full_name": "Cán Bộ Đại Từ",
        "email": "dt@example.vn",
        "password1": "mat-khau-dai-tu",
        "password2": "mat-khau-dai-tu",
        "is_superuser": "on",
        "is_staff": "on",
    }

    assert national.post(reverse("admin:accounts_user_add"), sent).status_code == 302
    person = User.objects.get(username="dai-tu")
    assert not person.is_superuser
    assert not person.is_staff
    assert Event.objects.of(person).get().after == {"username": "dai-tu"}


def roles_form(person, **rows):
    size = {"TOTAL_FORMS": 1, "INITIAL_FORMS": person.memberships.count(), "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {f"memberships-{name}": value for name, value in size.items()} | {
        f"memberships-0-{name}": value for name, value in ({"user": person.pk} | rows).items()
    }


def test_giving_a_role_opens_the_admin_and_taking_it_closes_it(national, top):
    person = make_user()
    address = reverse("admin:accounts_user_change", args=[person.pk])

    national.post(address, form_of(national, address) | roles_form(person, union=top.pk, role=Role.BOARD))
    given = User.objects.get(pk=person.pk)
    groups = list(given.groups.values_list("name", flat=True))
    membership = Membership.objects.get(user=person)
    national.post(address, form_of(national, address) | roles_form(person, id=membership.pk, DELETE="on"))
    taken = User.objects.get(pk=person.pk)

    assert (given.is_staff, groups) == (True, ["Hội đồng"])
    assert (taken.is_staff, taken.groups.count(), taken.memberships.count()) == (False, 0, 0)
    deeds = list(Event.objects.of(person).values_list("deed", flat=True))
    assert [deed for deed in deeds if deed != "changed"] == ["role_granted", "role_revoked"]
    assert "Thôi vai trò" in national.get(reverse("admin:accounts_user_history", args=[person.pk])).content.decode()


def test_a_role_fits_the_level_of_its_union(national):
    person = make_user()
    address = reverse("admin:accounts_user_change", args=[person.pk])

    answer = national.post(
        address, form_of(national, address) | roles_form(person, union=make_union().pk, role=Role.BOARD)
    )

    assert answer.status_code == 200
    assert not person.memberships.exists()


def test_national_staff_do_not_climb(national):
    person = make_user()
    address = reverse("admin:accounts_user_change", args=[person.pk])
    climb = {"is_superuser": "on", "is_staff": "on", "groups": [1], "user_permissions": [1]}

    answer = national.post(
        address, form_of(national, address) | roles_form(person) | {"memberships-TOTAL_FORMS": 0} | climb
    )

    person = User.objects.get(pk=person.pk)
    assert answer.status_code == 302
    assert (person.is_superuser, person.is_staff) == (False, False)
    assert (person.groups.count(), person.user_permissions.count()) == (0, 0)


def test_national_staff_change_no_administrator(national):
    administrator = User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="Quản Trị")
    page = reverse("admin:accounts_user_change", args=[administrator.pk])
    password = reverse("admin:auth_user_password_change", args=[administrator.pk])

    assert national.post(page, {"full_name": "Khác"}).status_code == 403
    assert national.get(password).status_code == 403
    assert national.post(password, {"password1": "mat-khau-moi-1", "password2": "mat-khau-moi-1"}).status_code == 403


def test_national_staff_set_a_password_on_the_record(national):
    person = make_user()
    address = reverse("admin:auth_user_password_change", args=[person.pk])

    shown = national.get(address)
    answer = national.post(address, {"password1": "mat-khau-moi-1", "password2": "mat-khau-moi-1"})

    assert (shown.status_code, answer.status_code) == (200, 302)
    assert User.objects.get(pk=person.pk).check_password("mat-khau-moi-1")
    assert Event.objects.of(person).get().deed == "password_set"


def test_a_board_gets_at_no_account(board):
    person = make_user()

    for page in ("change", "history"):
        assert board.get(reverse(f"admin:accounts_user_{page}", args=[person.pk])).status_code in {403, 404}
    assert board.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code in {403, 404}
    assert board.get(reverse("admin:accounts_user_add")).status_code == 403


def test_an_administrator_makes_another_one_who_gets_in():
    first = User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="Quản Trị")
    client, person = Client(), make_user()
    client.force_login(first)
    address = reverse("admin:accounts_user_change", args=[person.pk])

    client.post(
        address,
        form_of(client, address) | roles_form(person) | {"memberships-TOTAL_FORMS": 0, "is_superuser": "on"},
    )

    person.refresh_from_db()
    assert (person.is_superuser, person.is_staff) == (True, True)
