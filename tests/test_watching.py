"""What the site tells of itself: numbered requests, figures, warnings; never a secret, never a person."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule, Task

from config import database_clock, health, logs, queue
from initiatives import watched as sendings
from outbox import watched as letters
from outbox.limits import LATE
from outbox.models import Message
from tests.factories import make_campaign, make_initiative, make_union
from tests.pages import send_form, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

GIVEN = "0123456789abcdef0123456789abcdef"
TOKEN = {"HTTP_AUTHORIZATION": "Bearer a-token"}


# --- The number of a request --------------------------------------------------------------------


@pytest.mark.parametrize("given", [None, "", "short", "a" * 65, "số-của-tôi-123", "a b c d e f", "<script>12"])
def test_a_request_gets_a_number_of_its_own_unless_a_proper_one_is_given(client, settings, given):
    settings.TRUST_REQUEST_START = True
    headers = {"HTTP_X_REQUEST_ID": given.encode().decode("latin-1")} if given is not None else {}

    numbers = {client.get("/dang-nhap/", **headers)["X-Request-ID"] for _ in range(2)}

    assert len(numbers) == 2
    assert given not in numbers


@pytest.mark.parametrize("is_trusted", [True, False])
def test_the_front_servers_number_is_taken_only_where_it_is_trusted(client, settings, is_trusted):
    settings.TRUST_REQUEST_START = is_trusted

    assert (client.get("/dang-nhap/", HTTP_X_REQUEST_ID=GIVEN)["X-Request-ID"] == GIVEN) is is_trusted


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_a_page_of_error_tells_the_number_that_is_in_the_log(client, monkeypatch, error, status):
    def broken(*_args, **_):
        raise error("0912345678 is in here")

    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.auth.views.LoginView.get", broken)

    response = client.get("/dang-nhap/")

    assert response.status_code == status
    assert f"<strong>{response['X-Request-ID'][:8]}</strong>" in response.content.decode()


# --- The log ------------------------------------------------------------------------------------


@pytest.fixture
def lines():
    """What is logged meanwhile, as JSON; the handler is set up as the settings set it up."""
    written = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(json.loads(handler.format(record)))
    handler.setFormatter(logs.JsonFormatter())
    handler.addFilter(logs.Discreet())
    watched = [logging.getLogger(name) for name in ("requests", "django.request")]
    levels = [log.level for log in watched]
    for log in watched:
        log.addHandler(handler)
        log.setLevel(logging.INFO)
    yield written
    for log, level in zip(watched, levels, strict=True):
        log.removeHandler(handler)
        log.setLevel(level)


def test_a_line_names_the_request_and_neither_query_nor_secret_nor_code(client, lines):
    sent = make_initiative()
    secret = sent.private_path
    client.get(f"{secret}?phone=0912345678")
    client.get(secret.rstrip("/"))
    client.get(f"{secret}khong-co/")
    client.get(f"/cong-doan/sang-kien/{sent.code}/")
    client.get(f"/{sent.campaign.slug}/huong-dan/?ma={sent.code}")

    told = [line for line in lines if line["logger"] == "requests"]
    assert [line["path"] for line in told] == [
        "/<slug:campaign_slug>/da-nhan/<slug:secret>/",
        "-",
        "-",
        "/cong-doan/sang-kien/<str:code>/",
        f"/{sent.campaign.slug}/huong-dan/",
    ]
    assert {"time", "level", "request", "method", "status", "milliseconds"} <= told[0].keys()
    everything = json.dumps(lines, ensure_ascii=False)
    assert [word for word in (sent.secret, sent.code, "0912345678", "127.0.0.1") if word in everything] == []


def test_an_error_is_logged_without_the_row_that_the_database_refused(client, lines, monkeypatch):
    person = " ".join(["Nguyễn Thị Hoà", "0912" + "345678"])

    def refusing(*_args, **_):
        try:
            raise ValueError(f"first line\nDETAIL:  Failing row contains ({person}).")
        except ValueError as error:
            raise RuntimeError(f"outer\n{person}") from error

    client.raise_request_exception = False
    monkeypatch.setattr("initiatives.author_views.receipt_page", refusing)
    sent = make_initiative()

    client.get(sent.private_path)

    (error,) = [line for line in lines if line["logger"] == "django.request" and "error" in line]
    assert "ValueError: first line" in error["error"]
    assert "RuntimeError: outer" in error["error"]
    assert error["message"] == "Internal Server Error: /<slug:campaign_slug>/da-nhan/<slug:secret>/"
    everything = json.dumps(lines, ensure_ascii=False)
    assert [word for word in (sent.secret, "0912345678", "Hoà") if word in everything] == []


def test_a_path_with_a_name_that_nobody_looked_at_is_told_as_its_route():
    names = {"secret", "code", "token", "uidb64", "name", "url", "id"}

    assert not names & logs.PLAIN_NAMES


# --- Figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_AUTHORIZATION": "Bearer "}])
@pytest.mark.parametrize("token", ["", "a-token"])
def test_figures_are_there_only_for_who_brings_the_token(client, settings, token, headers):
    settings.METRICS_TOKEN = token

    assert client.get(reverse("metrics"), **headers).status_code == 404


def test_figures_tell_requests_sendings_refusals_and_what_waits(client, settings):
    settings.METRICS_TOKEN = "a-token"
    campaign, unit = make_campaign(), make_union()
    before = [counter._value.get() for counter in (sendings.TAKEN, sendings.REFUSED, sendings.LATE)]
    assert send_form(client, campaign, typed(unit)).status_code == 302
    assert send_form(client, campaign, typed(unit, title="")).status_code == 422
    after = [counter._value.get() for counter in (sendings.TAKEN, sendings.REFUSED, sendings.LATE)]

    text = client.get(reverse("metrics"), **TOKEN).content.decode()

    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1, 0]
    route = 'route="<slug:campaign_slug>/gui-sang-kien/"'
    assert f'sangkien_request_seconds_count{{method="POST",{route},status="3xx"}}' in text
    assert 'sangkien_refusals_total{code="required",field="title"}' in text
    names = [
        "queue_silent_seconds", "queue_tasks_waiting", "clock_difference_seconds", "letters_due", "letters_failing",
        "letters_given_up", "letters_late_seconds", "copies_events_ahead", "kept_forms",
    ]  # fmt: skip
    assert [name for name in names if f"\nsangkien_{name} " not in text] == []
    assert "Giá phơi" not in text


def test_a_form_that_came_too_late_is_counted_as_late(client, at):
    campaign = make_campaign()
    before = sendings.LATE._value.get()
    at("2021-04-21 00:00")

    assert send_form(client, campaign, typed(make_union())).status_code == 403

    assert sendings.LATE._value.get() == before + 1


def test_a_figure_that_cannot_be_read_is_left_out_and_the_others_stay(client, settings, monkeypatch):
    settings.METRICS_TOKEN = "a-token"
    monkeypatch.setattr(Schedule.objects, "aggregate", lambda **_: 1 / 0, raising=False)

    text = client.get(reverse("metrics"), **TOKEN).content.decode()

    assert "sangkien_queue_silent_seconds" not in text
    assert "sangkien_letters_due" in text


def test_counting_never_reads_more_than_a_stretch_of_letters(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        letters.given_up()

    assert "LIMIT 10000" in asked[0]["sql"]


# --- Warnings -----------------------------------------------------------------------------------


def warned(client):
    found = client.get("/suc-khoe/")
    assert (found.status_code, found.json()["ok"]) == (200, True)
    strict = client.get("/suc-khoe/canh-bao/")
    assert strict.status_code == (503 if found.json()["warnings"] else 200)
    return found.json()["warnings"]


def finished(ago):
    moment = timezone.now() - timedelta(seconds=ago)
    Task.objects.create(id=str(ago), name="a", func="a", started=moment, stopped=moment, success=True)


@pytest.mark.parametrize(("ago", "expected"), [(queue.SILENT_SECONDS - 60, []), (queue.SILENT_SECONDS + 1, ["queue"])])
def test_a_queue_that_has_finished_nothing_for_long_is_warned_of(client, ago, expected):
    Schedule.objects.create(name="a", func="a", next_run=timezone.now())
    finished(5000)
    finished(ago)

    assert warned(client) == expected


def test_a_queue_that_never_ran_is_warned_of_once_something_was_due(client):
    schedule = Schedule.objects.create(name="a", func="a", next_run=timezone.now())
    assert warned(client) == []

    Schedule.objects.filter(pk=schedule.pk).update(next_run=timezone.now() - timedelta(hours=1))
    assert warned(client) == ["queue"]


@pytest.mark.parametrize(("late", "expected"), [(LATE - timedelta(minutes=1), []), (LATE, ["mail"])])
def test_letters_that_are_due_for_long_are_warned_of(client, late, expected):
    message = Message.objects.create(kind="a", about="b", recipient="a@example.vn", subject="a", body="b")
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now() - late)

    assert warned(client) == expected


@pytest.mark.postgresql
@pytest.mark.parametrize(("off", "expected"), [(1.5, []), (-1.5, []), (2.5, ["clock"]), (-90, ["clock"])])
def test_a_clock_that_differs_from_the_databases_is_warned_of(client, monkeypatch, off, expected):
    real = database_clock.real_now
    monkeypatch.setattr(database_clock, "real_now", lambda: real() + timedelta(seconds=off))

    assert warned(client) == expected


def test_a_warning_that_breaks_is_a_warning_and_tells_nothing_more(client, monkeypatch):
    monkeypatch.setattr(health, "declared", lambda *_: [("clock", lambda: 1 / 0)])

    assert warned(client) == ["clock"]


def test_health_looks_once_a_second_however_often_it_is_asked(client, monkeypatch):
    monkeypatch.setattr("config.memory.LONGEST_SECONDS", 60)
    looks = []
    monkeypatch.setattr(health, "look", lambda: (looks.append(1), ({"database": True}, []))[1])

    for _ in range(20):
        client.get("/suc-khoe/")

    assert len(looks) == 1
