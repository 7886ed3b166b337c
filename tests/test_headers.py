"""What every answer tells the browser to refuse: pages, files, static files, redirects and errors of the whole site."""

import pytest
from django.test import Client

from accounts.models import Level
from config import wsgi
from config.headers import FIXED
from tests.board_addresses import pages_about, papers_about
from tests.boards import hold
from tests.council import make_meeting
from tests.desk_access import ROWS, ask, make_scene, visitor
from tests.factories import make_board, make_filed, make_national_user, make_union
from tests.pages import signed_in
from tests.removals import make_published
from tests.rows import make_extension
from tests.test_access import PAGES
from tests.test_public_privacy import public_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALWAYS = ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]


def wrong_in(response):
    """Return what the headers of an answer lack."""
    if getattr(response, "streaming", False):
        b"".join(response)  # reading a file to its end closes it
    wrong = [name for name, value in FIXED.items() if response.get(name) != value]
    policy = response.get("Content-Security-Policy", "")
    is_picture = response.get("Content-Type", "").startswith("image/svg")  # brings its own style, runs nothing
    if "unsafe" in policy.replace("style-src 'unsafe-inline'", "" if is_picture else "unsafe"):
        wrong.append(policy)
    return [*wrong, *(part for part in ALWAYS if part not in policy)]


def wrong_among(answers):
    found = {address: wrong_in(response) for address, response in answers.items()}
    return {address: wrong for address, wrong in found.items() if wrong}


def test_every_address_refuses_a_stranger_with_all_headers():
    strict = Client(enforce_csrf_checks=True)
    answers = {("GET", route): Client().get(f"/{address}") for route, address in PAGES.items()}
    answers |= {("POST", route): strict.post(f"/{address}") for route, address in PAGES.items()}

    assert len(answers) > 300
    badge = {("GET", f"<campaign_slug>/huy-hieu.{kind}") for kind in ("svg", "png")}
    assert {key: wrong for key, wrong in wrong_among(answers).items() if key not in badge} == {}


def test_public_pages_and_pictures_have_all_headers_and_portals_may_show_the_badge():
    initiative, _ = make_published()
    answers = {address: Client().get(address) for address in public_addresses(initiative)}
    shown_anywhere = {address for address in answers if "huy-hieu" in address}

    wrong = wrong_among(answers)

    assert len(answers) > 25
    assert len(shown_anywhere) == 2
    assert wrong == {key: ["Cross-Origin-Resource-Policy"] for key in shown_anywhere}
    assert {answers[address]["Cross-Origin-Resource-Policy"] for address in shown_anywhere} == {"cross-origin"}


def test_every_page_and_file_of_the_desk_has_all_headers():
    dossier, addresses = make_scene()
    client = visitor("own", dossier)

    answers = {row: ask(client, row[1], addresses[row[0]]) for row in ROWS}

    assert wrong_among(answers) == {}
    kept = {row for row, answer in answers.items() if "no-store" not in answer.get("Cache-Control", "")}
    assert kept == set()


def test_every_page_and_paper_of_the_board_has_all_headers_and_stays_in_no_cache():
    dossier = make_filed()
    extension, meeting = make_extension(), make_meeting(dossier.plan)
    complaint = hold(dossier.entries.get())
    client = signed_in(make_national_user())
    pages = [*pages_about(dossier, complaint, extension, meeting), "/quan-tri/", "/quan-tri/huong-dan/", "/tai-khoan/"]

    answers = {address: client.get(address) for address in pages}
    answers |= {address: client.post(address) for address in papers_about(dossier, meeting)}

    assert wrong_among(answers) == {}
    assert [address for address, answer in answers.items() if "no-store" not in answer["Cache-Control"]] == []


def test_errors_have_all_headers(client, monkeypatch, settings):
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.views.SignIn.get", lambda *args, **kwargs: 1 / 0)
    answers = {
        "404": client.get("/khong/co/"),
        "400": client.get("/", headers={"host": "khong phai"}),
        "500": client.get("/dang-nhap/"),
        "403": signed_in(make_board(make_union(Level.TOP))).get("/quan-tri/initiatives/campaign/add/"),
    }
    settings.SECURE_SSL_REDIRECT = True
    answers["301"] = Client().get("/dang-nhap/")

    assert {name: str(answer.status_code) for name, answer in answers.items()} == {name: name for name in answers}
    assert wrong_among(answers) == {}


def test_a_request_refused_before_any_page_has_all_headers():
    said = []
    environ = {"CONTENT_TYPE": "text/plain; charset=utf-16"}

    wsgi.application(environ, lambda status, headers: said.append(dict(headers)))

    assert wrong_in(said[0]) == []


def test_static_files_have_all_headers_and_are_for_this_site_alone(settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    at = settings.MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(at, "whitenoise.middleware.WhiteNoiseMiddleware")

    answers = {path: Client().get(f"/static/{path}") for path in ("css/site.css", "js/text.js", "img/icon.svg")}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert wrong_among(answers) == {}
    assert not any("Access-Control-Allow-Origin" in answer for answer in answers.values())
