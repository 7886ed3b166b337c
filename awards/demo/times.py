"""When each text was sent and first put into practice, and a clock that stands there while it is loaded."""

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from config import clock

FIRST_DAY, LAST_DAY = date(2021, 3, 10), date(2021, 4, 1)
DAYS = [FIRST_DAY + timedelta(days=count) for count in range((LAST_DAY - FIRST_DAY).days + 1)]
# Hour → weight: offices and shifts by day, some at home in the evening. Nothing later than 07:30 on the last day.
HOURS = {
    6: 2,
    7: 6,
    8: 12,
    9: 13,
    10: 12,
    11: 7,
    12: 4,
    13: 9,
    14: 12,
    15: 12,
    16: 9,
    17: 5,
    19: 4,
    20: 6,
    21: 5,
    22: 2,
}
LAST_HOURS = {6: 1, 7: 1}
LAST_MINUTE = 29
# What a text tells of must have happened: it is sent on this day of March or later.
DATES_IN_MARCH = re.compile(r"\b(\d{1,2})/3\b")
TOLD_UNTIL = [(re.compile(r"(?:cuối|hết|suốt) tháng 3|[Qq]uý I\b"), 29), (re.compile(r"tháng 3|tháng Ba"), 18)]
SINCE = re.compile(r"[Tt]ừ (?:ngày )?(\d{1,2})/([23])\b")


def at(month, day, hour, minute=0):
    """Return a moment of 2021, Vietnamese time."""
    return timezone.make_aware(datetime(2021, month, day, hour, minute))


# When the visitor comes: the hour at which `make run` starts the site's clock.
THIS_MORNING = at(4, 1, 8)


@contextmanager
def clock_at(moment):
    """Let the site's clock stand at `moment`: what happens inside is stamped with it.

    The demonstration tells three weeks of March in a few seconds, and the record of each initiative must read like
    three weeks. Nothing but the loader, a process of its own, sees this clock.
    """
    real_now = clock.now
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = real_now


def arrival_of(text, rng):
    """Return when a text arrived: mostly in working hours, more on later days, after all that it tells of."""
    days = [day for day in DAYS if day >= told_until(text)]
    day = rng.choices(days, [day_weight(day) for day in days])[0]
    hours = LAST_HOURS if day == LAST_DAY else HOURS
    hour = rng.choices(list(hours), hours.values())[0]
    minute = rng.randint(0, LAST_MINUTE if (day, hour) == (LAST_DAY, 7) else 59)
    return timezone.make_aware(datetime.combine(day, time(hour, minute, rng.randint(0, 59), rng.randint(0, 999_999))))


def day_weight(day):
    weight = 1 + 0.1 * (day - FIRST_DAY).days
    if day == LAST_DAY:
        return weight / 6
    return weight * (0.35 if day.weekday() >= 5 else 1)


def told_until(text):
    """Return the last day of which a text tells."""
    days = [int(day) for day in DATES_IN_MARCH.findall(text.words)]
    days += [day for words, day in TOLD_UNTIL if words.search(text.words)]
    return date(2021, 3, min(31, max(days, default=1)))


def start_of(text, arrived_at, rng):
    """Return the first day of use (R6): the one that the text names, else one in February or early March."""
    if named := SINCE.search(text.words):
        return date(2021, int(named[2]), int(named[1]))
    latest = timezone.localdate(arrived_at) - timedelta(days=3)
    if re.search(r"tháng 2|tháng Hai|Tết|hai tháng|Hai tháng|tuần", text.words):
        latest = date(2021, 2, 12)
    return date(2021, 2, 1) + timedelta(days=int((latest - date(2021, 2, 1)).days * rng.random()))


def next_working_hour(moment, rng):
    """Return a moment of the next working day."""
    day = timezone.localdate(moment) + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(rng.choice([8, 9, 10, 13, 14, 15, 16]), rng.randint(0, 59))))
