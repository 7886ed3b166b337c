"""Who gets in: every page that the site has, also one added next year, for everyone who must not, and who may."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import Level
from initiatives.models import Initiative
from tests.factories import (
    a_picture,
    make_alias,
    make_board,
    make_filed,
    make_initiative,
    make_national_user,
    make_plan,
    make_staff,
    make_union,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

# Pages that anyone may open. Every other page of the site asks for signing in.
PUBLIC = {
    "", "dang-nhap/", "suc-khoe/", "<campaign_slug>/", "<campaign_slug>/gui-sang-kien/", "<campaign_slug>/theo-doi/",
    "<campaign_slug>/don-vi/<top_code>.json", "<campaign_slug>/da-nhan/<secret>/",
    "<campaign_slug>/da-nhan/<secret>/sua/",
    "<campaign_slug>/da-nhan/<secret>/rut/", "<campaign_slug>/huong-dan/", "<campaign_slug>/thong-ke/",
    "<campaign_slug>/thong-ke.json", "<campaign_slug>/ma-qr/", "<campaign_slug>/ma-qr.svg", "<campaign_slug>/ma-qr.png",
    "<campaign_slug>/ket-qua/", "<campaign_slug>/mat-ma/", "<campaign_slug>/huong-dan/tai-ve/",
    "robots.txt", "sitemap.xml",
    "<campaign_slug>/ma-qr.pdf", "<campaign_slug>/huy-hieu.svg", "<campaign_slug>/huy-hieu.png",
    "<campaign_slug>/da-nhan/<secret>/bien-nhan.pdf",
    "<campaign_slug>/thong-ke/<top_code>/", "<campaign_slug>/thong-ke/<top_code>.json",
    "<campaign_slug>/thong-ke/<picture_slug>.svg", "<campaign_slug>/thong-ke/<top_code>/<picture_slug>.svg",
    "<campaign_slug>/quyen-rieng-tu/", "<campaign_slug>/da-nhan/<secret>/du-lieu/",
    "<campaign_slug>/da-nhan/<secret>/du-lieu.json", "<campaign_slug>/da-nhan/<secret>/du-lieu/xoa/",
    "<campaign_slug>/da-nhan/<secret>/du-lieu/thoi-xoa/",
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
    for ask in (client.get, client.post, client.head, client.put, client.delete):
        response = ask(f"/{PAGES[route]}")

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


# What staff, board and national staff may do at the desk: status by page and person, in this order.
PEOPLE = ["stranger", "own", "below", "neighbour", "above", "board", "national"]
TABLE = """
    desk                  GET   302 200 200 200 200 200 200
    posters               GET   302 200 404 404 200 200 200
    posters_file          GET   302 200 404 404 200 200 200
    initiatives           GET   302 200 200 200 200 200 200
    initiative            GET   302 200 404 404 200 200 200
    accept_initiative     POST  302 302 404 404 302 404 404
    reject_initiative     POST  302 422 404 404 422 404 404
    move_initiative       POST  302 404 404 404 302 302 302
    mapping               GET   302 404 404 404 302 302 200
    typed_names           GET   302 404 404 404 200 200 200
    map_name              GET   302 404 404 404 200 200 200
    map_name              POST  302 404 404 404 422 422 422
    known_names           GET   302 404 404 404 200 200 200
    forget_name           POST  302 404 404 404 302 302 302
    start_dossier         POST  302 302 404 404 404 404 404
    dossier               GET   302 200 404 404 404 404 404
    dossier_changes       GET   302 200 404 404 404 404 404
    reorder_entries       POST  302 422 404 404 404 404 404
    choose_initiatives    GET   302 302 404 404 404 404 404
    add_entry             POST  302 302 404 404 404 404 404
    edit_entry            GET   302 302 404 404 404 404 404
    edit_entry            POST  302 422 404 404 404 404 404
    remove_entry          POST  302 302 404 404 404 404 404
    move_entry_up         POST  302 302 404 404 404 404 404
    move_entry_down       POST  302 302 404 404 404 404 404
    letter_details        POST  302 422 404 404 404 404 404
    upload_letter         POST  302 422 404 404 404 404 404
    letter_file           GET   302 200 404 404 404 404 404
    letter_thumbnail      GET   302 200 404 404 404 404 404
    move_letter_file_up   POST  302 302 404 404 404 404 404
    move_letter_file_down POST  302 302 404 404 404 404 404
    remove_letter_file    POST  302 302 404 404 404 404 404
    summary_table         GET   302 200 404 404 404 404 404
    file_dossier          GET   302 302 404 404 404 404 404
    file_dossier          POST  302 302 404 404 404 404 404
    filing_receipt        GET   302 200 404 404 404 404 404
    take_filing_back      POST  302 302 404 404 404 404 404
    compare_filings       GET   302 200 404 404 404 404 404
    filed_table           GET   302 200 404 404 404 404 404
"""
ROWS = {
    (name, method): [int(s) for s in statuses] for name, method, *statuses in map(str.split, TABLE.split("\n")[1:-1])
}


def make_scene():
    """A filed dossier of one union, with an initiative that is not in it: (dossier, {page: its address})."""
    dossier = make_filed(make_union(parent=make_union(Level.TOP)), scan=a_picture())
    union, entry = dossier.union, dossier.entries.get()
    initiative = make_initiative(union, dossier.plan.campaign)
    alias = make_alias(unit=union)
    arguments = {
        "desk": [],
        "posters": [union.code],
        "posters_file": [union.code],
        "initiatives": [],
        "initiative": [initiative.code],
        "accept_initiative": [initiative.code],
        "reject_initiative": [initiative.code],
        "move_initiative": [initiative.code],
        "mapping": [],
        "typed_names": [union.parent.code],
        "map_name": [union.parent.code],
        "known_names": [union.parent.code],
        "forget_name": [union.parent.code, alias.pk],
        "start_dossier": [dossier.plan_id, union.code],
        "add_entry": [dossier.pk, initiative.code],
        "filed_table": [dossier.pk, 1],
        "filing_receipt": [dossier.pk, 1],
        "take_filing_back": [dossier.pk, 1],
        "compare_filings": [dossier.pk, 1, 1],
    }
    of_entry = {name: [dossier.pk, entry.pk] for name, _ in ROWS if name.split("_")[0] in ("edit", "remove", "move")}
    letter = dossier.letters.get()
    of_letter = {name: [dossier.pk, letter.pk, 1] for name, _ in ROWS if "letter_file" in name or "thumb" in name}
    of_dossier = {name: [dossier.pk] for name, _ in ROWS}
    arguments = of_dossier | of_entry | of_letter | arguments
    addresses = {name: reverse(name, args=args) for name, args in arguments.items()}
    return dossier, addresses | {"map_name": f"{addresses['map_name']}?ten={alias.key}"}


def visitor(person, dossier):
    union = dossier.union
    make = {
        "own": lambda: make_staff(union),
        "below": lambda: make_staff(make_union(Level.GRASSROOTS, union)),
        "neighbour": lambda: make_staff(make_union(parent=union.parent)),
        "above": lambda: make_staff(union.parent),
        "board": lambda: make_board(union.parent),
        "national": make_national_user,
    }
    return Client() if person == "stranger" else signed_in(make[person]())


def ask(client, method, address):
    response = client.get(address) if method == "GET" else client.post(address, {"version": "1"})
    if response.streaming:
        assert response.getvalue()  # reading a file to its end closes it
    return response


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
        refused = [ask for method, asks in refused.items() if (name, method) not in ROWS for ask in asks]
        for ask in (*refused, client.put, client.patch, client.delete):
            assert ask(address).status_code == 405, (name, ask)


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
