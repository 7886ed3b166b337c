"""The cache is away: the site goes on without it. Figures are made anew, limits stand on rows, nobody sees an error."""

import socket

import pytest
from django.core.cache import cache
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories import make_campaign, make_staff, make_union
from tests.pages import send_form, signed_in, typed

pytestmark = pytest.mark.django_db

PASSWORD = "sangkien-demo"


@pytest.fixture(autouse=True)
def _away(settings):
    """A Redis whose port nobody listens on; it is held, so that nobody will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{held.getsockname()[1]}/0"
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}}
        with pytest.raises(Exception, match="refused"):
            cache.get("anything")
        yield


def test_an_initiative_is_sent_and_its_receipt_shown(client):
    campaign = make_campaign()

    sent = send_form(client, campaign, typed(make_union()))

    assert sent.status_code == 302
    assert client.get(sent["Location"]).status_code == 200
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("path", ["", "gui-sang-kien/", "thong-ke/", "thong-ke.json", "ket-qua/", "theo-doi/"])
def test_public_pages_are_shown(client, path):
    assert client.get(f"/{make_campaign().slug}/{path}").status_code == 200


def test_guesses_at_a_password_are_held_off_as_ever(client):
    staff = make_staff(make_union())
    values = {"username": staff.username, "password": PASSWORD}

    assert client.post(reverse("sign_in"), values).status_code == 302
    client.logout()
    for _ in range(7):
        answer = client.post(reverse("sign_in"), values | {"password": "wrong"})

    assert answer.status_code == 429


def test_a_forgotten_password_can_be_asked_for(client):
    assert client.post("/mat-khau/quen/", {"email": "ai@example.vn"}).status_code == 302


def test_a_lost_code_can_be_asked_for_and_an_initiative_followed(client):
    campaign = make_campaign()

    lost = client.post(reverse("lost_code", args=[campaign.slug]), {"phone": "0912345678"})
    followed = client.post(f"/{campaign.slug}/theo-doi/", {"code": "0000-0000-0000", "phone": "0912345678"})

    assert (lost.status_code, followed.status_code) == (302, 422)


@pytest.mark.parametrize("path", ["/cong-doan/", "/cong-doan/sang-kien/"])
def test_staff_work_on(path):
    assert signed_in(make_staff(make_union())).get(path).status_code == 200


def test_the_health_page_says_so(client):
    answer = client.get("/suc-khoe/")

    assert (answer.status_code, answer.json()["cache"], answer.json()["database"]) == (503, False, True)
