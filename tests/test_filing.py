"""R8, R10, R11, R12: a dossier is filed on time and complete, as a snapshot."""

import hashlib
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage

from awards.findings import return_for_correction
from dossiers.checklist import missing
from dossiers.editing import SUMMARY, describe_entry
from dossiers.filing import file_dossier
from dossiers.letters import upload_letter
from dossiers.models import Extension, Filing, QuotaException
from dossiers.quota import put_forward
from dossiers.summary_table import COLUMNS
from initiatives.changing import correct, withdraw
from initiatives.screening import reject
from record.models import Event, canonical
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    a_pdf,
    answers,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_ready,
    make_union,
    make_user,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DEADLINE = moment("2021-04-17")
MICROSECOND = timedelta(microseconds=1)


def file_it(dossier, arrived_at=IN_TIME, by=None):
    return file_dossier(dossier, by=by or make_user(), arrived_at=arrived_at)


def extend(dossier, until):
    return Extension.objects.create(
        plan=dossier.plan,
        union=dossier.union,
        until=until,
        reason="Mưa lũ.",
        granted_by=make_user(),
        granted_at=IN_TIME,
    )


# R11


def test_the_last_instant_before_the_deadline_is_on_time():
    assert file_it(make_ready(), DEADLINE - MICROSECOND).deadline == DEADLINE


@pytest.mark.parametrize("late", [timedelta(0), MICROSECOND])
def test_the_deadline_itself_and_all_after_it_is_late(late):
    dossier = make_ready()

    with refused("late"):
        file_it(dossier, DEADLINE + late)

    dossier.refresh_from_db()
    assert dossier.state == "DRAFT"
    assert not Filing.objects.exists()


def test_an_extension_moves_the_deadline_of_that_union_only():
    dossier, other = make_ready(), make_ready()
    until = DEADLINE + timedelta(days=2)
    extend(dossier, until)

    with refused("late"):
        file_it(dossier, until)
    assert file_it(dossier, until - MICROSECOND).deadline == until
    with refused("late"):
        file_it(other, until - MICROSECOND)


def test_an_extension_never_shortens_and_the_longest_counts():
    dossier = make_ready()
    extend(dossier, DEADLINE - timedelta(days=1))
    assert dossier.plan.deadline_of(dossier.union) == DEADLINE

    extend(dossier, DEADLINE + timedelta(days=3))
    extend(dossier, DEADLINE + timedelta(days=1))
    assert dossier.plan.deadline_of(dossier.union) == DEADLINE + timedelta(days=3)


# R12


def test_a_dossier_that_lacks_everything_is_told_all_of_it():
    with refused("no_entry", "no_letter_number", "no_letter_date", "no_signer", "no_letter"):
        file_it(make_dossier())


def test_a_complete_dossier_lacks_nothing():
    assert missing(make_ready(entries=3)) == []


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.field not in {"", "block", "field"}])
def test_every_column_of_every_entry_must_be_filled(column):
    dossier = make_ready(entries=2)
    entry = dossier.entries.get(rank=2)
    texts = {name: getattr(entry, name) for name in SUMMARY} | {column.field: ""}
    describe_entry(entry, texts, by=make_user(), version=dossier.version)

    (lack,) = missing(dossier)

    assert (lack.code, lack.link.partition("#")[2]) == ("entry_incomplete", f"id_{column.field}")
    assert lack.sentence == f"Sáng kiến 2 còn thiếu: {column.header.lower()}."
    with refused("entry_incomplete"):
        file_it(dossier)


@pytest.mark.parametrize("detail", ["letter_number", "letter_date", "signer"])
def test_every_detail_of_the_letter_must_be_given(detail):
    dossier = make_ready()
    setattr(dossier, detail, None if detail == "letter_date" else "")
    dossier.save()

    with refused(f"no_{detail}"):
        file_it(dossier)


def test_an_entry_that_its_author_corrected_is_screened_again_before_filing():
    dossier = make_ready()
    initiative = dossier.entries.get().initiative
    correct(initiative, answers(dossier.union, title="Khác"), version=initiative.version, arrived_at=IN_TIME)

    with refused("entry_not_accepted"):
        file_it(dossier)


def test_fallen_entries_leave_the_dossier_when_it_is_filed():
    dossier = make_ready(entries=3)
    first, second, third = (entry.initiative for entry in dossier.entries.standing())
    withdraw(first, arrived_at=IN_TIME)
    reject(second, "Trùng.", by=make_user(), version=second.version)
    assert [lack.code for lack in missing(dossier)] == ["entry_fallen", "entry_fallen"]

    filing = file_it(dossier)

    assert [row[0] for row in filing.content["entries"]] == ["1"]
    assert filing.content["entries"][0][-1] == third.shown_code


def test_a_dossier_whose_only_entry_fell_is_not_filed():
    dossier = make_ready()
    withdraw(dossier.entries.get().initiative, arrived_at=IN_TIME)

    with refused("no_entry"):
        file_it(dossier)


# R10


def test_a_dossier_above_a_quota_that_was_lowered_is_not_filed():
    dossier = make_ready(entries=3)
    QuotaException.objects.create(plan=dossier.plan, union=dossier.union, quota=2)

    with refused("quota_exceeded"):
        file_it(dossier)


def test_an_entry_that_moved_to_another_union_is_not_filed():
    dossier = make_ready()
    initiatives = type(dossier.entries.get().initiative).objects
    initiatives.update(branch=make_union(), status="SENT")  # its author corrected the unit
    initiatives.update(status="ACCEPTED")  # and the other union accepted it

    with refused("entry_left"):
        file_it(dossier)


# R8


def test_a_filing_is_a_snapshot_with_its_digest():
    dossier = make_ready(entries=2)

    filing = file_it(dossier)

    filing.refresh_from_db()
    assert filing.sha256 == hashlib.sha256(canonical(filing.content)).hexdigest()
    assert filing.content["columns"] == [column.header for column in COLUMNS]
    assert filing.content["letter"]["sha256"] == hashlib.sha256(a_pdf_of(filing)).hexdigest()
    assert [row[5] for row in filing.content["entries"]] == ["Cải tiến bàn cắt vải"] * 2
    with filing.table.open() as file:
        table = openpyxl.load_workbook(io.BytesIO(file.read())).active
    assert [[str(c.value) for c in row] for row in table.iter_rows(min_row=8, max_row=9)] == filing.content["entries"]


def a_pdf_of(filing):
    with filing.letter.files.get().file.open() as file:
        return file.read()


def test_later_edits_change_neither_the_filing_nor_its_entries():
    dossier = make_filed()
    filing, entry = dossier.last_filing, dossier.entries.get()
    correct(entry.initiative, answers(dossier.union, title="Sửa sau"), version=entry.initiative.version,
            arrived_at=IN_TIME)  # fmt: skip

    assert dossier.last_filing.content == filing.content
    assert dossier.entries.get().title == "Cải tiến bàn cắt vải"


def test_a_returned_dossier_is_filed_again_and_the_first_filing_is_kept():
    dossier = make_filed()
    return_for_correction(dossier, "Thiếu dấu.", by=make_user())
    put_forward(dossier, make_initiative(dossier.union, accepted=True), by=make_user())
    upload_letter(dossier, a_pdf() + b"\n", by=make_user())

    second = file_it(dossier)

    first = dossier.filings.get(number=1)
    assert second.number == 2
    assert (len(first.content["entries"]), len(second.content["entries"])) == (1, 2)
    assert first.letter != second.letter
    assert default_storage.exists(first.letter.files.get().file.name)
    assert first.table.name != second.table.name
    dossier.refresh_from_db()
    assert (dossier.state, dossier.state_reason) == ("FILED", "")


def test_a_dossier_is_filed_once():
    dossier = make_filed()

    with refused("dossier_closed"):
        file_it(dossier)

    assert dossier.filings.count() == 1


def test_the_first_filing_freezes_the_plan_and_the_second_leaves_that_moment():
    plan = make_plan()
    make_filed(plan=plan)
    plan.refresh_from_db()
    frozen_at = plan.frozen_at
    assert frozen_at

    make_filed(plan=plan)

    plan.refresh_from_db()
    assert plan.frozen_at == frozen_at


def test_filing_is_on_record():
    by, dossier = make_user(), make_ready()
    filing = file_it(dossier, by=by)

    event = Event.objects.of(dossier).last()
    assert (event.deed, event.by, event.before) == ("filed", by, {"state": "DRAFT"})
    assert event.after["sha256"] == filing.sha256
