"""Letter and filing on the pages of a dossier: what is asked for, what is on time, what is closed (R11, R12)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers.limits import LETTER_LIMIT
from dossiers.models import Dossier, Extension, Filing, SignedLetter
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    a_pdf,
    make_dossier,
    make_filed,
    make_initiative,
    make_ready,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import errors_beside, filled_in, focused, form_on, says, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PNG = b"\x89PNG\r\n\x1a\n"


def staff_of(dossier):
    return signed_in(make_staff(dossier.union))


def address(name, dossier, *more):
    return reverse(name, args=[dossier.pk, *more])


def letter_form(client, dossier, **values):
    """What the browser sends from the form of the letter's details."""
    page = client.get(dossier.get_absolute_url())
    return filled_in(form_on(page, address("letter_details", dossier))) | values


def upload(client, dossier, content, name="to-trinh.pdf"):
    return client.post(address("upload_letter", dossier), {"file": SimpleUploadedFile(name, content)})


# The letter's details


@pytest.mark.parametrize("day", ["15/04/2021", "2021-04-15", "15-04-2021", "15042021"])
def test_number_day_and_signer_are_kept_and_shown_again(day):
    dossier = make_dossier()
    client = staff_of(dossier)

    details = {"letter_number": " 15/TTr-LĐLĐ ", "letter_date": day, "signer": "Trần  Văn Bình"}
    response = client.post(address("letter_details", dossier), letter_form(client, dossier, **details))

    assert response["Location"] == f"{dossier.get_absolute_url()}#to-trinh"
    shown = letter_form(client, dossier)
    assert [shown[name] for name in details] == ["15/TTr-LĐLĐ", "15/04/2021", "Trần Văn Bình"]


@pytest.mark.parametrize(
    ("name", "text"), [("letter_date", "31/02/2021"), ("letter_number", "a" * 51), ("signer", "a" * 101)]
)
def test_details_with_a_mistake_are_refused_at_their_place_and_kept(name, text):
    dossier = make_dossier()
    client = staff_of(dossier)
    values = letter_form(client, dossier, letter_number="15", letter_date="15/04/2021", signer="Bình") | {name: text}

    response = client.post(address("letter_details", dossier), values)

    assert response.status_code == 422
    assert list(errors_beside(response)) == [name]
    assert focused(response) == [name]
    kept = filled_in(form_on(response, address("letter_details", dossier)))
    assert {key: kept[key] for key in values if key != "csrfmiddlewaretoken"} == {
        key: value for key, value in values.items() if key != "csrfmiddlewaretoken"
    }
    assert Dossier.objects.get().signer == ""


@pytest.mark.parametrize("detour", [None, {"letter_date": "x"}])
def test_stale_details_are_told_kept_and_saved_by_one_more_click(detour):
    dossier = make_dossier()
    client, save = staff_of(dossier), address("letter_details", dossier)
    mine, theirs = (letter_form(client, dossier, signer=signer) for signer in ("Bình", "An"))
    client.post(save, theirs)
    if detour:
        mine = filled_in(form_on(client.post(save, mine | detour), save)) | {"letter_date": ""}

    response = client.post(save, mine)

    assert response.status_code == 422
    assert "Một người khác vừa thay đổi hồ sơ này" in says(response)
    assert Dossier.objects.get().signer == "An"
    client.post(save, filled_in(form_on(response, save)))
    assert Dossier.objects.get().signer == "Bình"


def test_details_carry_nothing_else():
    dossier = make_dossier()
    client = staff_of(dossier)
    forged = {
        "state": "VALID",
        "union": str(make_union().pk),
        "plan": "0",
        "state_reason": "x",
        "opened_at": "2020-01-01",
    }

    client.post(address("letter_details", dossier), letter_form(client, dossier, signer="Bình") | forged)

    stored = Dossier.objects.get()
    assert (stored.signer, stored.state, stored.union, stored.state_reason) == ("Bình", "DRAFT", dossier.union, "")


# The signed letter


def test_a_signed_letter_is_taken_and_the_last_one_counts():
    dossier = make_dossier()
    client = staff_of(dossier)

    for _ in range(2):
        assert upload(client, dossier, a_pdf())["Location"] == f"{dossier.get_absolute_url()}#to-trinh"

    page = tree(client.get(dossier.get_absolute_url()))
    second, first = SignedLetter.objects.order_by("-pk")
    assert page.xpath("//ol//a/@href") == [address("letter_file", dossier, second.pk, 1)]
    assert page.xpath("//details//a/@href") == [address("letter_file", dossier, first.pk, 1)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"<html><script>alert(1)</script>", "không phải PDF, JPEG hay PNG"),
        (b"MZ\x90\x00", "không phải PDF, JPEG hay PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải PDF, JPEG hay PNG"),
        (b"%PDF-1.7\nnothing", "bị hỏng"),
        (PNG + b"nothing", "bị hỏng"),
        (a_pdf() + b"\0" * LETTER_LIMIT, "tối đa 10 MB"),
    ],
    ids=["empty", "html", "exe", "svg", "broken-pdf", "broken-png", "large"],
)
def test_a_file_that_is_no_letter_is_refused_at_its_place_and_not_kept(content, words):
    dossier = make_dossier()

    response = upload(staff_of(dossier), dossier, content)

    assert response.status_code == 422
    assert words in " ".join(errors_beside(response)["file"])
    assert not SignedLetter.objects.exists()


def test_no_file_at_all_is_asked_for():
    dossier = make_dossier()

    response = staff_of(dossier).post(address("upload_letter", dossier))

    assert response.status_code == 422
    assert errors_beside(response)["file"] == ["Hãy chọn tệp tờ trình đã ký."]
    assert focused(response) == ["file"]


# Filing


def test_filing_a_complete_dossier_gives_a_receipt_and_its_record():
    dossier = make_ready()
    client = staff_of(dossier)

    response = client.post(address("file_dossier", dossier), {"version": dossier.version}, follow=True)

    filing = Filing.objects.get()
    assert f"Đã nộp hồ sơ. Số biên nhận {filing.receipt_number}." in says(response)
    assert filing.sha256 in says(response)
    assert Dossier.objects.get().state == "FILED"


def test_filing_an_incomplete_dossier_says_everything_that_is_missing():
    dossier = make_dossier(entries=1)

    response = staff_of(dossier).post(address("file_dossier", dossier), follow=True)

    alerts = [alert.text_content().strip() for alert in tree(response).find_class("alert-danger")]
    assert alerts == [
        "Chưa ghi số tờ trình.",
        "Chưa ghi ngày tờ trình.",
        "Chưa ghi người ký tờ trình.",
        "Chưa tải lên tờ trình đã ký.",
    ]
    assert not Filing.objects.exists()


def test_filing_is_late_from_the_deadline_on_and_an_extension_allows_it(at):
    dossier = make_ready()
    client = staff_of(dossier)
    at("2021-04-17 00:00:00")
    page = client.get(dossier.get_absolute_url())
    assert "hạn nộp hết ngày 16/04/2021 (đã qua)" in says(page)
    assert address("file_dossier", dossier) not in page.content.decode()

    assert "Đã quá hạn nộp hồ sơ" in says(client.post(address("file_dossier", dossier), follow=True))
    assert not Filing.objects.exists()

    by = {"granted_by": make_user(), "granted_at": IN_TIME, "reason": "Mưa lũ."}
    Extension.objects.create(plan=dossier.plan, union=dossier.union, until=moment("2021-04-18"), **by)
    assert "hạn nộp hết ngày 17/04/2021 (hôm nay)" in says(client.get(dossier.get_absolute_url()))
    seen = {"version": dossier.version}
    assert "Đã nộp hồ sơ" in says(client.post(address("file_dossier", dossier), seen, follow=True))


def test_the_front_servers_stamp_decides_about_the_last_second(settings, at):
    settings.TRUST_REQUEST_START = True
    dossier, last = make_ready(), moment("2021-04-17").timestamp()
    client = staff_of(dossier)
    at("2021-04-17 00:00:30")

    client.post(
        address("file_dossier", dossier), {"version": dossier.version}, headers={"X-Request-Start": f"t={last:.6f}"}
    )
    assert not Filing.objects.exists()

    client.post(
        address("file_dossier", dossier),
        {"version": dossier.version},
        headers={"X-Request-Start": f"t={last - 0.000001:.6f}"},
    )
    assert Filing.objects.get().arrived_at < moment("2021-04-17")


def test_a_filed_dossier_offers_nothing_to_change():
    dossier = make_filed()

    page = tree(staff_of(dossier).get(dossier.get_absolute_url()))

    assert not page.xpath("//main//form")
    assert not page.xpath("//main//a[contains(@href, '/muc/') or contains(@href, '/chon/')]")


def test_nothing_that_is_posted_changes_a_filed_dossier_and_each_says_why():
    dossier = make_filed(entries=2)
    client, first, last = staff_of(dossier), *dossier.entries.standing()
    more = make_initiative(dossier.union, dossier.plan.campaign, accepted=True)
    texts = {"authors": "x", "block": "enterprise", "field": "production", "title": "x", "summary": "x", "effect": "x"}
    version = {"version": str(dossier.version)}
    before = everything_of(dossier)

    answers = [
        client.post(address("add_entry", dossier, more.code), follow=True),
        client.post(address("remove_entry", dossier, first.pk), follow=True),
        client.post(address("move_entry_up", dossier, last.pk), follow=True),
        client.post(address("move_entry_down", dossier, first.pk), follow=True),
        client.post(address("edit_entry", dossier, first.pk), texts | version),
        client.post(address("letter_details", dossier), {"signer": "Người khác"} | version),
        upload(client, dossier, a_pdf()),
        client.post(address("file_dossier", dossier), follow=True),
    ]

    assert everything_of(dossier) == before
    assert ["Hồ sơ ở trạng thái “Đã nộp”" in says(answer) for answer in answers] == [True] * len(answers)
    assert [answer.status_code for answer in answers] == [200] * 4 + [422] * 3 + [200]
    assert "Người khác" in answers[5].content.decode()


def everything_of(dossier):
    return [
        list(rows.order_by("pk").values())
        for rows in (Dossier.objects.all(), dossier.entries.all(), dossier.letters.all(), dossier.filings.all())
    ]
