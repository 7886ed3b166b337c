"""The summary table on paper: nothing is cut in the file, and its page shows what the file prints."""

import io

import openpyxl
import pytest
from django.urls import reverse

from dossiers.sheets import LINE_HEIGHT, MOST_LINES
from dossiers.summary_table import COLUMNS, table_of
from dossiers.table_file import HEADER_ROW, write_table
from dossiers.text_lines import ems, lines_of
from tests.factories import make_complete, make_dossier, make_staff, make_union
from tests.pages import runs_nothing, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SUMMARY = [column.header for column in COLUMNS].index("Tóm tắt nội dung") + 1
SENTENCE = "Gắn thêm thước và kẹp để cắt một lần được nhiều lớp vải, giảm một nửa thời gian cắt, tiết kiệm vải vụn. "
LONG = {
    "a whole text": (SENTENCE * 10)[:1000],
    "one word": "W" * 1000,
    "short lines": "a\n" * 500,
    "a list": "\n".join(f"- dòng {number}: gắn thêm thước" for number in range(33)),
    "capitals": (SENTENCE * 10)[:1000].upper(),
    "other scripts": "漢" * 1000,
}


@pytest.mark.parametrize("text", [*LONG.values(), "", "\n", " a  b\n\nc ", "ệ"])
def test_lines_joined_are_the_text_again(text):
    assert "".join(lines_of(text, 10)) == text


@pytest.mark.parametrize("text", LONG.values())
def test_no_line_is_wider_than_its_column(text):
    assert max(sum(map(ems, line.rstrip())) for line in lines_of(text, 18)) <= 18


@pytest.mark.parametrize("name", LONG)
def test_what_no_row_can_hold_goes_on_in_the_next_ones(name):
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    entry.summary = LONG[name]

    sheet = openpyxl.load_workbook(io.BytesIO(write_table(dossier, [entry]))).active
    row, pieces = HEADER_ROW + 1, []
    while sheet.cell(row, 1).border.left.style:
        pieces.append(sheet.cell(row, SUMMARY).value or "")
        lines = len(lines_of(pieces[-1], COLUMNS[SUMMARY - 1].width * 0.46))
        assert lines * LINE_HEIGHT <= sheet.row_dimensions[row].height <= 409
        row += 1

    assert "".join("".join(pieces).split()) == "".join(entry.summary.split())
    assert len(pieces) >= len(entry.summary.strip().split("\n")) / MOST_LINES
    upper = [sheet.cell(at, 1).border.top for at in range(HEADER_ROW + 1, row)]
    assert [bool(side and side.style) for side in upper] == [True, *[False] * (len(pieces) - 1)]
    assert sheet.cell(row - 1, 1).border.bottom.style == "thin"


def test_a_summary_of_a_thousand_characters_stays_in_one_cell():
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    entry.summary = entry.effect = LONG["a whole text"].strip()

    sheet = openpyxl.load_workbook(io.BytesIO(write_table(dossier, [entry]))).active

    assert sheet.cell(HEADER_ROW + 1, SUMMARY).value == entry.summary


@pytest.mark.parametrize("length", [20, 180])
def test_a_long_name_of_a_union_gets_a_higher_row(length):
    dossier = make_dossier(make_union(name="Công đoàn " + "Công ty " * (length // 8)))

    sheet = openpyxl.load_workbook(io.BytesIO(write_table(dossier, []))).active

    assert (sheet.row_dimensions[2].height > 2 * LINE_HEIGHT) == (length > 100)


# Its page


def page_of(dossier):
    return signed_in(make_staff(dossier.union)).get(reverse("table_preview", args=[dossier.pk]))


def test_the_page_shows_what_the_file_prints():
    dossier = make_complete(make_dossier(entries=3))
    table = table_of(dossier, list(dossier.entries.standing().select_related("initiative")))

    paper = tree(page_of(dossier)).find_class("paper")[0]
    text = " ".join(paper.text_content().split())

    assert [cell.text for cell in paper.xpath(".//th")] == [column.header for column in COLUMNS]
    assert [[cell.text for cell in row.xpath("td")] for row in paper.xpath(".//tbody/tr")] == table.rows
    for said in (
        table.head.parent_line, table.head.own_line, table.head.place_and_day, table.about, table.mark,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH",
        table.head.signer,
    ):  # fmt: skip
        assert said in text


def test_the_columns_of_the_page_share_its_whole_width():
    shares = [float(col.get("width").rstrip("%")) for col in tree(page_of(make_dossier(entries=1))).iter("col")]

    assert len(shares) == len(COLUMNS)
    assert sum(shares) == pytest.approx(100, abs=0.1)


def test_hostile_texts_are_text_on_the_page():
    dossier = make_dossier(entries=1)
    dossier.entries.update(title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")

    page = page_of(dossier)

    assert runs_nothing(page)
    assert "<script>alert(1)</script>" in tree(page).find_class("paper")[0].text_content()


def test_a_dossier_without_entries_has_a_page_too():
    assert "Chưa có sáng kiến nào." in tree(page_of(make_dossier())).text_content()
