"""The second step of signing in: by choice, or because the site wants it; never guessed, never a dead end."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor as factor
from accounts.views import WAITING
from outbox.models import Message
from record.models import Event
from tests.factories import make_board, make_staff, make_union, make_user
from tests.pages import says, signed_in, tree
from tests.racing import at_once
from tests.refusals import refused

pytestmark = pytest.mark.django_db

PASSWORD = "sangkien-demo"


@pytest.fixture
def staff():
    return make_staff(make_union())


def code_of(key, later=0):
    """The code that an app with this key shows, so many steps of half a minute from now."""
    return f"{totp(bytes.fromhex(key), drift=later):06d}"


def with_app(user):
    """Turn the second step on; return (the app's key, the recovery codes)."""
    key = factor.new_key()
    _, codes = factor.turn_on(user, key, code_of(key))
    user.refresh_from_db()  # its sessions were ended
    return key, codes


def forget_failures():
    for model in (TOTPDevice, StaticDevice):
        model.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(days=1))


def give_password(client, user, **more):
    return client.post(reverse("sign_in"), {"username": user.username, "password": PASSWORD, **more})


def give_code(client, code):
    return client.post(reverse("sign_in_code"), {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


# Setting it up


def test_the_page_shows_a_picture_and_the_key_in_letters_and_then_ten_codes_once(staff):
    client = signed_in(staff)
    shown = client.get(reverse("second_factor"))
    key = client.session["new_second_factor"]
    assert tree(shown).xpath("//main//*[local-name()='svg']")
    assert factor.in_letters(factor.new_device(staff, key)) in says(shown)

    answer = client.post(reverse("second_factor"), {"code": code_of(key), "password": PASSWORD})

    codes = [code.text for code in tree(answer).xpath("//main//code")]
    assert len(set(codes)) == 10
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {factor.plain(code) for code in codes}
    assert codes[0] not in client.get(reverse("account")).content.decode()
    assert Event.objects.of(staff).last().deed == "second_factor_on"
    assert Message.objects.get(kind="account_notice").recipient == staff.email


def test_a_wrong_code_turns_nothing_on(staff):
    client = signed_in(staff)
    client.get(reverse("second_factor"))

    assert client.post(reverse("second_factor"), {"code": "000 000x", "password": PASSWORD}).status_code == 422
    assert factor.device_of(staff) is None
    assert not Event.objects.of(staff).filter(deed="second_factor_on").exists()


def test_it_is_turned_on_once(staff):
    with_app(staff)
    key = factor.new_key()

    with refused("already_on"):
        factor.turn_on(staff, key, code_of(key))


# Signing in


def test_the_password_alone_opens_nothing_and_the_code_leads_on(client, staff):
    key, _ = with_app(staff)

    answer = give_password(client, staff, next="/cong-doan/sang-kien/")
    assert answer["Location"] == reverse("sign_in_code")
    assert not is_signed_in(client)
    assert client.get("/cong-doan/")["Location"].startswith("/dang-nhap/")

    code = code_of(key, 1)
    assert give_code(client, f"{code[:3]} {code[3:]}")["Location"] == "/cong-doan/sang-kien/"
    assert client.get("/cong-doan/").status_code == 200
    assert WAITING not in client.session


def test_a_code_is_good_once(client, staff):
    key, _ = with_app(staff)
    give_password(client, staff)
    give_code(client, code_of(key, 1))
    client.logout()

    give_password(client, staff)
    assert give_code(client, code_of(key, 1)).status_code == 422


def test_a_recovery_code_is_good_once_in_any_writing(client, staff):
    _, codes = with_app(staff)
    give_password(client, staff)
    assert give_code(client, codes[0].lower().replace("-", " "))["Location"] == "/cong-doan/"
    client.logout()

    give_password(client, staff)
    assert give_code(client, codes[0]).status_code == 422
    assert factor.codes_left(staff) == 9


def test_who_has_few_recovery_codes_left_is_told(client, staff):
    _, codes = with_app(staff)
    StaticToken.objects.exclude(token=factor.digest_of(factor.plain(codes[0]))).delete()
    give_password(client, staff)
    give_code(client, codes[0])

    assert "Chỉ còn 0 mã dự phòng" in says(client.get("/cong-doan/"))


@pytest.mark.parametrize("code", ["000000", "٣٣٣٣٣٣", "AAAAA-AAAAA", "\x00", "x" * 5000, "-", " "])
def test_wrong_and_hostile_codes_are_refused_with_a_sentence(client, staff, code):
    with_app(staff)
    give_password(client, staff)

    assert give_code(client, code).status_code == 422
    assert not is_signed_in(client)


def test_guessing_is_made_to_wait_even_with_the_right_code(client, staff):
    key, codes = with_app(staff)
    give_password(client, staff)
    for _ in range(3):
        with refused("wrong_code"):
            factor.check(staff, "000000")
        forget_failures()
    with refused("wrong_code"):
        factor.check(staff, "000000")

    answer = give_code(client, code_of(key, 1))
    assert "Hãy thử lại sau" in says(answer)
    assert TOTPDevice.objects.get().throttling_failure_count == 4
    assert give_code(client, codes[0]).status_code == 302  # another way in, counted apart


def test_the_code_is_waited_for_ten_minutes(client, staff):
    key, _ = with_app(staff)
    give_password(client, staff)
    session = client.session
    session[WAITING] = session[WAITING] | {"since": timezone.now().timestamp() - 601}
    session.save()

    assert give_code(client, code_of(key, 1))["Location"].startswith("/dang-nhap/?next=")


def test_a_password_that_was_changed_meanwhile_is_asked_for_again(client, staff):
    key, _ = with_app(staff)
    give_password(client, staff)
    staff.set_password("mot-mat-khau-khac")
    staff.save()

    assert give_code(client, code_of(key, 1)).status_code == 302
    assert not is_signed_in(client)


def test_nobody_comes_to_the_code_without_the_password(client):
    assert client.get(reverse("sign_in_code"))["Location"].startswith("/dang-nhap/")
    assert give_code(client, "000000")["Location"].startswith("/dang-nhap/")


# Living with it


def test_turning_it_off_and_new_codes_take_the_password(client, staff):
    key, codes = with_app(staff)
    give_password(client, staff)
    give_code(client, code_of(key, 1))

    for name in ("recovery_codes", "second_factor_off"):
        client.post(reverse(name), {"password": "wrong"})
    assert (factor.device_of(staff) is None, factor.codes_left(staff)) == (False, 10)

    new = tree(client.post(reverse("recovery_codes"), {"password": PASSWORD})).xpath("//main//code/text()")
    with refused("wrong_code"):
        factor.check(staff, codes[0])
    forget_failures()
    assert factor.check(staff, new[0])

    client.post(reverse("second_factor_off"), {"password": PASSWORD})
    assert factor.device_of(staff) is None
    assert not StaticToken.objects.exists()
    client.logout()
    assert give_password(client, staff)["Location"] == "/cong-doan/"


def test_a_board_helps_its_staff_who_lost_the_phone_on_the_record(staff):
    with_app(staff)
    board = make_board(staff.memberships.get().union.parent)

    signed_in(board).post(reverse("reset_second_factor", args=[staff.pk]))

    assert factor.device_of(staff) is None
    event = Event.objects.of(staff).last()
    assert (event.deed, event.by) == ("second_factor_reset", board)


def test_whoever_runs_the_site_helps_the_last_administrator():
    administrator = make_user(is_superuser=True, is_staff=True)
    with_app(administrator)

    call_command("reset_second_factor", administrator.username)

    assert factor.device_of(administrator) is None
    assert Event.objects.of(administrator).last().deed == "second_factor_reset"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_recovery_code_sent_twice_at_once_opens_once(staff):
    _, codes = with_app(staff)

    outcomes = at_once(*[lambda: factor.check(staff, codes[0])] * 2)

    assert sorted(outcomes, key=str) == [None, "wrong_code"]
