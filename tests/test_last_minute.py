"""The account of `bench.last_minute` agrees only when it should: a load test that cannot fail shows nothing."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bench.account import account
from bench.last_minute import FROM, TO, moments
from bench.senders import Sending

CLOSES = 1000.0


def sending(number, stamp, outcome="receipt", code="C"):
    return Sending(
        number, begun=stamp, submission_id=f"s{number}", right_stamps=[stamp], outcome=outcome, code=f"{code}{number}"
    )


IN_TIME, LEFT = sending(1, 999.999999), replace(sending(2, 990.0, "left"), code="")
LATE = sending(3, 1000.0, "refused as late")
ROWS = {"s1": ("C1", 999.999999, True), "s2": ("C2", 990.0, True)}


def test_a_run_in_which_everybody_got_what_was_due_agrees():
    lines, wrong = account([IN_TIME, LEFT, LATE], ROWS, CLOSES)

    assert wrong == []
    assert lines[2] == "| 3 | 2 | 1 | 1 | 2 | 1 | 1 |"


@pytest.mark.parametrize(
    ("sendings", "rows", "word"),
    [
        ([IN_TIME], {}, "not stored"),
        ([replace(IN_TIME, outcome="refused as late")], ROWS, "without receipt"),
        ([LATE], {"s3": ("C3", 1000.0, True)}, "though late"),
        ([replace(LATE, outcome="receipt")], {}, "not refused"),
        ([IN_TIME], {"s1": ("X", 999.999999, True)}, "another code"),
        ([IN_TIME], {"s1": ("C1", 999.0, True)}, "another code or stamp"),
        ([IN_TIME], {"s1": ("C1", 999.999999, False)}, "without record"),
        ([], {"s9": ("C9", 1.0, True)}, "never sent"),
        ([replace(IN_TIME, outcome="broken")], ROWS, "broken"),
    ],
)
def test_anything_else_does_not(sendings, rows, word):
    _, wrong = account(sendings, rows, CLOSES)

    assert any(word in line for line in wrong)


def test_people_come_at_a_rate_that_rises_evenly():
    rate, seconds = 10, 60
    come = moments(rate, seconds)

    assert len(come) == rate * seconds * (FROM + TO) / 2
    assert all(0 <= one < other for one, other in pairwise(come))
    assert come[-1] < seconds
    first, last = (sum(start <= moment < start + 6 for moment in come) / 6 for start in (0, seconds - 6))
    assert first == pytest.approx(rate * 0.625, rel=0.05)
    assert last == pytest.approx(rate * 2.875, rel=0.05)
