"""Signing in and out: everyone to their own work, nobody guessed, nobody locked out by somebody else."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Level
from tests.factories import make_board, make_national_user, make_staff, make_union, make_user
from tests.pages import filled_in, form_on, says, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "sangkien-demo"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def staff():
    return make_staff(make_union())


def sign_in(client, username, password=PASSWORD, address=HERE, **values):
    values = {"username": username, "password": password} | values
    return client.post(reverse("sign_in"), values, REMOTE_ADDR=address)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def fail(client, username, times, address=HERE):
    for _ in range(times):
        response = sign_in(client, username, "wrong", address)
    return response


# Where to


def test_union_staff_come_to_their_desk(client, staff):
    assert sign_in(client, staff.username)["Location"] == "/cong-doan/"


@pytest.mark.parametrize("make", [lambda: make_board(make_union(Level.TOP)), make_national_user])
def test_board_and_national_staff_come_to_the_admin(client, make):
    assert sign_in(client, make().username)["Location"] == "/quan-tri/"


def test_one_comes_back_to_the_page_that_asked_for_signing_in(client, staff):
    asked = client.get("/cong-doan/sang-kien/?status=SENT")
    assert asked["Location"] == "/dang-nhap/?next=/cong-doan/sang-kien/%3Fstatus%3DSENT"

    values = filled_in(form_on(client.get(asked["Location"])))

    response = sign_in(client, staff.username, next=values["next"])
    assert response["Location"] == "/cong-doan/sang-kien/?status=SENT"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_to_another_site(client, staff, target):
    assert sign_in(client, staff.username, next=target)["Location"] == "/cong-doan/"


def test_who_is_signed_in_is_not_asked_again(staff):
    assert signed_in(staff).get("/dang-nhap/")["Location"] == "/cong-doan/"


# Who not


def test_an_unknown_name_a_wrong_password_and_a_closed_account_read_the_same(client, staff):
    closed = make_user(is_active=False)

    answers = [
        sign_in(client, staff.username, "wrong"),
        sign_in(client, "nobody-at-all", "wrong"),
        sign_in(client, closed.username),
    ]

    assert [response.status_code for response in answers] == [200] * 3
    assert len({says(response) for response in answers}) == 1
    assert "chưa đúng. Hãy xem phím Caps Lock và bộ gõ tiếng Việt." in says(answers[0])
    assert not is_signed_in(client)


def test_who_leaves_a_box_empty_is_asked_for_it(client):
    page = says(sign_in(client, "", ""))

    assert "Hãy ghi tên đăng nhập." in page
    assert "Hãy ghi mật khẩu." in page


@pytest.mark.parametrize("name", ["", "\x00", "a" * 5000, "' OR 1=1 --", "{{7*7}}", "%s", "a\r\nb", "\ud7ff\u202e"])
@pytest.mark.parametrize("password", ["x", "\x00", "a" * 100_000])
def test_hostile_names_and_passwords_are_simply_wrong(client, name, password):
    assert sign_in(client, name, password).status_code == 200
    assert not is_signed_in(client)


def test_a_person_without_any_role_comes_in_and_sees_nothing(client):
    sign_in(client, make_user().username)

    assert "chưa được phân công" in says(client.get("/cong-doan/"))


# Guessing


def test_after_six_wrong_passwords_the_right_one_does_not_help_here(client, staff):
    assert fail(client, staff.username, 5).status_code == 200
    locked = fail(client, staff.username, 1)

    assert locked.status_code == 429
    assert "thử lại sau 15 phút" in says(locked)
    assert sign_in(client, staff.username).status_code == 429
    assert not is_signed_in(client)


def test_five_wrong_passwords_and_then_the_right_one_are_forgiven(client, staff):
    fail(client, staff.username, 5)
    assert sign_in(client, staff.username)["Location"] == "/cong-doan/"
    client.post(reverse("sign_out"))

    assert fail(client, staff.username, 5).status_code == 200


def test_nobody_locks_a_person_out_from_another_address(client, staff):
    fail(client, staff.username, 10)

    assert sign_in(client, staff.username, address=ELSEWHERE)["Location"] == "/cong-doan/"


def test_an_office_behind_one_address_is_not_locked_by_one_of_them(client, staff):
    fail(client, "somebody-else", 10)

    assert sign_in(client, staff.username)["Location"] == "/cong-doan/"


def test_a_name_that_nobody_has_is_locked_in_the_same_words(client, staff):
    assert says(fail(client, "nobody-at-all", 6)) == says(fail(client, staff.username, 6))


def test_a_forged_address_does_not_open_the_lock(client, staff):
    fail(client, staff.username, 6)

    response = client.post(
        reverse("sign_in"),
        {"username": staff.username, "password": PASSWORD},
        REMOTE_ADDR=HERE,
        headers={"X-Forwarded-For": ELSEWHERE, "X-Real-IP": ELSEWHERE, "Forwarded": f"for={ELSEWHERE}"},
    )

    assert response.status_code == 429


def test_a_quarter_of_an_hour_later_one_may_try_again(client, staff):
    fail(client, staff.username, 6)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert sign_in(client, staff.username)["Location"] == "/cong-doan/"


# The session


def test_signing_in_starts_a_session_of_its_own(client, staff):
    client.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody"

    sign_in(client, staff.username)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != "planted-by-somebody"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_session_that_was_signed_out_opens_nothing_any_more(client, staff):
    sign_in(client, staff.username)
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/cong-doan/").status_code == 200

    assert client.post(reverse("sign_out"))["Location"] == "/dang-nhap/"

    client.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert client.get("/cong-doan/")["Location"].startswith("/dang-nhap/")


def test_no_link_alone_signs_anybody_out(staff):
    client = signed_in(staff)

    assert client.get(reverse("sign_out")).status_code == 405
    assert client.get("/cong-doan/").status_code == 200


def test_who_is_disabled_or_gets_a_new_password_is_out_at_the_next_request(staff):
    disabled, changed = signed_in(staff), signed_in(other := make_staff(make_union()))
    type(staff).objects.filter(pk=staff.pk).update(is_active=False)
    other.set_password("mot-mat-khau-khac")
    other.save()

    for client in (disabled, changed):
        assert client.get("/cong-doan/")["Location"].startswith("/dang-nhap/")


def test_a_role_that_is_taken_back_counts_at_the_next_request(staff):
    client = signed_in(staff)
    union = staff.memberships.get().union
    assert str(union) in says(client.get("/cong-doan/"))

    staff.memberships.all().delete()

    assert str(union) not in says(client.get("/cong-doan/"))


@pytest.mark.parametrize("path", ["/cong-doan/", "/cong-doan/sang-kien/"])
def test_what_a_signed_in_person_sees_stays_in_no_cache(staff, path):
    assert {"no-store", "private"} <= set(signed_in(staff).get(path)["Cache-Control"].split(", "))


def test_behind_a_trusted_front_server_its_word_for_the_address_counts(client, staff, settings):
    settings.TRUST_REQUEST_START = True
    client.defaults["HTTP_X_REAL_IP"] = "203.0.113.50"
    assert fail(client, staff.username, settings.AXES_FAILURE_LIMIT, address="127.0.0.1").status_code == 429

    client.defaults["HTTP_X_REAL_IP"] = "203.0.113.51"
    assert sign_in(client, staff.username, address="127.0.0.1").status_code == 302


def test_without_such_a_server_nobody_chooses_an_address(client, staff, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        client.defaults["HTTP_X_REAL_IP"] = f"203.0.113.{number}"
        response = sign_in(client, staff.username, "wrong", address="127.0.0.1")

    assert response.status_code == 429
