"""Rows of the requests of workers and visitors: how many a second, against what the floor makes of the same machine."""

from dataclasses import dataclass

from bench import visits
from bench.client import rate
from bench.rows import at_least, in_turn
from bench.sites import CAMPAIGN

SECONDS = 2.0
KEPT = "/kept/"


@dataclass(frozen=True)
class Row:
    """Work on the site against work on the floor; both are made from what was sent to them before."""

    what: str
    bar: float
    ours: callable
    floor: callable


def page(path):
    return lambda sent: visits.page(CAMPAIGN + path)


def kept(sent):
    return visits.page(KEPT)


def one_row(sent):
    return visits.one_of([path.replace("/receipt/", "/entry/") for *_, path in sent])


ROWS = [
    Row("form page", 4, lambda sent: visits.page(visits.SITE.form), lambda sent: visits.page(visits.FLOOR.form)),
    Row(
        "form page by a union's link",
        4,
        lambda sent: visits.one_of([f"{visits.SITE.form}?don-vi={code}" for code in ("TN01", "TN41", "01", "79")]),
        lambda sent: visits.page(visits.FLOOR.form),
    ),
    Row(
        "sending, the form being open",
        0.7,
        lambda sent: visits.sending(visits.SITE),
        lambda sent: visits.sending(visits.FLOOR),
    ),
    Row(
        "whole sending: form, send, receipt",
        1.5,
        lambda sent: visits.whole_sending(visits.SITE),
        lambda sent: visits.whole_sending(visits.FLOOR),
    ),
    Row("landing page", 0.9, page(""), kept),
    Row("statistics", 0.9, page("thong-ke/"), kept),
    Row("statistics as data", 0.9, page("thong-ke.json"), kept),
    Row("results", 0.9, page("ket-qua/"), kept),
    Row("page of the QR code", 0.9, page("ma-qr/"), kept),
    Row("QR code, SVG", 0.9, page("ma-qr.svg"), kept),
    Row("QR code, PNG", 0.9, page("ma-qr.png"), kept),
    Row("follow by code and phone", 0.8, visits.following, one_row),
    Row("private page", 0.8, lambda sent: visits.one_of([path for *_, path in sent]), one_row),
]


def measure(site, floor, *, rounds, wanted=""):
    """Yield a Result for each row whose name has these words; `site` and `floor` are running Servers."""
    sent, sent_to_floor = visits.some_sent(site.port, visits.SITE), visits.some_sent(floor.port, visits.FLOOR)
    for row in ROWS:
        if wanted not in row.what:
            continue
        ours, theirs = row.ours(sent), row.floor(sent_to_floor)
        for port, work in ((site.port, ours), (floor.port, theirs)):
            rate(port, work, seconds=0.5)  # both warm before the first round
        measured = in_turn(
            rounds,
            lambda work=ours: rate(site.port, work, seconds=SECONDS),
            lambda work=theirs: rate(floor.port, work, seconds=SECONDS),
        )
        yield at_least(row.what, row.bar, measured, unit="a second")
