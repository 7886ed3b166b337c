"""The one clock, and the instant at which a request arrived (R1, R11, section 9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from config import clock
from config.arrival import ArrivalMiddleware, front_server_stamp
from tests.conftest import moment


def test_the_demonstration_clock_starts_where_it_is_told_and_runs_on(settings):
    settings.CLOCK_START = moment("2021-04-20 23:59:00")
    settings.CLOCK_ORIGIN = timezone.now() - timedelta(seconds=30)

    assert timedelta(0) <= clock.now() - moment("2021-04-20 23:59:30") < timedelta(seconds=5)


def test_without_a_start_it_is_real_time(settings):
    settings.CLOCK_START = None

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("text", "day"), [("2021-04-20 23:59:30", date(2021, 4, 20)), ("2021-04-21 00:00:00", date(2021, 4, 21))]
)
def test_today_is_the_day_in_vietnam(at, text, day):
    at(text)

    assert clock.today() == day


def request(stamp=None):
    headers = {} if stamp is None else {"X-Request-Start": stamp}
    return RequestFactory().get("/", headers=headers)


def arrived_at(stamp):
    return ArrivalMiddleware(lambda request: request.arrived_at)(request(stamp))


def test_a_trusted_front_server_says_when_the_first_byte_came(settings):
    settings.TRUST_REQUEST_START = True

    assert arrived_at("t=1618937999.999") == datetime(2021, 4, 20, 16, 59, 59, 999000, tzinfo=UTC)
    assert arrived_at("1618938000.000") == moment("2021-04-21 00:00:00")


def test_a_stamp_is_not_believed_unless_the_front_server_is_trusted(settings, at):
    settings.TRUST_REQUEST_START = False
    at("2021-04-21 00:00:00")

    assert arrived_at("t=1618937999.999") >= moment("2021-04-21 00:00:00")


@pytest.mark.parametrize("stamp", [None, "", "t=", "t=abc", "t=nan", "t=inf", "t=-inf", "t=1e400", "t=9e99", "t=1_0,2"])
def test_a_stamp_that_cannot_be_read_is_no_stamp(settings, stamp):
    settings.TRUST_REQUEST_START = True

    assert front_server_stamp(request(stamp)) is None


def test_a_request_is_stamped_once(at):
    at("2021-04-20 23:59:58")
    seen = []

    def view(request):
        at("2021-04-21 00:00:05")
        seen.append(request.arrived_at)

    ArrivalMiddleware(view)(request())

    assert seen[0] < moment("2021-04-21 00:00:00")
