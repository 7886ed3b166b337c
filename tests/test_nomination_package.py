"""The nominations as one archive: exactly the files of its manifest, each with its digest, the same each time."""

import hashlib
import io
import zipfile

import openpyxl
import pytest

from awards.list_file import COLUMNS, write_list
from awards.listing import Line, lines_of
from awards.nomination_package import MANIFEST, members_of, streamed
from tests.council import make_chosen_plan, make_published_plan
from tests.documents import texts_of
from tests.factories import make_board
from tests.pdfs import opened, words_of
from tests.test_certificates import HOSTILE, squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def package_of(plan):
    return zipfile.ZipFile(io.BytesIO(b"".join(streamed(members_of(plan, make_board(plan.union))))))


def test_it_has_exactly_the_files_of_its_manifest_in_order_with_right_digests():
    plan = make_published_plan(4, 2)
    with package_of(plan) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        told = [line.split("  ") for line in archive.read(MANIFEST).decode().splitlines()]

        assert names == [name for _, name in told] + [MANIFEST]
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for digest, name in told)
    codes = [line.entry.initiative.shown_code for line in lines_of(plan, make_board(plan.union), nominated_only=True)]
    assert names[:2] == ["01-to-trinh.docx", "02-danh-sach.xlsx"]
    assert names[2:-1] == [f"{number:02d}-sang-kien-{code}.pdf" for number, code in enumerate(codes, start=3)]
    assert all(name.isascii() for name in names)


def test_it_comes_in_pieces():
    pieces = list(streamed([("a.txt", lambda: b"a" * 100_000), ("b.txt", lambda: b"b")]))

    assert len(pieces) == 3
    assert all(pieces)


def test_members_are_made_one_by_one_as_they_are_sent():
    made = []
    stream = streamed([(name, lambda name=name: made.append(name) or b"x") for name in ("a", "b")])
    next(stream)

    assert made == ["a"]


def test_the_same_members_make_the_same_archive():
    members = [("a.txt", lambda: b"a"), ("b.txt", lambda: b"b")]

    assert b"".join(streamed(members)) == b"".join(streamed(members))


def test_each_page_tells_its_initiative_as_it_was_typed():
    plan = make_published_plan(2, 1, titles=[HOSTILE], authors=["Lò Văn Ếng\nĐỗ Mai"])
    plan.entries.filter(rank=1).update(summary=f"{HOSTILE}\nDòng hai.", effect="Giảm một nửa.")
    with package_of(plan) as archive:
        name = archive.namelist()[2]
        text = "".join(words_of(archive.read(name)))
        letter = texts_of(archive.read("01-to-trinh.docx"))

    assert text.count(squeezed(HOSTILE)) == 2
    for words in ("Lò Văn Ếng", "Đỗ Mai", "Dòng hai.", "Giảm một nửa.", "112/QĐ-LĐLĐ"):
        assert squeezed(words) in text
    assert HOSTILE in letter


def test_a_page_of_the_longest_texts_is_a4_and_goes_on():
    plan = make_chosen_plan(1, 1, titles=["Ệ" * 300])
    plan.entries.update(summary="ệ" * 1000, effect="dòng\n" * 200)
    with package_of(plan) as archive, opened(archive.read(archive.namelist()[2])) as pdf:
        assert all([round(float(side)) for side in page.mediabox] == [0, 0, 595, 842] for page in pdf.pages)
        assert len(pdf.pages) > 1


# The lists


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_list_has_a_row_for_each_and_columns_of_marks_only_where_there_are_some():
    plan = make_chosen_plan(3, 1)
    lines = lines_of(plan, make_board(plan.union))
    marked = [Line(line.number, line.entry, line.is_nominated, "82,50", "1") for line in lines]

    plain, scored = sheet_of(write_list(plan, lines)), sheet_of(write_list(plan, marked))

    assert [cell.value for cell in scored[7]] == [column.header for column in COLUMNS]
    assert [cell.value for cell in plain[7]] == [c.header for c in COLUMNS if c.header not in {"Điểm", "Hạng"}]
    assert [plain.cell(row, 1).value for row in range(8, 12)] == ["1", "2", "3", None]
    assert scored.cell(8, 9).value == "82,50"


def test_text_of_a_list_is_text():
    plan = make_chosen_plan(1, 0, titles=['=HYPERLINK("http://a.vn")'], authors=["+84 912\n-1+1"])
    sheet = sheet_of(write_list(plan, lines_of(plan, make_board(plan.union))))

    assert {cell.data_type for cell in sheet[8] if cell.value} == {"s"}
    assert sheet.cell(8, 6).value == '=HYPERLINK("http://a.vn")'


def test_a_list_is_printed_on_a4_landscape_one_page_wide_and_says_what_it_is():
    drafted, published = make_chosen_plan(2, 1), make_published_plan(2, 1)
    board = make_board(drafted.union)
    draft = sheet_of(write_list(drafted, lines_of(drafted, board)))
    final = sheet_of(write_list(published, lines_of(published, board, nominated_only=True), nominated_only=True))

    paper = draft.page_setup
    assert (paper.orientation, int(paper.paperSize), paper.fitToWidth) == ("landscape", 9, 1)
    assert "DỰ THẢO" in draft["A5"].value
    assert "Quyết định số 112/QĐ-LĐLĐ" in final["A5"].value
    assert "BIỂU DƯƠNG" in final["A4"].value
