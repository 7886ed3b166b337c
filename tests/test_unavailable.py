"""When a request cannot be served: quiet pages that keep what was typed and tell nothing of the inside."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories import make_campaign, make_initiative, make_staff, make_union
from tests.pages import filled_in, form_address, form_on, runs_nothing, says, send_form, signed_in, tree, typed

pytestmark = pytest.mark.django_db

TYPED = "\r\nDòng đầu trống <b>đậm</b>\r\n\r\n{{ 7 }} 'hết'"


@pytest.fixture(params=[OperationalError, InterfaceError])
def away(request):
    """A database that answers nothing, as a context."""

    def refuse(*arguments):
        raise request.param("connection to server at 10.0.0.7 failed")

    return lambda: connection.execute_wrapper(refuse)


def kept_texts(response):
    return [text.text_content().replace("\r\n", "\n") for text in tree(response).find_class("kept-text")]


# The database is away


def test_a_form_sent_to_a_database_that_is_away_keeps_its_text(client, away):
    campaign, values = make_campaign(), typed(make_union(), description=TYPED)

    with away():
        response = send_form(client, campaign, values)

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    texts = kept_texts(response)
    for name in ("full_name", "phone", "description", "effect", "workplace", "title"):
        assert values[name].replace("\r\n", "\n") in texts, name
    assert values["submission_id"] not in texts
    assert "gửi lại không tạo ra bản thứ hai" in says(response)
    assert "10.0.0.7" not in response.content.decode()
    assert runs_nothing(response)
    assert send_form(client, campaign, values).status_code == 302


@pytest.mark.parametrize("path", ["", "gui-sang-kien/", "thong-ke/", "ket-qua/", "da-nhan/abc/"])
def test_every_public_page_says_that_it_is_busy(client, away, path):
    campaign = make_campaign()

    with away():
        response = client.get(f"/{campaign.slug}/{path}")

    assert response.status_code == 503
    assert "Hệ thống đang bận" in says(response)


@pytest.mark.parametrize("path", ["/", "/cong-doan/", "/cong-doan/sang-kien/", "/quan-tri/"])
def test_who_is_signed_in_reads_the_same_though_the_session_cannot_be_read(away, path):
    client = signed_in(make_staff(make_union()), raise_request_exception=False)

    with away():
        response = client.get(path)

    assert response.status_code == 503
    assert "10.0.0.7" not in response.content.decode()


def test_a_reason_that_staff_typed_is_kept_too(away):
    initiative = make_initiative()
    client = signed_in(make_staff(initiative.unit), raise_request_exception=False)

    with away():
        response = client.post(reverse("reject_initiative", args=[initiative.code]), {"reason": TYPED, "version": "1"})

    assert response.status_code == 503
    assert kept_texts(response) == [TYPED.replace("\r\n", "\n")]


def test_passwords_are_never_shown_again(client, away):
    values = {"username": "ai-do", "password": "bi-mat-1", "new_password1": "bi-mat-2", "old_password": "bi-mat-3"}

    with away():
        response = client.post(reverse("sign_in"), values)

    assert response.status_code == 503
    assert "bi-mat" not in response.content.decode()
    assert "ai-do" in kept_texts(response)


def test_any_other_fault_is_a_page_that_tells_nothing(client, monkeypatch):
    def broken(*arguments, **values):
        raise RuntimeError("secret inside")

    monkeypatch.setattr("initiatives.views.figures_of", broken)
    client.raise_request_exception = False

    response = client.get(make_campaign().get_absolute_url())

    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in says(response)
    assert "secret" not in response.content.decode()


# The token does not fit


def form_without_token(**values):
    campaign = make_campaign()
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    sent = typed(make_union(), description=TYPED, **values)
    return client, campaign, sent, send_form(client, campaign, sent)


def test_a_form_whose_token_is_gone_keeps_its_text_and_one_click_sends_it():
    client, campaign, sent, response = form_without_token()

    assert response.status_code == 403
    assert not Initiative.objects.exists()
    assert runs_nothing(response)
    again = filled_in(form_on(response))
    again_lf = {name: text.replace("\r\n", "\n") for name, text in again.items()}
    assert {name: text.replace("\r\n", "\n") for name, text in sent.items()} == {
        name: again_lf[name] for name in again if name != "csrfmiddlewaretoken"
    }
    assert TYPED.replace("\r\n", "\n") in kept_texts(response)

    assert client.post(form_address(campaign), again).status_code == 302
    assert Initiative.objects.get().submission_id.hex == sent["submission_id"].replace("-", "")
    assert Initiative.objects.get().description == "Dòng đầu trống <b>đậm</b>\n\n{{ 7 }} 'hết'"


@pytest.mark.parametrize("sender", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_words_that_another_site_sends_are_never_confirmed_here(sender):
    client = Client(enforce_csrf_checks=True, headers={"Origin": sender} if sender else {})

    response = send_form(client, make_campaign(), typed(make_union(), description=TYPED))

    assert response.status_code == 403
    assert b"<form" not in response.content
    assert TYPED.replace("\r\n", "\n") in kept_texts(response)


def test_a_token_of_another_visit_is_as_good_as_none():
    campaign = make_campaign()
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    page = filled_in(form_on(client.get(form_address(campaign))))
    client.cookies.clear()

    response = send_form(client, campaign, page | typed(make_union()))

    assert response.status_code == 403
    assert client.post(form_address(campaign), filled_in(form_on(response))).status_code == 302


def test_the_pages_own_token_is_enough():
    campaign = make_campaign()
    client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    page = filled_in(form_on(client.get(form_address(campaign))))

    assert send_form(client, campaign, page | typed(make_union())).status_code == 302


@pytest.mark.parametrize("name", ["password", "password1", "new_password2"])
def test_a_form_with_a_password_is_not_kept(name):
    response = Client(enforce_csrf_checks=True).post(reverse("sign_in"), {"username": "ai", name: "bi-mat"})

    assert response.status_code == 403
    assert "bi-mat" not in response.content.decode()
    assert not tree(response).forms


def test_a_form_with_a_file_asks_to_go_back_for_a_file_cannot_be_kept(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    with (tmp_path / "a.pdf").open("rb") as file:
        response = Client(enforce_csrf_checks=True).post(reverse("sign_in"), {"file": file})

    assert response.status_code == 403
    assert not tree(response).forms


# The body cannot be read


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_a_body_that_is_far_too_large_is_refused_with_a_friendly_page(client, encoding):
    campaign, values = make_campaign(), typed(make_union(), description="a" * 2_600_000)

    if encoding == "multipart":
        response = client.post(form_address(campaign), values)
    else:
        text = "&".join(f"{name}={value}" for name, value in values.items())
        response = client.post(form_address(campaign), text, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in says(response)


@pytest.mark.parametrize(("fields", "status"), [(1000, 302), (1001, 400)])
def test_more_than_a_thousand_fields_are_refused_with_a_friendly_page(client, fields, status):
    values = typed(make_union())
    values |= {f"more-{number}": "x" for number in range(fields - len(values))}

    response = send_form(client, make_campaign(), values)

    assert response.status_code == status
    if status == 400:
        assert "Hãy quay lại, rút gọn và gửi lại" in says(response)


def test_more_than_a_hundred_files_are_refused_with_a_friendly_page(client, tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    files = [(tmp_path / "a").open("rb") for _ in range(101)]

    response = client.post(form_address(make_campaign()), {f"file-{number}": file for number, file in enumerate(files)})

    for file in files:
        file.close()
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/khong-co-trang-nay", "/khong/co/", "/%00", "/%ED%A0%80/", "/.env", "/wp-login.php"])
def test_an_address_that_is_not_there_says_so(client, path):
    response = client.get(path, follow=True)

    assert response.status_code == 404
    assert "Không tìm thấy trang" in says(response)


def test_a_request_for_another_host_is_no_page_of_this_site(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
