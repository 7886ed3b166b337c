"""Passwords are guessed neither at once nor from everywhere; nobody is locked out by somebody else; nobody is told who
has an account."""

from contextlib import nullcontext
from datetime import timedelta
from functools import partial

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.limits import KNOWN_PLACE, PASSWORD_LIMIT, WRONG_FROM_ANYWHERE, WRONG_WITHIN
from accounts.views import SignInForm
from tests.conftest import QuickHasher
from tests.factories import make_board, make_staff, make_union, make_user
from tests.pages import says, signed_in
from tests.racing import at_once, slowly
from tests.test_second_factor import PASSWORD, code_of, with_app
from tests.test_sign_in import ELSEWHERE, HERE, fail, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_staff(make_union())


def guess_from_everywhere(name, times=WRONG_FROM_ANYWHERE):
    """So many wrong passwords of one name, each from another address, a moment ago."""
    attempts = (
        AccessAttempt(username=name, ip_address=f"192.0.2.{number}", failures_since_start=1) for number in range(times)
    )
    AccessAttempt.objects.bulk_create(attempts)


# At the same moment


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def attempts(self, staff, number):
        return [partial(sign_in, Client(), staff.username, "wrong")] * number

    def test_sixty_wrong_passwords_at_once_are_counted_exactly_and_hold_nobody_else_back(self, staff, settings):
        neighbour = make_staff(make_union())

        assert at_once(*self.attempts(staff, 60)) == [None] * 60

        assert AccessAttempt.objects.get().failures_since_start == settings.AXES_FAILURE_LIMIT
        assert sign_in(Client(), staff.username).status_code == 429
        assert sign_in(Client(), neighbour.username)["Location"] == "/cong-doan/"

    def test_without_waiting_in_turn_more_would_be_tried(self, staff, settings, monkeypatch):
        monkeypatch.setattr("accounts.views.in_turn", lambda *args: nullcontext())
        monkeypatch.setattr(QuickHasher, "verify", slowly(QuickHasher.verify))

        at_once(*self.attempts(staff, 16))

        assert AccessAttempt.objects.get().failures_since_start > settings.AXES_FAILURE_LIMIT


# From everywhere


def test_one_who_locks_a_name_for_an_hour_from_elsewhere_does_not_keep_its_owner_out(client):
    chairman = make_board(make_union().top)
    for _ in range(4):
        fail(client, chairman.username, 8, ELSEWHERE)
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))

    assert sign_in(client, chairman.username, address=ELSEWHERE).status_code == 429
    assert sign_in(client, chairman.username, address=HERE)["Location"] == "/quan-tri/"


def test_a_name_that_is_guessed_from_everywhere_is_held_back_in_the_same_words_for_any_password(client, staff, caplog):
    guess_from_everywhere(staff.username, WRONG_FROM_ANYWHERE - 1)
    guess_from_everywhere("nobody-at-all", WRONG_FROM_ANYWHERE - 1)

    wrong, right = sign_in(client, staff.username, "wrong"), sign_in(client, staff.username)
    unknown = sign_in(client, "nobody-at-all", "wrong")

    assert [answer.status_code for answer in (wrong, right, unknown)] == [429] * 3
    assert len({says(answer) for answer in (wrong, right, unknown)}) == 1
    assert not is_signed_in(client)
    assert "Limit reached: 30 wrong passwords of one name" in caplog.text
    assert staff.username not in caplog.text


def test_before_that_nobody_is_held_back(client, staff):
    guess_from_everywhere(staff.username, WRONG_FROM_ANYWHERE - 1)

    assert sign_in(client, staff.username).status_code == 302


def test_from_where_a_name_signed_in_before_it_comes_in_all_the_same(client, staff):
    sign_in(client, staff.username)
    client.logout()
    guess_from_everywhere(staff.username)

    assert sign_in(client, staff.username).status_code == 302
    assert sign_in(Client(), staff.username, address=ELSEWHERE).status_code == 429
    AccessLog.objects.update(attempt_time=timezone.now() - KNOWN_PLACE - timedelta(minutes=1))
    assert sign_in(Client(), staff.username).status_code == 429


def test_who_has_a_second_step_comes_in_from_anywhere(client, staff):
    key, _ = with_app(staff)
    guess_from_everywhere(staff.username)

    assert sign_in(client, staff.username, "wrong").status_code == 429
    assert sign_in(client, staff.username)["Location"] == reverse("sign_in_code")
    assert client.post(reverse("sign_in_code"), {"code": code_of(key, 1)})["Location"] == "/cong-doan/"


def test_the_brake_comes_off_a_quarter_of_an_hour_later(client, staff):
    guess_from_everywhere(staff.username)
    AccessAttempt.objects.update(attempt_time=timezone.now() - WRONG_WITHIN - timedelta(seconds=1))

    assert sign_in(client, staff.username).status_code == 302


def test_the_brake_looks_back_as_far_as_attempts_are_kept(settings):
    assert timedelta(hours=settings.AXES_COOLOFF_TIME) == WRONG_WITHIN


# By who found a browser open


@pytest.mark.parametrize("page", ["end_other_sessions", "recovery_codes", "second_factor_off", "change_password"])
def test_the_own_password_is_guessed_nowhere_either(staff, page, settings):
    client = signed_in(staff)
    names = ("password", "old_password")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(reverse(page), dict.fromkeys(names, "wrong"))

    assert answer.status_code == 429
    assert client.post(reverse(page), dict.fromkeys(names, PASSWORD)).status_code == 429


# Who has an account


def test_each_name_costs_the_same_work(staff, monkeypatch):
    closed, worked = make_user(is_active=False), []
    monkeypatch.setattr(QuickHasher, "encode", lambda self, password, salt: worked.append(1) or f"md5${salt}$x")
    for name in (staff.username, closed.username, "nobody-at-all"):
        worked.append(name)
        sign_in(Client(), name, "wrong")

    assert worked == [staff.username, 1, closed.username, 1, "nobody-at-all", 1]


# Endless ones


@pytest.mark.parametrize("length", [PASSWORD_LIMIT + 1, 1_000_000])
def test_for_an_endless_password_nothing_is_computed(client, staff, monkeypatch, length):
    monkeypatch.setattr(QuickHasher, "encode", None)
    monkeypatch.setattr(QuickHasher, "verify", None)

    answer = sign_in(client, staff.username, "a" * length)

    assert answer.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize(("length", "status"), [(PASSWORD_LIMIT, 302), (PASSWORD_LIMIT + 1, 422)])
def test_a_new_password_is_as_long_as_signing_in_takes(client, staff, length, status):
    new = "mật khẩu " * 100
    values = {"old_password": PASSWORD, "new_password1": new[:length], "new_password2": new[:length]}

    assert signed_in(staff).post(reverse("change_password"), values).status_code == status
    if status == 302:
        assert sign_in(client, staff.username, new[:length])["Location"] == "/cong-doan/"


def test_nothing_cuts_a_password_that_is_pasted(client):
    page = client.get(reverse("sign_in")).content.decode()

    assert "maxlength" not in page.split('name="password"')[1].split(">")[0]
    assert "onpaste" not in page
    assert SignInForm.base_fields["password"].strip is False


def test_passwords_are_kept_by_pbkdf2_with_a_million_rounds():
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
