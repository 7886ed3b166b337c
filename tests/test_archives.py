"""R20: the whole record of a plan as one file for its board, on record itself, with digests that anybody can check."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from awards import archiving
from awards.archiving import begin, drop_outdated, make
from awards.models import Kind, PlanArchive
from awards.publishing import publish
from awards.selection import choose
from config import clock
from dossiers.forgetting import carry_out
from dossiers.models import Filing
from initiatives.forgetting import ask_removal
from record.canonical import canonical
from record.models import Event
from record.sealing import seal
from tests.boards import hold, signed_in
from tests.factories import (
    make_board,
    make_dossier,
    make_filed,
    make_national_user,
    make_plan,
    make_staff,
    make_user,
    make_valid,
)
from tests.refusals import without_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dossier():
    return make_valid(entries=2)


def archived(plan, *, with_files=False):
    archive = begin(plan, with_files=with_files, by=make_user())
    if with_files:
        make(archive.pk)
        archive.refresh_from_db()
    with archive.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def lines_of(book):
    return [json.loads(line) for line in book.read("su-kien.jsonl").decode().splitlines()]


def test_an_archive_holds_every_part_and_its_list_of_digests_is_right(dossier):
    book = archived(dossier.plan)

    receipt = dossier.last_filing.receipt_number
    assert set(book.namelist()) == {
        "doc-truoc.txt", "dong-thoi-gian.html", "su-kien.jsonl", "cong-bo.json", f"ho-so/{receipt}.json",
        "kiem-tra.txt", "muc-luc.json",
    }  # fmt: skip
    for part in json.loads(book.read("muc-luc.json")):
        content = book.read(part["name"])
        assert (part["size"], part["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    filed = json.loads(book.read(f"ho-so/{receipt}.json"))
    assert hashlib.sha256(canonical(filed["content"])).hexdigest() == filed["sha256"]
    assert "Các chuỗi sự kiện liền mạch" in book.read("kiem-tra.txt").decode()


def test_with_its_files_an_archive_holds_them_as_they_were_filed(dossier):
    book = archived(dossier.plan, with_files=True)

    filing = dossier.last_filing
    file = filing.letter.files.get()
    content = book.read(f"tep/{filing.receipt_number}/{file.download_name}")
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert f"tep/{filing.receipt_number}/{filing.table_name}" in book.namelist()


def test_who_reads_the_lines_can_compute_each_digest_and_follow_each_chain(dossier):
    choose(dossier.plan, dossier.entries.get(rank=1), Kind.PROVINCE, by=make_user())

    lines, last = lines_of(archived(dossier.plan)), {}

    names = ["subject_kind", "subject_id", "number", "at", "by_id", "by_name", "deed", "before", "after", "reason",
             "personal_digest", "previous_digest"]  # fmt: skip
    for line in lines:
        content = [line[name] for name in names]
        content[3] = datetime.fromisoformat(line["at"]).timestamp()
        assert hashlib.sha256(canonical(content)).hexdigest() == line["digest"]
        subject = (line["subject_kind"], line["subject_id"])
        assert line["previous_digest"] == last.get(subject, line["previous_digest"])
        last[subject] = line["digest"]
    assert {line["subject_kind"] for line in lines} == {"plan", "dossier", "initiative"}


def test_nothing_of_another_plan_or_of_a_draft_is_in_it(dossier):
    other = make_filed(plan=make_plan(campaign=dossier.plan.campaign))
    hold(other.entries.get())
    draft = make_dossier(plan=dossier.plan, entries=1)

    book = archived(dossier.plan)

    everything = "".join(book.read(name).decode() for name in book.namelist())
    for foreign in (other, draft):
        assert str(foreign.union) not in everything
        assert foreign.entries.get().initiative.shown_code not in everything
    found = {(line["subject_kind"], line["subject_id"]) for line in lines_of(book)}
    mine = {("initiative", key) for key in dossier.entries.values_list("initiative", flat=True)}
    assert found == {("plan", dossier.plan_id), ("dossier", dossier.pk), *mine}
    assert "entry_added" not in {line["deed"] for line in lines_of(book)}


def test_no_phone_mail_or_complainant_is_in_it(dossier):
    hold(dossier.entries.get(rank=2))

    book = archived(dossier.plan)

    everything = "".join(book.read(name).decode() for name in book.namelist())
    assert [word for word in ("912345678", "Lê Thị Đơn", "0912 345 678") if word in everything] == []
    assert "complaint" in {line["subject_kind"] for line in lines_of(book)}


def test_results_are_in_it_once_they_are_published(dossier):
    plan, entry = dossier.plan, dossier.entries.get(rank=1)
    choose(plan, entry, Kind.PROVINCE, by=make_user())
    assert json.loads(archived(plan).read("cong-bo.json")) is None
    publish(plan, "12/QĐ", clock.today(), by=make_user())

    published = json.loads(archived(plan).read("cong-bo.json"))

    assert published["decision_number"] == "12/QĐ"
    assert [chosen["title"] for chosen in published["chosen"]] == [entry.title]


def test_the_report_names_what_does_not_fit_and_the_last_seal(dossier, at):
    at("2021-04-03 08:00")
    sealed = seal()
    with without_triggers():
        Filing.objects.update(content={"entries": [], "columns": [], "letter": {"sha256": ""}})

    report = archived(dossier.plan).read("kiem-tra.txt").decode()

    assert "CÓ CHỖ KHÔNG KHỚP" in report
    assert str(dossier.last_filing) in report
    assert sealed.short in report


def test_asking_and_making_are_on_record(dossier):
    by = make_user()
    archive = begin(dossier.plan, with_files=False, by=by)

    asked, made = Event.objects.of(dossier.plan).order_by("-number")[:2][::-1]
    assert (asked.deed, asked.by, asked.after) == ("archive_asked", by, {"with_files": False})
    assert (made.deed, made.after) == ("archive_made", {"state": "DONE", "sha256": archive.sha256})


def test_a_large_one_is_the_queues_work_and_asked_for_once(dossier):
    by = make_user()
    first, second = (begin(dossier.plan, with_files=True, by=by) for _ in range(2))

    assert (first, first.state, OrmQ.objects.count()) == (second, "MAKING", 1)
    make(first.pk), make(first.pk)  # a task that runs again finds nothing to do
    first.refresh_from_db()
    assert first.state == "DONE"


def test_one_that_cannot_be_written_says_so(dossier, monkeypatch, caplog):
    monkeypatch.setattr(archiving, "parts_of", lambda plan, with_files: iter([("x", 1 / 0)]) if plan else None)

    assert begin(dossier.plan, with_files=False, by=make_user()).state == "FAILED"
    assert "failed" in caplog.text


def test_an_archive_goes_after_a_day_and_its_event_stays(dossier, at):
    archive = begin(dossier.plan, with_files=False, by=make_user())
    name = archive.file.name

    at("2021-04-02 07:59")
    drop_outdated()
    assert PlanArchive.objects.exists()
    at("2021-04-02 08:01")
    drop_outdated()

    assert not PlanArchive.objects.exists()
    assert not archive.file.storage.exists(name)
    assert Event.objects.of(dossier.plan).filter(deed="archive_made").exists()


def test_only_the_plans_board_and_national_staff_take_it(dossier, client):
    page = reverse("admin:awards_archives", args=[dossier.plan_id])
    board = signed_in(make_board(dossier.plan.union))
    assert board.post(page, follow=True).status_code == 200
    archive = PlanArchive.objects.get()
    file = reverse("admin:awards_archive", args=[dossier.plan_id, archive.pk])

    for user in (make_board(dossier.plan.union), make_national_user()):
        answer = signed_in(user).get(file)
        assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
        assert answer.getvalue()[:2] == b"PK"
        assert archive.sha256 in signed_in(user).get(page).content.decode()
    stranger, staff = signed_in(make_board(make_plan().union)), signed_in(make_staff(dossier.union))
    assert [stranger.get(address).status_code for address in (page, file)] == [404, 404]
    assert stranger.post(page).status_code == 404
    assert [staff.get(address, follow=True).status_code for address in (page, file)] == [403, 403]
    other = make_plan()
    assert (
        signed_in(make_national_user()).get(reverse("admin:awards_archive", args=[other.pk, archive.pk])).status_code
        == 404
    )
    assert client.get(page).status_code == 302


def test_the_page_comes_again_while_one_is_made(dossier):
    board = signed_in(make_board(dossier.plan.union))
    page = reverse("admin:awards_archives", args=[dossier.plan_id])

    waiting = board.post(page, {"with_files": "on"}, follow=True)
    assert (waiting["Refresh"], "Đang ghi" in waiting.content.decode()) == ("3", True)
    make(PlanArchive.objects.get().pk)
    assert "Refresh" not in board.get(page)


def test_an_archive_names_nobody_who_was_forgotten(dossier):
    entry = dossier.entries.first()
    name = entry.authors
    carry_out(ask_removal(entry.initiative), by=make_user())

    book = archived(dossier.plan)

    filed = json.loads(book.read(f"ho-so/{dossier.last_filing.receipt_number}.json"))
    assert not filed["is_as_filed"]
    assert sum(name in row for row in filed["content"]["entries"]) == 1  # that of the other entry
