"""Who gets in: every page that the site has, also one added next year, for everyone who must not, and who may."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from initiatives.models import Initiative
from tests.desk_access import PEOPLE, ROWS, ask, make_scene, visitor
from tests.factories import (
    make_initiative,
    make_plan,
    make_staff,
    make_union,
)
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Pages that anyone may open. Every other page of the site asks for signing in.
PUBLIC = {
    "", "dang-nhap/", "suc-khoe/", "<campaign_slug>/", "<campaign_slug>/gui-sang-kien/", "<campaign_slug>/theo-doi/",
    "<campaign_slug>/don-vi/<top_code>.json", "<campaign_slug>/da-nhan/<secret>/", "<campaign_slug>/da-den/<secret>/",
    "<campaign_slug>/da-nhan/<secret>/sua/",
    "<campaign_slug>/da-nhan/<secret>/rut/", "<campaign_slug>/huong-dan/", "<campaign_slug>/thong-ke/",
    "<campaign_slug>/thong-ke.json", "<campaign_slug>/ma-qr/", "<campaign_slug>/ma-qr.svg", "<campaign_slug>/ma-qr.png",
    "<campaign_slug>/ket-qua/", "<campaign_slug>/ket-qua/<top_code>/",
    "<campaign_slug>/mat-ma/", "<campaign_slug>/huong-dan/tai-ve/",
    "<campaign_slug>/xac-nhan/<code>/", "robots.txt", "sitemap.xml",
    "<campaign_slug>/ma-qr.pdf", "<campaign_slug>/huy-hieu.svg", "<campaign_slug>/huy-hieu.png",
    "<campaign_slug>/da-nhan/<secret>/bien-nhan.pdf", "<campaign_slug>/da-nhan/<secret>/ma-qr.svg",
    "<campaign_slug>/thong-ke/<top_code>/", "<campaign_slug>/thong-ke/<top_code>.json",
    "<campaign_slug>/thong-ke/<picture_slug>.svg", "<campaign_slug>/thong-ke/<top_code>/<picture_slug>.svg",
    "<campaign_slug>/quyen-rieng-tu/", "<campaign_slug>/da-nhan/<secret>/du-lieu/",
    "<campaign_slug>/da-nhan/<secret>/du-lieu.json", "<campaign_slug>/da-nhan/<secret>/du-lieu/xoa/",
    "<campaign_slug>/da-nhan/<secret>/du-lieu/thoi-xoa/",
    "<campaign_slug>/lay-y-kien/", "<campaign_slug>/lay-y-kien/<top_code>/",
    "<campaign_slug>/lay-y-kien/<top_code>/lan/<version>/", "<campaign_slug>/lay-y-kien/phan-anh/<secret>/",
    "<campaign_slug>/lay-y-kien/<top_code>/<entry_pk>/phan-anh/",
    "suc-khoe/canh-bao/", "suc-khoe/so-do/",
    "mat-khau/quen/", "mat-khau/quen/da-gui/", "mat-khau/dat-lai/<uidb64>/<token>/", "loi-moi/<token>/",
}  # fmt: skip
SAMPLES = {
    "int": "1",
    "slug": "a-slug",
    "str": "a-word",
    "path": "a/path",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}


def every_page_of_the_site():
    """Return {route: an address of it} of all that the resolver knows; a route names its parameters as <name>."""
    return dict(pages_below(get_resolver(), "", ""))


def pages_below(resolver, route, address):
    for pattern in resolver.url_patterns:
        here = str(pattern.pattern)
        below = route + re.sub(r"<\w+:(\w+)>", r"<\1>", here), address + example_of(here)
        if isinstance(pattern, URLPattern):
            yield below
        else:
            yield from pages_below(pattern, *below)


def example_of(pattern):
    """Return an address that a pattern of the address table takes."""
    if pattern.endswith("$"):  # the admin has two patterns of the old kind: its list of apps, and the rest
        return "accounts/" if "app_label" in pattern else "no-such-page/"
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], pattern)


PAGES = every_page_of_the_site()
PRIVATE = sorted(set(PAGES) - PUBLIC)


def test_the_site_has_its_pages_and_the_public_ones_are_among_them():
    assert set(PAGES) >= PUBLIC
    assert {"cong-doan/", "dang-xuat/", "quan-tri/", "quan-tri/accounts/user/<object_id>/change/"} <= set(PRIVATE)
    assert len(PRIVATE) > 100


def leads_to(response):
    """Return where a redirect ends when the admin passes signing in on to the site's own page."""
    location = response.get("Location", "")
    return leads_to(Client().get(location)) if location.startswith("/quan-tri/login/") else location


@pytest.mark.parametrize("route", PRIVATE)
def test_a_stranger_is_asked_to_sign_in_unless_the_page_is_public(client, route):
    for send in (client.get, client.post, client.head, client.put, client.delete):
        response = send(f"/{PAGES[route]}")

        assert response.status_code == 302
        assert leads_to(response).startswith("/dang-nhap/?next=/")


@pytest.mark.parametrize("route", sorted(PUBLIC))
def test_a_public_page_never_asks_anybody_to_sign_in(client, route):
    response = client.get(f"/{PAGES[route]}")

    assert response.status_code in (200, 302, 404, 405)
    assert "dang-nhap" not in response.get("Location", "")


def test_no_page_takes_a_post_without_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert {route: strict.post(f"/{address}").status_code for route, address in PAGES.items()} == dict.fromkeys(
        PAGES, 403
    )

    staff = signed_in(make_staff(make_union()), enforce_csrf_checks=True)
    assert {route: staff.post(f"/{address}").status_code for route, address in PAGES.items()} == dict.fromkeys(
        PAGES, 403
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_gets_what_the_table_says(person):
    dossier, addresses = make_scene()
    client = visitor(person, dossier)

    answers = {row: ask(client, row[1], addresses[row[0]]) for row in ROWS}

    column = PEOPLE.index(person)
    assert {row: answer.status_code for row, answer in answers.items()} == {row: ROWS[row][column] for row in ROWS}
    accepted = Initiative.objects.filter(status="ACCEPTED").count()  # one of the two was accepted from the beginning
    assert accepted == (2 if person in ("own", "above") else 1)
    if person == "stranger":
        assert all(answer["Location"].startswith("/dang-nhap/?next=/cong-doan/") for answer in answers.values())


def test_every_page_of_the_desk_is_in_the_table():
    resolver = get_resolver()
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    of_desk = {name for name in names if resolver.reverse_dict.getlist(name)[0][0][0][0].startswith("cong-doan/")}

    assert of_desk == {name for name, _ in ROWS}


def test_what_changes_something_is_no_link_and_what_shows_something_takes_no_post():
    dossier, addresses = make_scene()
    client = visitor("own", dossier)

    for name, address in addresses.items():
        refused = {"GET": (client.get, client.head), "POST": (client.post,)}
        refused = [send for method, sends in refused.items() if (name, method) not in ROWS for send in sends]
        for send in (*refused, client.put, client.patch, client.delete):
            assert send(address).status_code == 405, (name, send)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "huong-dan/",
        "thong-ke/",
        "thong-ke.json",
        "ma-qr/",
        "ma-qr.svg",
        "ma-qr.png",
        "ket-qua/",
        "da-nhan/{}/",
        "ma-qr.pdf",
        "huy-hieu.svg",
        "huy-hieu.png",
        "da-nhan/{}/bien-nhan.pdf",
        "da-nhan/{}/ma-qr.svg",
        "quyen-rieng-tu/",
        "da-nhan/{}/du-lieu/",
        "da-nhan/{}/du-lieu.json",
    ],
)
def test_what_only_shows_something_to_the_public_takes_no_post(client, path):
    initiative = make_initiative()

    address = f"/{initiative.campaign.slug}/{path.format(initiative.secret)}"
    assert client.get(address).status_code == 200
    assert {ask(address).status_code for ask in (client.post, client.put, client.patch, client.delete)} == {405}


def test_a_plan_is_begun_by_the_unions_below_it_alone():
    union = make_union()
    plan = make_plan()

    response = signed_in(make_staff(union)).post(reverse("start_dossier", args=[plan.pk, union.code]))

    assert response.status_code == 404
