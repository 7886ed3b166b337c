"""The summary table as Excel and LibreOffice read it: text is text, A4 landscape, every column."""

import io

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from dossiers.editing import SUMMARY, describe_entry
from dossiers.letterhead import written_out
from dossiers.models import Dossier, DossierEntry
from dossiers.summary_table import COLUMNS, rows_of
from dossiers.table_file import write_table
from tests.factories import make_complete, make_dossier, make_union, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEADER_ROW = 7
RISKY = [
    "=HYPERLINK(\"http://a.vn\",\"b\")",
    "=1+1",
    "+84912345678",
    "-1",
    "@SUM(A1)",
    "'=1",
    "#N/A",
    "#REF!",
    "TRUE",
    "0123",
    "1e5",
    "2021-04-20",
    "{{7*7}} %s {0.__class__}",
    "<script>alert(1)</script>",
    "_x000D_",
]  # fmt: skip


def sheet_of(dossier):
    content = write_table(dossier, list(dossier.entries.standing().select_related("initiative")))
    return openpyxl.load_workbook(io.BytesIO(content)).active


def make_table(entries=1, **texts):
    """A dossier's table read back, the first entry with these texts."""
    dossier = make_complete(make_dossier(entries=entries))
    entry = dossier.entries.get(rank=1)
    if texts:
        whole = {name: getattr(entry, name) for name in SUMMARY} | texts
        describe_entry(entry, whole, by=make_user(), version=dossier.version)
    return sheet_of(Dossier.objects.get(pk=dossier.pk))


def cell(sheet, header, row=HEADER_ROW + 1):
    return sheet.cell(row, [column.header for column in COLUMNS].index(header) + 1)


@pytest.mark.parametrize("text", RISKY)
def test_what_looks_like_a_formula_a_number_or_an_error_stays_text(text):
    sheet = make_table(title=text, summary=text)

    for header in ("Tên sáng kiến", "Tóm tắt nội dung"):
        assert (cell(sheet, header).data_type, unescape(cell(sheet, header).value)) == ("s", text)
    assert cell(sheet, "Tên sáng kiến").quotePrefix == text.startswith(("=", "+", "-", "@", "#"))


def test_characters_that_no_workbook_may_hold_are_left_out():
    dossier = make_dossier(entries=1)
    DossierEntry.objects.filter(dossier=dossier).update(birth_years="1985")
    entry = dossier.entries.get()
    entry.title, entry.summary = "a\ufffeb\ud800c\x00d", "x\x0by\ufeffz"

    sheet = openpyxl.load_workbook(io.BytesIO(write_table(dossier, [entry]))).active

    assert cell(sheet, "Tên sáng kiến").value == "abcd"
    assert cell(sheet, "Tóm tắt nội dung").value == "xyz"


def test_the_union_the_letter_and_the_signer_are_text_too():
    dossier = make_complete(make_dossier(entries=1))
    dossier.signer, dossier.letter_number, dossier.union.name = "=1+1", "=2", "=A1"

    sheet = sheet_of(dossier)

    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} == {"s"}
    assert any((c.value or "").endswith("\n=1+1") for row in sheet.iter_rows() for c in row)


def test_line_breaks_and_the_longest_text_come_back_whole():
    text = "dòng một\n" + ("Gắn thước. " * 90).strip()

    sheet = make_table(summary=text)

    assert cell(sheet, "Tóm tắt nội dung").value == text
    assert cell(sheet, "Tóm tắt nội dung").alignment.wrap_text
    assert sheet.row_dimensions[HEADER_ROW + 1].height <= 409


def test_it_prints_on_a4_landscape_one_page_wide_with_the_header_on_every_page():
    sheet = make_table()

    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.print_area.startswith("'Bảng tổng hợp'!$A$1:$K$")


def test_it_has_every_column_of_the_design_in_order():
    sheet = make_table()

    assert [c.value for c in sheet[HEADER_ROW]] == [
        "STT",
        "Họ tên tác giả",
        "Năm sinh",
        "Chức vụ và đơn vị công tác",
        "Khối",
        "Tên sáng kiến",
        "Lĩnh vực",
        "Tóm tắt nội dung",
        "Thời gian áp dụng",
        "Hiệu quả và giá trị làm lợi",
        "Mã trên phần mềm",
    ]


@pytest.mark.parametrize("entries", [1, 2, 3])
def test_it_has_one_row_an_entry_in_order(entries):
    dossier = make_complete(make_dossier(entries=entries))

    sheet = sheet_of(dossier)

    numbers = [cell(sheet, "STT", HEADER_ROW + at).value for at in range(1, entries + 2)]
    assert numbers == [*(str(number) for number in range(1, entries + 1)), None]
    assert cell(sheet, "Khối").value == "Doanh nghiệp"
    assert cell(sheet, "Mã trên phần mềm").value == dossier.entries.get(rank=1).initiative.shown_code


def test_it_has_header_block_and_signature_block():
    dossier = make_complete(make_dossier(make_union(name="LĐLĐ huyện Số 1"), entries=1))

    texts = {c.value for row in sheet_of(dossier).iter_rows() for c in row}

    assert {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        written_out(dossier.plan.union.name).upper(),
        written_out(dossier.union.name).upper(),
        "Số 1, ngày 05 tháng 4 năm 2021",
        "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN",
        "(Kèm theo Tờ trình số 12/TTr-LĐLĐ ngày 05 tháng 4 năm 2021)",
        "\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\n\n\nTrần Văn Bình",
    } <= texts


def test_a_table_can_be_made_before_the_letter_is_described():
    sheet = sheet_of(make_dossier(entries=1))

    assert sheet["A5"].value == "(Kèm theo Tờ trình số ……/TTr-LĐLĐ ngày … tháng … năm …)"


def test_the_rows_of_the_snapshot_are_the_rows_of_the_table():
    dossier = make_dossier(entries=2)

    rows = rows_of(list(dossier.entries.standing()))

    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert [row[0] for row in rows] == ["1", "2"]
