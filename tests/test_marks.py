"""The mark on paper: the same as long as the entries say the same, another one when any of them changes."""

import io

import openpyxl
import pytest
from django.urls import reverse

from dossiers.editing import SUMMARY, describe_entry
from dossiers.marks import mark_of
from dossiers.models import Dossier
from dossiers.quota import move, put_forward
from dossiers.summary_table import COLUMNS, table_content, table_of
from dossiers.table_file import write_table
from tests.boards import signed_in as board_signed_in
from tests.factories import make_board, make_complete, make_dossier, make_filed, make_initiative, make_staff, make_user
from tests.pages import says, signed_in

pytestmark = pytest.mark.django_db
CHANGED = {"block": "administrative", "field": "community"}


def entries_of(dossier):
    return list(dossier.entries.standing().select_related("initiative"))


def mark(dossier):
    return mark_of(table_content(entries_of(dossier)))


def test_it_is_the_beginning_of_a_digest_in_groups():
    assert mark_of({"columns": [], "entries": []}) == mark_of({"entries": [], "columns": [], "letter": "1"})
    assert mark_of({"columns": ["STT"], "entries": [["1"]]}) == "A1CA D8D3 4D03 45E1"


@pytest.mark.parametrize("name", SUMMARY)
def test_any_text_of_an_entry_changes_it(name):
    dossier = make_dossier(entries=1)
    (entry,) = entries_of(dossier)
    before = mark(dossier)
    texts = {field: getattr(entry, field) for field in SUMMARY}

    describe_entry(entry, texts | {name: CHANGED.get(name, "Khác")}, by=make_user(), version=2)

    assert mark(dossier) != before


def test_order_and_number_of_entries_change_it_and_going_back_brings_it_back():
    dossier = make_dossier(entries=2)
    before = mark(dossier)

    move(entries_of(dossier)[0], 1, by=make_user())
    swapped = mark(dossier)
    move(entries_of(dossier)[0], 1, by=make_user())

    assert (swapped != before, mark(dossier)) == (True, before)
    put_forward(dossier, make_initiative(dossier.union, accepted=True), by=make_user())
    assert mark(dossier) not in (before, swapped)


def test_number_date_signer_and_the_signed_letter_do_not_change_it():
    dossier = make_dossier(entries=1)
    before = mark(dossier)

    assert mark(make_complete(dossier)) == before


def test_a_filing_has_the_mark_of_its_paper_whatever_comes_after():
    dossier = make_filed(entries=2)
    on_paper = table_of(dossier, entries_of(dossier)).mark
    Dossier.objects.update(state="RETURNED")
    move(entries_of(dossier)[0], 1, by=make_user())

    assert dossier.last_filing.mark == on_paper != mark(dossier)


def test_it_stands_on_the_page_the_table_and_the_boards_page():
    dossier = make_filed(entries=1)
    shown = mark(dossier)
    sheet = openpyxl.load_workbook(io.BytesIO(write_table(dossier, entries_of(dossier)))).active

    assert f"Mã đối chiếu với phần mềm: {shown}" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert sheet.oddFooter.left.text == f"Mã đối chiếu: {shown}"
    assert sheet.oddFooter.right.text == "Trang &P/&N"
    assert shown in says(signed_in(make_staff(dossier.union)).get(dossier.get_absolute_url()))
    board = board_signed_in(make_board(dossier.plan.union))
    assert shown in says(board.get(reverse("admin:awards_fileddossier_change", args=[dossier.pk])))


def test_every_column_counts():
    assert table_content([])["columns"] == [column.header for column in COLUMNS]
