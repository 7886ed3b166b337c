"""Anybody objects to an initiative on a published list: once a click, privately, within limits (R7, R13, R19)."""

import io
import uuid

import pytest
from django.core.files.storage import default_storage

from awards import limits
from awards.candidates import eligible
from awards.findings import judge_invalid
from awards.models import Complaint, ComplaintFile, Kind, Objection
from awards.publishing import publish
from awards.selection import choose
from config import clock
from initiatives.tallies import Tally
from outbox.models import Message
from record.models import Event, PersonalDetail
from tests.factories import a_pdf, a_picture, make_user, make_valid
from tests.lists import make_listed, send_objection
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed():
    shortlist, entries = make_listed()
    return shortlist, entries[0]


def pdf():
    return io.BytesIO(a_pdf())


def test_an_objection_holds_its_entry_at_once_and_no_other(listed):
    shortlist, entry = listed

    complaint = send_objection(*listed).complaint

    assert entry not in eligible(shortlist.plan)
    assert eligible(shortlist.plan).count() == 1
    assert (complaint.state, complaint.came_by, complaint.is_late) == ("OPEN", "WEB", False)
    assert [event.deed for event in Event.objects.of(entry.initiative)][-1] == "held"


def test_the_same_submission_is_one_complaint(listed):
    number = uuid.uuid4()

    first = send_objection(*listed, submission_id=number)
    second = send_objection(*listed, submission_id=number)

    assert first == second
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("values", [{"text": "Khác."}, {"kind": "CONTENT"}, {"contact": "0912 345 678"}])
def test_a_used_form_with_other_content_is_said_to_be_used(listed, values):
    number = uuid.uuid4()
    send_objection(*listed, submission_id=number)

    with refused("already_sent"):
        send_objection(*listed, submission_id=number, **values)


def test_one_that_comes_late_is_taken_and_marked(listed):
    shortlist, _ = listed
    microsecond = shortlist.closes_at - shortlist.last_day

    in_time = send_objection(*listed, arrived_at=shortlist.closes_at - microsecond)
    late = send_objection(*listed, arrived_at=shortlist.closes_at)

    assert (in_time.complaint.is_late, late.complaint.is_late) == (False, True)


def test_after_the_decisions_none_is_taken(listed):
    shortlist, entry = listed
    choose(shortlist.plan, entry, Kind.PROVINCE, by=make_user())
    publish(shortlist.plan, "12/QĐ", clock.today(), by=make_user())
    entry.initiative.refresh_from_db()

    with refused("decided"):
        send_objection(*listed)


def test_after_the_decisions_none_is_taken_about_what_was_not_decided_either(listed):
    shortlist, entry = listed
    other = make_valid(plan=shortlist.plan).entries.get()
    choose(shortlist.plan, other, Kind.PROVINCE, by=make_user())
    judge_invalid(entry.dossier, "Thiếu chữ ký.", by=make_user())
    publish(shortlist.plan, "12/QĐ", clock.today(), by=make_user())

    with refused("decided"):
        send_objection(shortlist, entry)

    assert not Complaint.objects.exists()


def test_files_are_kept_under_names_that_nobody_guesses(listed):
    complaint = send_objection(*listed, files=[pdf(), io.BytesIO(a_picture())]).complaint

    files = list(complaint.files.all())
    assert [(file.place, file.extension, file.pages) for file in files] == [(1, "pdf", 1), (2, "jpg", 1)]
    with files[0].file.open() as stored:
        assert stored.read() == a_pdf()
    assert len({file.file.name for file in files}) == 2
    assert all(file.file.name.startswith("complaints/") for file in files)


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ([b""], "empty"),
        ([b"<html>"], "wrong_type"),
        ([b"%PDF-1.4 broken"], "broken"),
        ([a_pdf(), b"\x89PNG\r\n\x1a\n broken"], "broken"),
        ([a_pdf()] * 4, "too_many_files"),
    ],
)
def test_files_that_are_none_refuse_the_whole_and_leave_nothing(listed, contents, code):
    with refused(code):
        send_objection(*listed, files=[io.BytesIO(content) for content in contents])

    assert not Complaint.objects.exists()
    assert not ComplaintFile.objects.exists()


def test_three_files_are_as_many_as_may_be(listed):
    assert send_objection(*listed, files=[pdf() for _ in range(3)]).complaint.files.count() == 3


def test_a_failure_after_storing_takes_the_files_away(listed, monkeypatch):
    monkeypatch.setattr("awards.objecting.receive", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send_objection(*listed, files=[pdf()])

    assert default_storage.listdir("complaints")[1] == []


# R19: who complained


def test_who_complained_stands_apart_on_the_record(listed):
    complaint = send_objection(*listed, complainant="Người Tố Giác", contact="to.giac@example.vn").complaint

    words = repr(list(Event.objects.values())) + repr(list(PersonalDetail.objects.values()))
    assert "Người Tố Giác" not in words
    assert "to.giac" not in words
    assert Event.objects.of(complaint).get().by_name == "Người phản ánh"


def test_the_complainant_gets_one_letter_with_the_link_and_without_the_typed_text(listed):
    objection = send_objection(*listed, text="Mua hàng giảm giá tại http://thu-rac.example")

    letter = Message.objects.get(recipient="ly.to@example.vn")
    assert objection.private_path in letter.body
    assert "thu-rac" not in letter.body + letter.subject
    assert listed[1].initiative.code not in letter.about


def test_no_letter_goes_to_a_phone_number(listed):
    send_objection(*listed, contact="0912 345 678")

    assert not Message.objects.filter(kind="complaint_received").exists()


def test_one_mailbox_is_not_written_to_again_and_again(listed):
    for _ in range(limits.LETTERS_TO_COMPLAINANT.most + 1):
        send_objection(*listed)

    assert Message.objects.filter(kind="complaint_received").count() == limits.LETTERS_TO_COMPLAINANT.most
    assert Complaint.objects.count() == limits.LETTERS_TO_COMPLAINANT.most + 1


# Limits: nobody floods a board, nobody silences others, no factory is locked out


def few(monkeypatch, name, most):
    limit = getattr(limits, name)._replace(most=most)
    monkeypatch.setattr(f"awards.objecting.{name}", limit)


def test_one_address_fills_its_own_share_of_an_initiative_and_leaves_the_form_to_others(listed, monkeypatch):
    few(monkeypatch, "OBJECTIONS_OF_INITIATIVE_HERE", 2)
    for _ in range(2):
        send_objection(*listed)

    with refused("too_many"):
        send_objection(*listed)

    assert send_objection(*listed, address="10.0.0.2")


def test_one_address_may_object_to_another_initiative_meanwhile(monkeypatch):
    few(monkeypatch, "OBJECTIONS_OF_INITIATIVE_HERE", 1)
    shortlist, (first, second) = make_listed()
    send_objection(shortlist, first)

    assert send_objection(shortlist, second)


@pytest.mark.parametrize("name", ["OBJECTIONS_OF_INITIATIVE", "OBJECTIONS_FROM_ADDRESS"])
def test_what_comes_in_has_a_limit_in_all(listed, monkeypatch, name):
    few(monkeypatch, name, 1)
    send_objection(*listed)

    with refused("too_many"):
        send_objection(*listed)

    assert Objection.objects.count() == 1


def test_a_refused_one_counts_for_nothing_but_the_look_into_its_files(listed):
    with refused("wrong_type"):
        send_objection(*listed, files=[io.BytesIO(b"x")])

    assert Tally.objects.count() == 1


def test_looking_into_files_is_limited_before_it_is_done(listed, monkeypatch):
    few(monkeypatch, "OBJECTION_FILES_FROM_ADDRESS", 1)
    send_objection(*listed, files=[pdf()])
    monkeypatch.setattr("awards.objecting.looked_into", lambda files: 1 / 0)

    with refused("too_many"):
        send_objection(*listed, files=[pdf()])


def test_the_limits_leave_room_for_a_factory_and_hold_off_one_person():
    assert limits.OBJECTIONS_OF_INITIATIVE.most >= 20 * limits.OBJECTIONS_OF_INITIATIVE_HERE.most
    assert limits.OBJECTIONS_FROM_ADDRESS.most >= 10 * limits.OBJECTIONS_OF_INITIATIVE_HERE.most
