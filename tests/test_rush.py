"""The rush before closing: what is sent is always taken, a receipt always shown; pages wait, figures last."""

import time
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from config import clock
from config.rush import ALWAYS, FIGURES, KINDS, LONG, PAGES, Queue, RushMiddleware
from tests.factories import make_campaign, make_initiative, make_staff, make_union
from tests.pages import runs_nothing, says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rush")]

A_BIT = 0.5
# A page below a campaign → how long it may have waited.
MAY_WAIT = {
    "": ALWAYS,
    "huong-dan/": PAGES,
    "ket-qua/": ALWAYS,
    "ma-qr/": PAGES,
    "theo-doi/": PAGES,
    "thong-ke/": ALWAYS,
    "thong-ke/{top}/": FIGURES,
    "thong-ke/theo-ngay.svg": FIGURES,
    "gui-sang-kien/": ALWAYS,
    "don-vi/{top}.json": ALWAYS,
    "da-nhan/{secret}/": ALWAYS,
    "da-nhan/{secret}/sua/": ALWAYS,
    "da-nhan/{secret}/rut/": ALWAYS,
    "da-nhan/{secret}/du-lieu/": ALWAYS,
    "da-nhan/{secret}/bien-nhan.pdf": ALWAYS,
}


def stamped(seconds_ago):
    """What the front server wrote on a request that waited so long."""
    return {"X-Request-Start": f"t={(clock.now() - timedelta(seconds=seconds_ago)).timestamp():.6f}"}


def get(client, address, waited):
    return client.get(address, headers=stamped(waited))


def guide_of(campaign):
    return reverse("guide", args=[campaign.slug])


def statuses(client, address, limit):
    """Return how a page answers to who waited a bit less than this, and a bit more."""
    return [get(client, address, limit + more).status_code for more in (-A_BIT, A_BIT)]


@pytest.mark.parametrize("path", MAY_WAIT)
def test_each_page_is_put_off_as_late_as_it_matters(client, path):
    initiative = make_initiative()
    path = path.format(top=initiative.top.code, secret=initiative.secret)
    address = f"{initiative.campaign.get_absolute_url()}{path}"
    limit = MAY_WAIT[path.replace(initiative.secret, "{secret}").replace(f"/{initiative.top.code}", "/{top}")]

    found = [200, 200] if limit == ALWAYS else [200, 429]
    assert statuses(client, address, 25 if limit == ALWAYS else limit) == found


def test_every_page_that_has_a_kind_is_there():
    assert set(KINDS) <= set(get_resolver().reverse_dict)


def test_figures_go_before_pages():
    assert FIGURES < PAGES <= LONG < ALWAYS


def test_who_is_put_off_reads_why_and_the_page_opens_itself_again(client):
    response = get(client, guide_of(make_campaign()), 10)

    assert response.status_code == 429
    assert 15 <= int(response["Refresh"]) <= 45
    assert response["Retry-After"] == response["Refresh"]
    assert "no-store" in response["Cache-Control"]
    assert "tự mở lại" in says(response)
    assert runs_nothing(response)


def test_those_put_off_come_back_at_different_moments(client):
    address = guide_of(make_campaign())

    assert len({get(client, address, 10)["Refresh"] for _ in range(60)}) > 5


def test_putting_off_asks_the_database_nothing(client, django_assert_num_queries):
    address = guide_of(make_campaign())

    with django_assert_num_queries(0):
        assert get(client, address, 10).status_code == 429
        assert client.head(address, headers=stamped(10)).status_code == 429


def test_staff_wait_like_everybody_and_health_is_always_told():
    client = signed_in(make_staff(make_union()))

    assert statuses(client, reverse("desk"), PAGES) == [200, 429]
    assert get(client, reverse("health"), 25).status_code == 200


# How long a request waited


def test_without_a_trusted_front_server_nobody_is_put_off(client, settings):
    settings.TRUST_REQUEST_START = False

    assert get(client, guide_of(make_campaign()), 60).status_code == 200


@pytest.mark.parametrize("difference", [-90, 90])
def test_a_front_server_whose_clock_is_wrong_puts_nobody_off(client, monkeypatch, difference):
    monkeypatch.setattr("config.rush.CALM", 0)
    address = guide_of(make_campaign())

    assert [get(client, address, difference).status_code for _ in range(3)] == [200] * 3


def test_without_looking_at_calm_moments_a_wrong_clock_would_put_everybody_off(client):
    assert get(client, guide_of(make_campaign()), 90).status_code == 429


def test_a_wait_is_told_from_a_difference_of_clocks(monkeypatch):
    monkeypatch.setattr("config.rush.CALM", 0.02)
    queue = Queue()
    time.sleep(0.03)

    calm = queue.enter(timedelta(seconds=90))  # came to an idle process: the clocks differ
    beside = queue.enter(timedelta(seconds=93))
    queue.leave()
    queue.leave()
    next_one = queue.enter(timedelta(seconds=95))  # taken up as soon as another was done
    queue.leave()
    time.sleep(0.03)
    after = queue.enter(timedelta(seconds=90.5))

    assert [calm, beside, next_one, after] == [0, 3, 5, 0]


def test_the_time_that_a_long_form_takes_to_come_in_is_no_difference_of_clocks(monkeypatch):
    monkeypatch.setattr("config.rush.CALM", 0)
    queue = Queue()

    queue.enter(timedelta(seconds=7), is_asking=False)
    queue.leave()

    assert queue.difference == 0


def test_a_request_that_fails_is_counted_out(rf):
    def broken(request):
        raise RuntimeError

    middleware, request = RushMiddleware(broken), rf.get("/")
    request.arrived_at = clock.now()

    with pytest.raises(RuntimeError):
        middleware(request)

    assert middleware.queue.inside == 0


def test_each_process_judges_by_the_request_alone():
    """The control of what the pages above rely on: two processes that never met say the same."""
    waits = [[Queue().enter(timedelta(seconds=seconds)) for seconds in (0, 1, 3, 9)] for _ in range(2)]

    assert waits[0] == waits[1] == [0, 1, 3, 9]
