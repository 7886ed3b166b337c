"""Guide, poster, health: right to the last figure, and nothing of a person on any public page (R19)."""

import io
import re

import pytest
import segno
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from accounts.models import Level
from config import health, qr
from dossiers.quota import put_forward
from initiatives.screening import accept
from tests.factories import make_campaign, make_dossier, make_initiative, make_plan, make_union, make_user
from tests.pages import says

pytestmark = pytest.mark.django_db


# Guide and poster


def test_the_guide_tells_the_days_the_address_and_the_limit(client):
    campaign = make_campaign()

    page = says(client.get(f"/{campaign.slug}/huong-dan/"))

    words = [
        f"http://testserver/{campaign.slug}/",
        "01/02/2021",
        "31/05/2021",
        "hết 24 giờ ngày 20/04/2021",
        "1.000 ký tự",
    ]
    assert [word for word in words if word not in page] == []


def squares(content, scale, border):
    """Return the black and white squares of a QR code's PNG."""
    image = Image.open(io.BytesIO(content)).convert("1")
    side = image.width // scale - 2 * border
    at = [scale * (border + number) + scale // 2 for number in range(side)]
    return [[int(image.getpixel((x, y)) == 0) for x in at] for y in at]


@pytest.mark.parametrize("of_union", [False, True])
def test_the_codes_to_print_lead_to_the_programme_or_to_a_unions_own_link(client, of_union):
    campaign, union = make_campaign(), make_union(local_code="TN-01")
    address = f"http://testserver/{campaign.slug}/" + (f"gui-sang-kien/?don-vi={union.code}" if of_union else "")
    query = "?don-vi=TN-01" if of_union else ""
    expected = [list(row) for row in segno.make(address, error="q", micro=False).matrix]

    png = client.get(f"/{campaign.slug}/ma-qr.png{query}")
    svg = client.get(f"/{campaign.slug}/ma-qr.svg{query}")
    poster = client.get(f"/{campaign.slug}/ma-qr/{query}")

    assert (png["Content-Type"], svg["Content-Type"]) == ("image/png", "image/svg+xml")
    assert squares(png.content, 20, 4) == expected
    assert svg.content == qr.svg(address)
    assert address in says(poster)
    assert qr.inline_svg(address) in poster.content.decode()
    assert (union.name in says(poster)) is of_union


@pytest.mark.parametrize("code", ["none", "%00", "%ED%A0%80", "<b>", "a" * 3000])
@pytest.mark.parametrize("path", ["ma-qr/", "ma-qr.svg", "ma-qr.png", "ma-qr.pdf"])
def test_a_poster_of_a_union_that_is_not_there_is_not_there(client, path, code):
    assert client.get(f"/{make_campaign().slug}/{path}?don-vi={code}").status_code == 404


# R19


def test_no_public_page_tells_phone_mail_or_birth_year(client, at):
    top = make_union(Level.TOP, code="19", name="LĐLĐ tỉnh A", short_name="A")
    plan = make_plan(top, make_campaign(slug="mua-xuan"))
    union = make_union(parent=top, code="19-B", name="LĐLĐ huyện B")
    private = {"phone": "+84987654321", "email": "rieng@example.vn", "birth_year": 1951, "full_name": "Đinh Riêng Tư"}
    sent = make_initiative(union, plan.campaign, **private)
    put_forward(make_dossier(union, plan), accept(sent, by=make_user(), version=1), by=make_user())
    pages = ["", "gui-sang-kien/", "theo-doi/", "huong-dan/", "thong-ke/", "thong-ke.json", "ket-qua/", "ma-qr/"]
    pages += ["huong-dan/tai-ve/", "gui-sang-kien/?don-vi=19-B", "ma-qr/?don-vi=19-B", "don-vi/19.json"]
    pages += ["thong-ke/19/", "thong-ke/19.json"]

    for now in ("2021-04-01 08:00", "2021-04-21 00:00"):
        at(now)
        for path in pages:
            page = re.sub(r'name="(csrf|submission)[^>]*>', "", client.get(f"/mua-xuan/{path}").content.decode())
            for secret in ["987654321", "987 654 321", "rieng@", "1951", "Riêng Tư", sent.secret, sent.code]:
                assert secret not in page, (path, secret)


# Health

WELL = {"ok": True, "database": True, "rules": True, "cache": True, "storage": True, "warnings": []}


def test_a_healthy_site_says_so_and_leaves_nothing_behind(client):
    response = client.get("/suc-khoe/")

    assert response.status_code == 200
    assert response.json() == WELL
    assert "no-store" in response["Cache-Control"]
    assert default_storage.listdir("health")[1] == []


@pytest.mark.parametrize("part", ["database", "rules", "cache", "storage"])
def test_a_part_that_does_not_answer_makes_503_and_tells_nothing_more(client, monkeypatch, part):
    def away():
        raise OSError("secret inside: 10.0.0.7")

    monkeypatch.setitem(health.CHECKS, part, away)

    response = client.get("/suc-khoe/")

    assert response.status_code == 503
    assert response.json() == WELL | {"ok": False, part: False}
    assert b"secret" not in response.content


def test_a_database_that_lost_a_rule_is_told(client):
    with connection.cursor() as cursor:
        on = " ON record_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER record_event_no_update{on}")

    assert client.get("/suc-khoe/").json()["rules"] is False


def test_a_cache_that_forgets_at_once_does_not_answer(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert client.get("/suc-khoe/").json()["cache"] is False


def test_a_storage_that_cannot_be_written_does_not_answer(client, settings, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked

    assert client.get("/suc-khoe/").json() == WELL | {"ok": False, "storage": False}
