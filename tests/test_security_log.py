"""Who signed in, who was refused, from where: on the log, without a name that was typed and without a password."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_initiative, make_staff, make_union
from tests.pages import signed_in
from tests.test_second_factor import give_code, give_password, with_app
from tests.test_sign_in import HERE, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_staff(make_union())


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "security")
    return lambda: [message for name, _, message in caplog.record_tuples if name == "security"]


def test_signing_in_and_out_is_told(client, staff, told):
    sign_in(client, staff.username)
    client.post(reverse("sign_out"), REMOTE_ADDR=HERE)

    assert told() == [f"signed in: account {staff.pk} from {HERE}", f"signed out: account {staff.pk} from {HERE}"]


def test_a_refused_password_is_told_without_name_and_password(client, staff, told):
    sign_in(client, staff.username, "mat-khau-sai\r\nsigned in")
    sign_in(client, "mat-khau-go-nham-o\nsigned in: account 1")

    assert [message[:22] for message in told()] == ["password refused: name"] * 2
    assert not [message for message in told() if staff.username in message or "mat-khau" in message or "\n" in message]


def test_a_refused_code_is_told(client, staff, told):
    with_app(staff)
    give_password(client, staff)
    give_code(client, "000000")

    assert told() == [f"code refused: account {staff.pk} from 127.0.0.1"]


def test_what_somebody_may_not_see_is_told_on_one_line(staff, told):
    client = signed_in(staff)
    address = reverse("initiative", args=[make_initiative(make_union()).code])
    client.get(address)
    client.get("/khong-co/%0Asigned in/")
    Client().get("/khong-co/")

    assert told()[1:] == [
        f"refused 404: account {staff.pk}, GET /cong-doan/sang-kien/<str:code>/",
        f"refused 404: account {staff.pk}, GET -",
    ]
