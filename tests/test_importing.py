"""Initiatives from paper: checked cell by cell, confirmed, stored all or nothing, each once."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import importing
from initiatives.import_checking import submission_id_of
from initiatives.import_models import Import, State
from initiatives.limits import IMPORT_KEPT
from initiatives.models import Initiative
from initiatives.sending import ANSWERS, send
from initiatives.timeline import steps_for_staff, timeline_of
from outbox.models import Message
from record.models import Event
from record.verifying import broken_links
from tests.factories import IN_TIME, VIETNAM, answers, make_campaign, make_staff, make_union
from tests.papers import import_of, paper, run_queue, upload, workbook
from tests.refusals import refused

pytestmark = pytest.mark.django_db

CLOSING = datetime(2021, 4, 21, tzinfo=VIETNAM)


@pytest.fixture
def union():
    return make_union()


def test_nothing_is_stored_until_somebody_confirms(union):
    found = upload(union, workbook([paper(1), paper(2)]))

    assert (found.state, found.new_rows, found.known_rows) == (State.CHECKED, 2, 0)
    assert not Initiative.objects.exists()

    importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    run_queue()

    found.refresh_from_db()
    assert (found.state, found.new_rows, found.stored.count()) == (State.DONE, 2, 2)
    assert Initiative.objects.count() == 2


def test_a_row_becomes_what_the_form_would_have_stored(union):
    import_of(union, [paper(email="hoa@example.vn", co_authors="Lê Thị Ba 30%", collective="Tổ may 4")])

    stored = Initiative.objects.get()
    sent = answers(
        union,
        full_name="Nguyễn Thị Hoà 1",
        email="hoa@example.vn",
        co_authors="Lê Thị Ba – 30%",
        collective="Tổ may 4",
        description="Gắn thêm thước và kẹp.\nCắt một lần được nhiều lớp vải.",
    )
    assert {name: getattr(stored, name) for name in ANSWERS} == sent
    assert (stored.branch, stored.arrived_at, stored.consented_at) == (union, IN_TIME, IN_TIME)
    assert stored.consent_version == stored.campaign.consent_version
    assert list(Initiative.objects.matching("cai tien hoa 1")) == [stored]


def test_the_worker_is_the_author_and_the_importer_is_on_record(union):
    staff = make_staff(union)
    found = import_of(union, [paper()], by=staff)

    stored = Initiative.objects.get()
    event = Event.objects.of(stored).get()
    assert (event.deed, event.by, event.by_name) == ("imported", staff, str(staff))
    assert event.after["import"] == found.pk
    assert not list(broken_links())
    (step,) = timeline_of(stored)
    assert (step.words, step.detail) == ("Đã nhận sáng kiến của bạn từ phiếu giấy", f"{union} đã gửi thay bạn.")
    (step,) = steps_for_staff(stored)
    assert (step.words, step.by) == ("Công đoàn gửi thay từ phiếu giấy", str(staff))


def test_an_author_with_an_address_gets_the_private_link(union):
    import_of(union, [paper(1, email="hoa@example.vn"), paper(2)])

    letter = Message.objects.get()
    stored = Initiative.objects.get(email="hoa@example.vn")
    assert letter.recipient == "hoa@example.vn"
    assert stored.private_path in letter.body
    assert f"do {union} gửi thay từ phiếu giấy" in letter.body


def test_one_bad_row_and_nothing_can_be_stored(union):
    found = upload(union, workbook([paper(1), paper(2, phone="123"), paper(3, title="", started_on="31/01/2021")]))

    assert (found.state, found.problem_count) == (State.REFUSED, 3)
    assert [problem[:3] for problem in found.problems] == [
        [5, "B5", "Số điện thoại"],
        [6, "I6", "Tên sáng kiến"],
        [6, "M6", "Ngày bắt đầu áp dụng"],
    ]
    with refused("not_checked"):
        importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    assert not Initiative.objects.exists()


# R7: no doubles


def test_the_same_file_twice_makes_no_doubles(union):
    rows = [paper(1), paper(2)]
    import_of(union, rows)

    again = upload(union, workbook(rows))

    assert (again.state, again.new_rows, again.known_rows) == (State.CHECKED, 0, 2)
    assert {row[4] for row in again.rows} == {f"đã có, mã {one.shown_code}" for one in Initiative.objects.all()}
    with refused("nothing_new"):
        importing.confirm(again, by=again.by, arrived_at=IN_TIME)


def test_a_file_with_old_and_new_rows_stores_the_new_ones(union):
    import_of(union, [paper(1)])

    found = import_of(union, [paper(1), paper(2)])

    assert (found.new_rows, found.known_rows, found.stored.count()) == (1, 1, 1)
    assert Initiative.objects.count() == 2


def test_what_its_author_sent_is_known_too(union):
    sent = send(make_campaign(), "0" * 32, answers(union), arrived_at=IN_TIME)

    found = upload(union, workbook([paper(full_name="NGUYỄN THỊ HOÀ", title="cải tiến  bàn cắt vải")]))

    assert found.rows[0][4] == f"đã có, mã {sent.shown_code}"


def test_the_same_row_twice_in_a_file_is_stored_once(union):
    found = import_of(union, [paper(1), paper(1), paper(2)])

    assert (found.new_rows, found.known_rows) == (2, 1)
    assert Initiative.objects.count() == 2


def test_one_author_and_title_with_two_contents_is_a_mistake(union):
    found = upload(union, workbook([paper(1), paper(1, effect="Khác hẳn.")]))

    ((row, _, column, sentence),) = found.problems
    assert (row, column) == (5, "Tên sáng kiến")
    assert "dòng 4" in sentence


def test_two_imports_of_the_same_rows_that_were_both_checked_store_them_once(union):
    first, second = (upload(union, workbook([paper(1), paper(2)])) for _ in range(2))

    for found in (first, second):
        importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    run_queue()

    second.refresh_from_db()
    assert (second.state, second.new_rows, second.known_rows) == (State.DONE, 0, 2)
    assert Initiative.objects.count() == 2


def test_confirming_twice_and_running_the_task_twice_stores_once(union):
    found = upload(union, workbook([paper()]))

    for _ in range(2):
        importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    importing.store(found.pk)
    importing.store(found.pk)
    run_queue()

    assert Initiative.objects.count() == 1


def test_the_id_of_a_row_does_not_depend_on_how_it_is_written():
    campaign = make_campaign()
    first = {"full_name": "Nguyễn Thị Hoà", "phone": "+84912345678", "title": "Cải tiến bàn cắt"}
    second = first | {"full_name": "nguyễn  thị hoà", "title": "CẢI TIẾN BÀN CẮT"}

    assert submission_id_of(campaign, first) == submission_id_of(campaign, second)
    assert submission_id_of(campaign, first) != submission_id_of(campaign, first | {"phone": "+84912345679"})
    assert submission_id_of(campaign, first) != submission_id_of(make_campaign(), first)


# R1


def test_an_import_counts_from_its_confirmation(union):
    last, closed = CLOSING - timedelta(microseconds=1), CLOSING
    found = upload(union, workbook([paper()]), arrived_at=last)

    with refused("closed"):
        importing.confirm(found, by=found.by, arrived_at=closed)
    importing.confirm(found, by=found.by, arrived_at=last)
    run_queue()  # after closing, say

    assert Initiative.objects.get().arrived_at == last


def test_nothing_is_uploaded_outside_the_campaign(union):
    with refused("closed"):
        upload(union, workbook([paper()]), arrived_at=CLOSING)
    with refused("not_open_yet"):
        upload(union, workbook([paper()]), arrived_at=datetime(2021, 3, 9, tzinfo=VIETNAM))


# Size, time, keeping


def test_the_number_of_queries_does_not_grow_with_the_rows(union):
    def queries(number):
        found = upload(union, workbook([paper(number * 100 + at, email=f"a{at}@example.vn") for at in range(number)]))
        importing.confirm(found, by=found.by, arrived_at=IN_TIME)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            importing.store(found.pk)
        assert found.stored.count() == number
        return len(captured)

    assert queries(30) <= queries(2) + 9  # SQLite takes fewer values in one statement


def test_what_is_over_keeps_neither_file_nor_names(union, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done = import_of(union, [paper(1), paper(1)])
        bad = upload(union, workbook([paper(2, phone="1")]))

    assert done.rows == [[5, "", "", "", "trùng dòng 4"]]
    assert not default_storage.exists(done.file.name)
    assert not default_storage.exists(bad.file.name)


def test_the_file_of_an_old_import_is_deleted_and_its_initiatives_stay(union):
    done, waiting = import_of(union, [paper(1)]), upload(union, workbook([paper(2)]))

    importing.forget_old()
    assert default_storage.exists(waiting.file.name)
    Import.objects.update(uploaded_at=IN_TIME - IMPORT_KEPT - timedelta(seconds=1))
    importing.forget_old()

    assert not default_storage.exists(waiting.file.name)
    done.refresh_from_db(), waiting.refresh_from_db()
    assert (done.state, done.file.name, done.rows) == (State.DONE, "", [])
    assert (waiting.state, waiting.rows) == (State.FAILED, [])
    assert Initiative.objects.count() == 1
    with refused("not_checked"):
        importing.confirm(waiting, by=waiting.by, arrived_at=IN_TIME)


def test_files_lie_under_names_that_say_nothing(union):
    found = upload(union, workbook([paper()]), name="../../Danh sách\0 <b>.xlsx")

    assert found.file.name.startswith("imports/")
    assert len(found.file.name) == len("imports/.xlsx") + 32
    assert found.file_name == "Danh sách <b>.xlsx"


def test_who_took_the_codes_away_is_on_record(union):
    done = import_of(union, [paper(1), paper(2)])
    staff = make_staff(union)

    importing.take_codes(done, by=staff)
    importing.take_codes(done, by=done.by)

    events = [(event.deed, event.by, event.after) for event in Event.objects.of(done)]
    assert events == [("codes_taken", staff, {"rows": 2}), ("codes_taken", done.by, {"rows": 2})]
    assert list(broken_links()) == []
