"""A sign-in ends: by itself, everywhere at once, with the rights it came with. What was typed meanwhile stays."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import second_factor as factor
from accounts.limits import SESSION_IDLE, SESSION_LASTS, SESSION_NOTED
from accounts.models import Role, User
from accounts.roles import grant, revoke
from accounts.sessions import SEEN, SINCE
from config import clock
from initiatives import keeping
from record.models import Event
from tests.factories import make_initiative, make_national, make_staff, make_union, make_user
from tests.pages import filled_in, form_on, says, signed_in, tree
from tests.test_second_factor import PASSWORD, code_of, with_app

pytestmark = pytest.mark.django_db

DESK = "/cong-doan/"


@pytest.fixture
def staff():
    return make_staff(make_union())


def is_in(client):
    return client.get(DESK).status_code == 200


def set_back(client, **moments):
    """Have what the session notes have happened so much earlier."""
    session = client.session
    for name, length in moments.items():
        session[name] = timezone.now().timestamp() - length.total_seconds()
    session.save()


# By itself


@pytest.mark.parametrize(("late", "stays"), [(timedelta(seconds=-60), True), (timedelta(seconds=1), False)])
def test_after_two_hours_without_a_visit_one_signs_in_again(staff, late, stays):
    client = signed_in(staff)
    set_back(client, **{SEEN: SESSION_IDLE + late})

    assert is_in(client) is stays
    assert Session.objects.exists() is stays


@pytest.mark.parametrize(("late", "stays"), [(timedelta(seconds=-60), True), (timedelta(seconds=1), False)])
def test_after_ten_hours_one_signs_in_again_however_busy(staff, late, stays):
    client = signed_in(staff)
    set_back(client, **{SINCE: SESSION_LASTS + late})

    assert is_in(client) is stays


def test_a_visit_is_noted_now_and_then_and_prolongs_idle_time_only(staff):
    client = signed_in(staff)
    since, seen = client.session[SINCE], client.session[SEEN]
    client.get(DESK)
    assert client.session[SEEN] == seen

    set_back(client, **{SEEN: SESSION_NOTED + timedelta(seconds=1)})
    client.get(DESK)

    assert client.session[SEEN] >= seen
    assert client.session[SINCE] == since


def test_a_session_that_does_not_say_since_when_it_is_ends(staff):
    client = signed_in(staff)
    session = client.session
    del session[SINCE]
    session.save()

    assert not is_in(client)


def test_the_last_sign_in_reads_by_the_sites_clock(staff, at):
    at("2021-04-07 09:30")

    Client().post(reverse("sign_in"), {"username": staff.username, "password": PASSWORD})

    staff.refresh_from_db()
    assert abs(clock.now() - staff.last_login) < timedelta(minutes=1)


# Everywhere at once


def test_one_ends_all_other_sessions_with_the_password_and_stays(staff):
    here, elsewhere = signed_in(staff), signed_in(staff)
    key = here.cookies[settings.SESSION_COOKIE_NAME].value

    here.post(reverse("end_other_sessions"), {"password": "wrong"})
    assert is_in(elsewhere)

    here.post(reverse("end_other_sessions"), {"password": PASSWORD})
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != key
    assert Event.objects.of(staff).last().deed == "sessions_ended"


def test_turning_the_second_step_on_and_off_ends_the_other_sessions(staff):
    here, elsewhere = signed_in(staff), signed_in(staff)
    here.get(reverse("second_factor"))
    key = here.session["new_second_factor"]
    here.post(reverse("second_factor"), {"code": code_of(key), "password": PASSWORD})
    assert (is_in(here), is_in(elsewhere)) == (True, False)

    staff.refresh_from_db()
    elsewhere = signed_in(staff)
    here.post(reverse("second_factor_off"), {"password": PASSWORD})
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_the_second_step_is_not_turned_on_without_the_password(staff):
    client = signed_in(staff)
    client.get(reverse("second_factor"))
    key = client.session["new_second_factor"]

    answer = client.post(reverse("second_factor"), {"code": code_of(key), "password": "wrong"})

    assert answer.status_code == 422
    assert factor.device_of(staff) is None


def test_who_helps_with_a_lost_phone_ends_the_sessions_of_whoever_found_it(staff):
    with_app(staff)
    client = signed_in(staff)

    factor.turn_off(staff, by=make_user())

    assert not is_in(client)


def test_an_account_closed_in_the_admin_and_opened_again_brings_no_session_back(staff):
    theirs, admin = signed_in(staff), signed_in(make_user(is_superuser=True, is_staff=True))
    address = reverse("admin:accounts_user_change", args=[staff.pk])
    for value in ("", "on"):
        values = filled_in(tree(admin.get(address)).get_element_by_id("user_form"))
        values.pop("is_active", None)
        assert admin.post(address, values | ({"is_active": value} if value else {})).status_code == 302

    assert User.objects.get(pk=staff.pk).is_active
    assert not is_in(theirs)


# With the rights it came with


def test_whoever_comes_to_work_in_the_admin_or_leaves_it_signs_in_again(staff):
    client = signed_in(staff)
    grant(staff, make_national(), Role.NATIONAL)
    assert not is_in(client)

    client = signed_in(User.objects.get(pk=staff.pk))
    assert client.get("/quan-tri/").status_code == 200
    revoke(staff.memberships.get(role=Role.NATIONAL))

    assert client.get("/quan-tri/").status_code == 302


def test_an_administrator_who_is_none_any_more_is_out_at_the_next_request():
    user = make_user(is_superuser=True, is_staff=True)
    client = signed_in(user)
    assert client.get("/quan-tri/").status_code == 200

    User.objects.filter(pk=user.pk).update(is_superuser=False, is_staff=False)

    assert client.get("/quan-tri/").status_code == 302


def test_signing_out_clears_what_the_browser_kept_but_no_draft(staff):
    answer = signed_in(staff).post(reverse("sign_out"))

    assert answer["Clear-Site-Data"] == '"cache"'


# What was typed meanwhile


def reject(client, initiative, reason, **more):
    values = {"reason": reason, "version": "1"}
    return client.post(reverse("reject_initiative", args=[initiative.code]), values, **more)


def test_who_was_signed_out_while_typing_keeps_the_text_and_sends_it_after_signing_in():
    initiative = make_initiative()
    staff = make_staff(initiative.unit)
    client = signed_in(staff)
    set_back(client, **{SEEN: SESSION_IDLE + timedelta(seconds=1)})

    answer = reject(client, initiative, "Trùng với sáng kiến khác <b>", headers={"origin": "http://testserver"})

    assert answer.status_code == 403
    assert "Trùng với sáng kiến khác <b>" in says(answer)
    client.force_login(staff)
    values = filled_in(form_on(answer))
    assert client.post(reverse("reject_initiative", args=[initiative.code]), values).status_code != 403
    assert values["reason"] == "Trùng với sáng kiến khác <b>"


def test_a_form_of_another_site_is_only_shown():
    answer = reject(Client(), make_initiative(), "Chữ lạ", headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
    assert b"<textarea" not in answer.content


def test_signing_in_in_another_tab_asks_for_one_more_tap_only():
    initiative = make_initiative()
    staff = make_staff(initiative.unit)
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    page = client.get(reverse("initiative", args=[initiative.code]))
    token = filled_in(form_on(page))["csrfmiddlewaretoken"]
    client.cookies["csrftoken"] = "x" * 32

    values = {"reason": "Lý do dài", "version": "1", "csrfmiddlewaretoken": token}
    address = reverse("reject_initiative", args=[initiative.code])
    answer = client.post(address, values, headers={"origin": "http://testserver"})

    assert answer.status_code == 403
    again = filled_in(form_on(answer))
    assert again["reason"] == "Lý do dài"
    assert client.post(address, again).status_code in {302, 422}


# Another key of the site


def test_a_new_key_beside_the_old_one_ends_no_session_and_no_recovery_code(staff, settings):
    _, codes = with_app(staff)
    client = signed_in(staff)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-fifty-characters-or-more-0123456789"

    assert is_in(client)
    assert factor.check(staff, codes[0])
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(client)  # it goes by the new key by now
    cache.clear()


def test_a_new_key_alone_ends_every_session(staff, settings):
    client = signed_in(staff)
    settings.SECRET_KEY = "another-key-of-fifty-characters-or-more-0123456789"

    assert not is_in(client)


def test_addresses_signed_with_the_key_before_still_lead_where_they_did(staff, settings):
    initiative = make_initiative()
    kept = signing.Signer(salt=keeping.__name__).sign_object([initiative.submission_id.hex, 0])
    token = default_token_generator.make_token(staff)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-fifty-characters-or-more-0123456789"

    assert signing.Signer(salt=keeping.__name__).unsign_object(kept) == [initiative.submission_id.hex, 0]
    assert default_token_generator.check_token(staff, token)
    assert Client().get(initiative.private_path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert not default_token_generator.check_token(staff, token)
