"""Pages of error: whose site it is, a way home, whom to call; the ones for a broken site ask it for nothing."""

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import Level
from tests.factories import make_board, make_campaign, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

HELP = "gặp Người Giải Đáp, Ban Tuyên giáo."


def leads_home(response):
    """Tell whether the page's header names the site and leads to its first page."""
    link = tree(response).find(".//header//a[@href='/']")
    return link is not None and "Công đoàn Việt Nam" in link.text_content()


def forbidden():
    return signed_in(make_board(make_union(Level.TOP))).get("/quan-tri/initiatives/campaign/add/")


def expired():
    return Client(enforce_csrf_checks=True).post("/mua-xuan/gui-sang-kien/", {"title": "Giá phơi chè"})


ANSWERS = {
    "403": (403, forbidden),
    "404": (404, lambda: Client().get("/khong/co/")),
    "expired": (403, expired),
    "sign in": (200, lambda: Client().get("/dang-nhap/")),
}
answers = pytest.mark.parametrize(("status", "ask"), ANSWERS.values(), ids=ANSWERS)


@answers
def test_a_page_of_error_says_whose_site_it_is_and_whom_to_call(status, ask):
    make_campaign()

    response = ask()

    assert response.status_code == status
    assert leads_home(response)
    assert HELP in says(response)


def test_without_a_running_campaign_there_is_nobody_to_call(client):
    make_campaign(is_running=False)

    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Cần giúp?" not in says(response)


@answers
def test_a_page_of_error_comes_without_its_help_line_while_the_database_is_away(status, ask):
    make_campaign()

    def refuse(execute, sql, *arguments):
        if "is_running" in sql and "WHERE" in sql and "initiatives_campaign" in sql:
            raise OperationalError("connection to server at 10.0.0.7 failed")
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        response = ask()

    assert response.status_code == status
    assert leads_home(response)
    assert "Cần giúp?" not in says(response)


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_the_pages_of_a_broken_site_ask_the_database_for_nothing(django_assert_num_queries, name):
    make_campaign()

    with django_assert_num_queries(0):
        page = render_to_string(name, {"typed": [], "messages": [], "number": ""})

    assert '<a class="site-name" href="/">' in page
