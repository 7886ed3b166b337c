"""Forgotten and changed passwords: nobody learns who has an account, and every other session ends."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from accounts.limits import RESET_LETTERS_A_DAY, RESETS_FROM_ADDRESS
from accounts.models import User
from accounts.passwords import write_letters
from outbox.models import Message
from record.models import Event
from tests.factories import make_national_user, make_staff, make_union, make_user
from tests.pages import errors_beside, says, signed_in

pytestmark = pytest.mark.django_db

NEW = "cau-dai-de-nho-2021"
FORGOT = "/mat-khau/quen/"


@pytest.fixture
def staff():
    return make_staff(make_union())


def ask(client, email, **more):
    return client.post(FORGOT, {"email": email}, **more)


def run_queue():
    for waiting in OrmQ.objects.all():
        import_string(waiting.task["func"])(*waiting.task["args"])
        waiting.delete()


def letters():
    return Message.objects.filter(kind="password_reset")


def link_for(client, user):
    ask(client, user.email)
    run_queue()
    return re.search(r"https?://[^/]+(/\S+)", letters().latest("pk").body)[1]


def set_by_link(client, link, password=NEW):
    form = client.get(link)["Location"]
    return client.post(form, {"new_password1": password, "new_password2": password})


def test_a_link_to_a_new_password_comes_to_the_accounts_address(client, staff):
    elsewhere = signed_in(staff)

    answer = set_by_link(client, link_for(client, staff))

    assert answer["Location"] == reverse("sign_in")
    assert User.objects.get(pk=staff.pk).check_password(NEW)
    assert elsewhere.get("/cong-doan/")["Location"].startswith("/dang-nhap/")
    assert Event.objects.of(staff).last().deed == "password_changed"
    assert "vừa được đổi" in Message.objects.get(kind="account_notice", recipient=staff.email).subject


def test_a_link_opens_once(client, staff):
    link = link_for(client, staff)
    set_by_link(client, link)

    assert "đã dùng rồi hoặc đã hết hạn" in says(Client().get(link))


def test_a_weak_password_is_refused_here_too(client, staff):
    link = link_for(client, staff)

    assert "new_password2" in errors_beside(set_by_link(client, link, "anhyeuem123456"))


def test_a_known_and_an_unknown_address_are_answered_alike_for_the_same_work(client, staff, django_assert_num_queries):
    known, unknown = Client(), Client()
    with django_assert_num_queries(1) as work:
        first = ask(known, staff.email)
    with django_assert_num_queries(len(work)):
        second = ask(unknown, "khong-ai@example.vn")

    assert first["Location"] == second["Location"] == "/mat-khau/quen/da-gui/"
    assert OrmQ.objects.count() == 2
    run_queue()
    assert [letter.recipient for letter in letters()] == [staff.email]


def test_the_address_is_known_in_any_letters_and_a_closed_account_gets_nothing(client, staff):
    closed = make_user(email="dong@example.vn", is_active=False)

    for email in (staff.email.upper(), closed.email):
        ask(client, email)
    run_queue()

    assert [letter.recipient for letter in letters()] == [staff.email]


@pytest.mark.parametrize("email", ["", "khong-phai", "a" * 400 + "@example.vn", "\x00@example.vn"])
def test_what_is_no_address_is_refused(client, email):
    answer = ask(client, email)

    assert answer.status_code == 422
    assert list(errors_beside(answer)) == ["email"]
    assert not OrmQ.objects.exists()


@pytest.mark.parametrize("number", [RESET_LETTERS_A_DAY - 1, RESET_LETTERS_A_DAY, RESET_LETTERS_A_DAY + 1])
def test_an_account_gets_so_many_letters_a_day(staff, number):
    for request in range(number):
        write_letters(staff.email, f"request-{request}")

    assert letters().count() == min(number, RESET_LETTERS_A_DAY)


def test_a_task_that_is_run_again_writes_nothing_twice(staff):
    write_letters(staff.email, "request")
    write_letters(staff.email, "request")

    assert letters().count() == 1


def test_a_client_that_asks_without_end_is_held_off(client, monkeypatch):
    cache.clear()
    for _ in range(RESETS_FROM_ADDRESS):
        assert ask(client, "khong-ai@example.vn").status_code == 302

    assert ask(client, "khong-ai@example.vn").status_code == 429
    assert ask(client, "khong-ai@example.vn", REMOTE_ADDR="198.51.100.9").status_code == 302
    assert OrmQ.objects.count() == RESETS_FROM_ADDRESS + 1


def test_a_new_password_forgives_the_wrong_ones_before(client, staff):
    for _ in range(7):
        client.post("/dang-nhap/", {"username": staff.username, "password": "wrong"})
    set_by_link(client, link_for(client, staff))

    assert client.post("/dang-nhap/", {"username": staff.username, "password": NEW})["Location"] == "/cong-doan/"


# The own password and account


def test_changing_the_own_password_ends_the_other_sessions_and_not_this_one(staff):
    here, elsewhere = signed_in(staff), signed_in(staff)

    answer = here.post(
        "/tai-khoan/mat-khau/", {"old_password": "sangkien-demo", "new_password1": NEW, "new_password2": NEW}
    )

    assert answer["Location"] == "/tai-khoan/"
    assert "Đã đổi mật khẩu" in says(here.get("/tai-khoan/"))
    assert elsewhere.get("/cong-doan/")["Location"].startswith("/dang-nhap/")
    assert Event.objects.of(staff).last().deed == "password_changed"


def test_the_admins_link_leads_to_the_same_page():
    assert signed_in(make_national_user()).get("/quan-tri/password_change/")["Location"] == "/tai-khoan/mat-khau/"


def test_the_own_password_is_asked_for(staff):
    values = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}

    assert list(errors_beside(signed_in(staff).post("/tai-khoan/mat-khau/", values))) == ["old_password"]


def test_the_account_page_shows_and_stores_name_and_address(staff):
    client, before = signed_in(staff), staff.email

    answer = client.post(
        "/tai-khoan/", {"full_name": " Lý  Thị Mây ", "email": "May@Example.vn", "password": "sangkien-demo"}
    )

    assert answer.status_code == 302
    staff.refresh_from_db()
    assert (staff.full_name, staff.email) == ("Lý Thị Mây", "may@example.vn")
    assert Event.objects.of(staff).last().deed == "changed"
    assert Message.objects.get(kind="account_notice").recipient == before


def test_another_address_takes_the_password_and_another_name_does_not(staff):
    client = signed_in(staff)

    refused = client.post("/tai-khoan/", {"full_name": "Mây", "email": "khac@example.vn", "password": "wrong"})
    assert (refused.status_code, list(errors_beside(refused))) == (422, ["password"])
    assert client.post("/tai-khoan/", {"full_name": "Mây", "email": staff.email}).status_code == 302
    assert not Message.objects.exists()
