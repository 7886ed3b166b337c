"""R1 on every path that leads in: the last instant is in, closing time is out, and there is no way round."""

import io

import pytest
from django.test.client import ClientHandler
from django.urls import reverse

from accounts.models import User
from config import clock
from initiatives import sending
from initiatives.keeping import write_all
from initiatives.models import Initiative
from record.models import Event
from tests.conftest import moment
from tests.factories import make_campaign, make_initiative, make_national_user, make_union
from tests.pages import filled_in, form_address, form_on, says, send_form, signed_in, tree, typed

pytestmark = pytest.mark.django_db

CLOSES = moment("2021-04-21")
BOUNDARY = "fault"


@pytest.fixture
def _front_server(settings):
    settings.TRUST_REQUEST_START = True


def stamp(instant):
    return {"X-Request-Start": f"t={instant.timestamp():.6f}"}


# The instant itself


@pytest.mark.usefixtures("_front_server")
def test_what_is_stamped_at_closing_time_is_refused_and_every_word_kept(client, at):
    at("2021-04-20 23:59:59")  # the site's own clock does not decide
    values = typed(make_union(), description="Dòng một\r\nDòng hai")

    response = send_form(client, make_campaign(), values, **stamp(CLOSES))

    assert response.status_code == 403
    kept = [p.text_content().replace("\r\n", "\n") for p in tree(response).find_class("kept-text")]
    for name in ("full_name", "phone", "title", "description", "effect", "workplace"):
        assert values[name].replace("\r\n", "\n") in kept, name
    assert not Initiative.objects.exists()


@pytest.mark.usefixtures("_front_server")
def test_what_is_stored_long_after_its_stamp_keeps_both_times_on_its_row(client, at, monkeypatch):
    at("2021-04-20 23:59:59")
    store = sending.store

    def slow(*what):
        at("2021-04-21 00:00:05")  # a lock that is waited for, a slow disk
        return store(*what)

    monkeypatch.setattr(sending, "store", slow)
    last = moment("2021-04-20 23:59:58")

    assert send_form(client, make_campaign(), typed(make_union()), **stamp(last)).status_code == 302

    stored = Initiative.objects.get()
    assert stored.arrived_at == last
    assert stored.stored_at >= moment("2021-04-21 00:00:05")
    assert Event.objects.of(stored).get().at >= moment("2021-04-21 00:00:05")


class SlowBody(io.BytesIO):
    """A body on a bad line: by the time that it is read the clock has gone on."""

    def __init__(self, content, and_then):
        super().__init__(content)
        self.and_then = and_then

    def read(self, *size):
        self.and_then()
        return super().read(*size)


def posted_slowly(address, values, and_then, **headers):
    """Send a form whose body goes on coming in while `and_then` happens; return the answer."""
    body = (
        "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in values.items()
        ).encode()
        + f"--{BOUNDARY}--\r\n".encode()
    )
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.input": SlowBody(body, and_then),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(len(body)),
    } | headers
    return ClientHandler(enforce_csrf_checks=False)(environ)


@pytest.mark.parametrize("is_stamped", [True, False])
@pytest.mark.parametrize(("begun", "status"), [("2021-04-20 23:59:58", 302), ("2021-04-21 00:00:00", 403)])
def test_a_form_counts_from_its_first_byte_however_long_its_body_takes(settings, at, begun, status, is_stamped):
    settings.TRUST_REQUEST_START = is_stamped
    at(begun)
    headers = {"HTTP_X_REQUEST_START": f"t={moment(begun).timestamp()}"} if is_stamped else {}

    answer = posted_slowly(
        form_address(make_campaign()), typed(make_union()), lambda: at("2021-04-21 00:00:05"), **headers
    )

    assert answer.status_code == status
    write_all()
    assert Initiative.objects.count() == (status == 302)
    assert clock.now() >= moment("2021-04-21 00:00:05"), "the body was read"


# Each path


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_the_form_takes_no_other_method_before_or_after_closing(client, at, method):
    campaign = make_campaign()

    for now in ("2021-04-20 23:59:59", "2021-04-21 00:00:00"):
        at(now)
        assert getattr(client, method)(form_address(campaign)).status_code == 405
    assert not Initiative.objects.exists()


def test_a_form_that_was_opened_before_and_is_sent_after_closing_is_out(client, at):
    campaign = make_campaign()
    at("2021-04-20 23:58:00")
    opened = filled_in(form_on(client.get(form_address(campaign))))

    at("2021-04-21 00:00:00")

    assert send_form(client, campaign, opened | typed(make_union())).status_code == 403
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(("now", "is_in"), [("2021-04-20 23:59:59", True), ("2021-04-21 00:00:00", False)])
@pytest.mark.parametrize("path", ["sua/", "rut/"])
def test_what_was_sent_is_corrected_and_withdrawn_until_closing(client, at, path, now, is_in):
    initiative = make_initiative()
    at("2021-04-20 23:59:00")
    address = f"{initiative.private_path}{path}"
    page = form_on(client.get(address))
    values = filled_in(page) | ({"title": "Tên mới"} if path == "sua/" else {})
    before = Initiative.objects.values().get()

    at(now)
    client.post(page.action or address, values)

    assert (Initiative.objects.values().get() != before) == is_in


@pytest.mark.parametrize("now", ["2021-04-20 23:59:59", "2021-04-21 00:00:00"])
def test_nobody_adds_an_initiative_in_the_admin_and_so_nobody_adds_a_late_one(at, now):
    """There is no override: who may let more in moves the closing time, by permission and on the record."""
    initiative = make_initiative()
    administrator = User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="QT")
    at(now)
    add = reverse("admin:initiatives_initiative_add")
    change = reverse("admin:initiatives_initiative_change", args=[initiative.pk])
    values = typed(make_union(), title="Tên mới") | {"campaign": initiative.campaign_id, "arrived_at": "2021-04-01"}
    before = Initiative.objects.values().get()

    for user in (administrator, make_national_user()):
        client = signed_in(user)
        assert (client.get(add).status_code, client.post(add, values).status_code) == (403, 403)
        assert client.post(change, values).status_code == 403

    assert Initiative.objects.values().get() == before


# What a client may say about the time


@pytest.mark.parametrize(
    "name",
    ["X-Start", "X-Request-Received", "X-Queue-Start", "X-Arrived-At", "Date", "If-Modified-Since", "X-Request_Start"],
)
def test_no_header_of_a_client_moves_the_clock(client, at, name):
    at("2021-04-21 00:00:00")
    early = moment("2021-04-20 23:00:00")

    for value in (f"t={early.timestamp()}", "Tue, 20 Apr 2021 16:00:00 GMT", early.isoformat()):
        response = send_form(client, make_campaign(), typed(make_union()), **{name: value})
        assert response.status_code == 403


@pytest.mark.usefixtures("_front_server")
def test_a_second_stamp_beside_the_front_servers_is_no_stamp(client, at):
    """A front server that adds its header to a client's instead of overwriting it: then the site's own clock counts."""
    at("2021-04-21 00:00:00")
    early = moment("2021-04-20 23:00:00").timestamp()

    response = send_form(
        client, make_campaign(), typed(make_union()), **{"X-Request-Start": f"t={early}, t={CLOSES.timestamp()}"}
    )

    assert response.status_code == 403


def test_no_field_of_a_form_moves_the_clock(client, at):
    at("2021-04-21 00:00:00")
    early = moment("2021-04-20 23:00:00")
    names = ("arrived_at", "X-Request-Start", "stored_at", "now", "t", "closes_at", "opened_at", "consented_at", "Date")

    response = send_form(client, make_campaign(), typed(make_union()) | dict.fromkeys(names, early.isoformat()))

    assert response.status_code == 403
    assert "Đã đóng nhận sáng kiến" in says(response)
