"""Where the site wants a second step of board, national staff and administrators, nothing opens to them without it."""

import pytest
from django.urls import reverse

from accounts import second_factor as factor
from accounts.models import Level
from tests.factories import make_board, make_national_user, make_staff, make_union, make_user
from tests.pages import signed_in
from tests.refusals import refused
from tests.test_second_factor import PASSWORD, code_of, is_signed_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def wanted(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_board(make_union(Level.TOP)),
        make_national_user,
        lambda: make_user(is_superuser=True, is_staff=True),
    ],
)
@pytest.mark.parametrize("path", ["/quan-tri/", "/quan-tri/accounts/union/", "/cong-doan/", "/tai-khoan/"])
def test_of_whom_it_is_wanted_gets_nowhere_before_setting_it_up(wanted, make, path):
    client = signed_in(make())

    assert client.get(path)["Location"] == reverse("second_factor")
    assert client.post(path)["Location"] == reverse("second_factor")
    client.get(reverse("second_factor"))
    client.post(
        reverse("second_factor"),
        {"code": code_of(client.session["new_second_factor"]), "password": PASSWORD},
    )
    assert client.get(path).status_code == 200


def test_public_pages_and_signing_out_stay_open_to_them(wanted):
    client = signed_in(make_national_user())

    assert client.get("/suc-khoe/").status_code == 200
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"


def test_a_session_without_the_code_ends_where_there_is_an_app(wanted):
    user = make_national_user()
    with_app(user)
    client = signed_in(user)

    assert client.get("/quan-tri/")["Location"] == "/dang-nhap/"
    assert not is_signed_in(client)


def test_the_admin_itself_refuses_whoever_gave_no_code(wanted, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]

    assert signed_in(make_national_user()).get("/quan-tri/", follow=True).status_code == 403


def test_of_union_staff_it_is_not_wanted_and_where_it_is_not_wanted_nobody_is_asked(settings):
    assert signed_in(make_national_user()).get("/quan-tri/").status_code == 200
    settings.REQUIRE_SECOND_FACTOR = True
    assert signed_in(make_staff(make_union())).get("/cong-doan/").status_code == 200


def test_of_whom_it_is_wanted_turns_it_not_off(wanted):
    user = make_national_user()
    with_app(user)

    with refused("required"):
        factor.turn_off(user, by=user)
