"""Attempts are counted up to a limit, for a stretch of real time, without keeping whose they were."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from initiatives import tallies
from initiatives.limits import Limit
from initiatives.tallies import Tally, count, forget_ended, network_of
from tests.refusals import refused

pytestmark = pytest.mark.django_db

THREE_A_QUARTER = Limit("three", 3, timedelta(minutes=15))


@pytest.fixture
def real_time(monkeypatch):
    """Set the time that tallies read: `real_time(10, 14, 59)`, hours, minutes and seconds of one day."""

    def set_time(*clock, day=5):
        moment = datetime(2026, 1, day, *clock, tzinfo=UTC)
        monkeypatch.setattr(tallies, "timezone", SimpleNamespace(now=lambda: moment))
        return moment

    set_time(10, 3)
    return set_time


@pytest.fixture(autouse=True)
def _stopped(real_time):
    """No test runs across the end of a stretch."""


def times(number, limit=THREE_A_QUARTER, value="a"):
    for _ in range(number):
        count(limit, value)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_up_to_the_limit_attempts_are_counted(number):
    times(number)

    assert Tally.objects.get().number == number


def test_one_more_than_the_limit_is_refused_and_not_counted():
    times(3)

    with refused("too_many"):
        count(THREE_A_QUARTER, "a")

    assert Tally.objects.get().number == 3


def test_values_and_limits_are_counted_apart():
    times(3)

    count(THREE_A_QUARTER, "b")
    count(Limit("other", 3, timedelta(minutes=15)), "a")

    assert sorted(Tally.objects.values_list("number", flat=True)) == [1, 1, 3]


@pytest.mark.parametrize(("clock", "minutes"), [((10, 0), 15), ((10, 3), 12), ((10, 14, 1), 1), ((10, 14, 59), 1)])
def test_the_refusal_says_in_how_many_minutes_to_try_again(real_time, clock, minutes):
    real_time(*clock)
    times(3)

    with refused("too_many") as refusal:
        count(THREE_A_QUARTER, "a")

    assert refusal.value.messages == [f"Đã thử quá nhiều lần. Hãy thử lại sau {minutes} phút."]
    assert refusal.value.error_list[0].params == {"minutes": minutes}


def test_a_new_stretch_starts_from_nothing(real_time):
    real_time(10, 14, 59)
    times(3)

    real_time(10, 15)
    times(3)

    with refused("too_many"):
        count(THREE_A_QUARTER, "a")


def test_stretches_follow_real_time_whatever_the_clock_of_the_site_says(monkeypatch, at):
    monkeypatch.undo()
    at("2021-04-01 08:00")

    count(THREE_A_QUARTER, "a")

    assert timezone.now() < Tally.objects.get().ends_at <= timezone.now() + THREE_A_QUARTER.within


def test_no_value_is_kept_and_no_digest_can_be_made_without_the_key(settings):
    times(1, value="+84912345678")
    kept = Tally.objects.values_list("digest", flat=True)[0]
    settings.SECRET_KEY = "x" * 60
    times(1, value="+84912345678")

    assert "912345678" not in kept
    assert Tally.objects.count() == 2


def test_the_log_tells_once_that_a_limit_was_reached_and_names_nobody(django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        times(2, value="+84912345678")
    assert not caplog.records

    with django_capture_on_commit_callbacks(execute=True):
        times(1, value="+84912345678")
        with refused("too_many"):
            count(THREE_A_QUARTER, "+84912345678")

    (line,) = caplog.messages
    assert line == "Limit reached: 3 three until 2026-01-05 10:15:00+00:00"


def test_a_limit_that_does_not_alarm_says_nothing(django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        times(3, limit=THREE_A_QUARTER._replace(alarms=False))

    assert not caplog.records


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("", "203.0.113.7", False),
    ],
)
def test_a_home_with_many_addresses_is_one_sender(one, other, same):
    assert (network_of(one) == network_of(other)) is same


def test_what_is_over_is_deleted_and_what_counts_stays(real_time):
    real_time(10, 14)
    times(1)
    real_time(10, 15)
    times(2)

    assert forget_ended() == 0
    real_time(10, 15, 1)
    assert forget_ended() == 1
    assert Tally.objects.get().number == 2
