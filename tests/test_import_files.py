"""No file gets past the reader that should not, each is answered with a sentence, within bounded memory and time."""

import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.models import Level
from initiatives import import_reading
from initiatives.import_checking import REFUSALS
from initiatives.import_models import State
from initiatives.import_reading import MOST_ROWS, look_into, read
from initiatives.models import Initiative
from tests.factories import make_union
from tests.hostile_files import FILES, SHEET_XML, cell_at, changed, good, sheet
from tests.papers import HEADERS, book_of, content_of, import_of, paper, upload, workbook

pytestmark = pytest.mark.once

MOST_BYTES = 300 * 1024 * 1024
HUNGRY = {"many fonts"}  # only for a process with limits


@pytest.mark.parametrize("name", [name for name in FILES if name not in HUNGRY])
def test_a_hostile_file_is_refused_for_what_it_is(name):
    make, why = FILES[name]
    started = time.monotonic()

    found = look_into(make())

    assert found.get("refused") == why
    assert why is None or REFUSALS[why].endswith(".")
    assert time.monotonic() - started < 10


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, (_, why) in FILES.items() if why is None])
def test_a_strange_file_that_can_be_read_stores_nothing(name):
    found = upload(make_union(), FILES[name][0]())

    assert found.state in (State.REFUSED, State.CHECKED)
    assert found.refusal or found.problems or name == "merged far"
    assert not Initiative.objects.exists()


@pytest.mark.file_child
def test_the_child_reads_a_good_file_and_is_stopped_when_it_takes_too_long(monkeypatch):
    assert len(read(good())["rows"]) == 2

    monkeypatch.setattr(import_reading, "MOST_SECONDS", 0.01)
    assert read(good()) == {"refused": "bomb"}


PEAK = """
import json, re
from pathlib import Path
from config import child
from initiatives import import_reading

child.limit(import_reading.MOST_MEMORY, import_reading.MOST_CPU_SECONDS)
found = import_reading.look_into(child.given())
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([found.get("refused"), int(peak[1]) * 1024]))
"""


@pytest.mark.file_child
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process its peak")
@pytest.mark.parametrize("name", ["many fonts", "one string many times"])
def test_the_hungriest_files_stay_within_memory_and_time(name):
    started = time.monotonic()
    command = [sys.executable, "-c", PEAK]
    done = subprocess.run(
        command, input=FILES[name][0](), capture_output=True, cwd=settings.BASE_DIR, check=True, timeout=30
    )
    why, taken = json.loads(done.stdout)

    assert why in {FILES[name][1], "broken"}  # libraries tell the end of memory in different ways
    assert taken < MOST_BYTES
    assert time.monotonic() - started < 10


def test_what_the_directory_tells_wrong_loses_no_row():
    wrong = changed(
        {SHEET_XML: lambda old: old.replace(b'ref="A3:N503"', b'ref="A1"')},
        content=workbook([paper(n) for n in range(500)]),
    )

    assert b'<dimension ref="A1"' in zipfile.ZipFile(io.BytesIO(wrong)).read(SHEET_XML)
    assert len(look_into(wrong)["rows"]) == 501


def rows_of(number):
    header = cell_at("A1", "Họ và tên")
    rows = "".join(f'<row r="{n}">{cell_at(f"A{n}")}</row>' for n in range(2, number + 2))
    return changed({SHEET_XML: sheet(f'<row r="1">{header}</row>{rows}')})


# XI6: what people do to a workbook


@pytest.fixture
def union(db):
    return make_union()


def stored_titles():
    return list(Initiative.objects.order_by("pk").values_list("title", flat=True))


def test_columns_are_known_by_their_names_in_any_order(union):
    names = list(reversed(paper()))

    import_of(union, [paper(1, title="Một")], headers=names)

    assert stored_titles() == ["Một"]


def test_headers_are_read_without_case_stars_and_what_stands_in_brackets(union):
    book = book_of([paper(1, title="Một")])
    for cell in book.active[3]:
        cell.value = f"  {cell.value.replace('*', '').upper()} (ghi rõ): "

    assert upload(union, content_of(book)).state == State.CHECKED


def test_a_column_that_is_missing_is_named(union):
    found = upload(union, workbook([paper()], headers=[name for name in paper() if name not in ("phone", "consent")]))

    assert "Thiếu cột “Số điện thoại”, “Đã ký đồng ý trên giấy”" in found.refusal


def test_a_column_that_nobody_knows_is_told_and_not_used(union):
    found = upload(union, workbook([paper(**{"Ghi chú": "xem lại"})], headers=[*paper(), "Ghi chú"]))

    assert (found.state, found.unused) == (State.CHECKED, ["Ghi chú"])


def test_a_file_without_headers_or_without_rows_is_refused(union):
    assert "dòng tiêu đề" in upload(union, content_of(Workbook())).refusal
    assert "chưa có dòng nào" in upload(union, workbook([])).refusal


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(union):
    found = upload(union, workbook([paper(1), {}, {"title": "   "}, {}, paper(2, phone="1")]))

    assert [problem[:2] for problem in found.problems] == [[8, "B8"]]


def test_hidden_rows_are_read_like_others(union):
    book = book_of([paper(1), paper(2)])
    book.active.row_dimensions[5].hidden = True

    assert upload(union, content_of(book)).new_rows == 2


def test_a_merged_title_above_the_headers_does_no_harm(union):
    book = book_of([paper(1)])
    book.active["A1"] = "Danh sách sáng kiến"
    book.active.merge_cells("A1:N1")

    assert upload(union, content_of(book)).state == State.CHECKED


def test_headers_that_were_merged_are_missing(union):
    book = book_of([paper(1)])
    book.active.merge_cells("A3:B3")

    assert "Thiếu cột “Số điện thoại”" in upload(union, content_of(book)).refusal


def test_of_merged_cells_the_first_has_the_text_and_the_others_are_named(union):
    book = book_of([paper(1), paper(2)])
    book.active.merge_cells("C4:C5")

    assert [problem[1] for problem in upload(union, content_of(book)).problems] == ["C5"]


def test_a_formula_is_named_whatever_it_shows(union):
    found = upload(union, workbook([paper(1, title='="Sáng"&" kiến"', benefit="=1+1")]))

    assert {problem[1] for problem in found.problems} == {"I4", "L4"}
    assert {problem[3] for problem in found.problems} == {"Ô này là công thức. Hãy dán lại giá trị (Paste Values)."}


def test_text_that_looks_like_a_formula_is_text(union):
    book = book_of([paper(1)])
    cell = book.active["I4"]
    cell.value, cell.data_type = "=HYPERLINK trong bảng tính", "s"

    upload(union, content_of(book))
    found = import_of(union, [paper(2, title="+1 ca mỗi ngày")])

    assert found.stored.count() == 1
    assert upload(union, content_of(book)).rows[0][2] == "=HYPERLINK trong bảng tính"


def test_an_error_value_is_no_text(union):
    book = book_of([paper(1)])
    book.active["E4"].value, book.active["E4"].data_type = "#N/A", "e"

    assert [problem[1] for problem in upload(union, content_of(book)).problems] == ["E4"]


def test_the_sheet_of_the_template_is_read_wherever_it_stands(union):
    book = book_of([paper(1)])
    book.move_sheet(book.create_sheet("Ghi chép"), -1)

    assert upload(union, content_of(book)).new_rows == 1


def test_the_most_rows_are_read_and_one_more_is_refused(union, monkeypatch):
    monkeypatch.setattr("initiatives.import_checking.MOST_ROWS", 3)

    assert upload(union, workbook([paper(n) for n in range(3)])).new_rows == 3
    assert "dòng" in upload(union, workbook([paper(n) for n in range(4)])).refusal
    assert len(look_into(rows_of(MOST_ROWS))["rows"]) == MOST_ROWS + 1


# Any workbook

CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32)))), max_size=30),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(["Có", "=1+1", "Nam", "0912345678", "15/02/2021", "44242", "#N/A", "Vì cộng đồng", "9" * 400]),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(sorted(HEADERS)), CELLS, max_size=8), min_size=1, max_size=4)


@pytest.mark.django_db
@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, is_top=st.booleans(), is_based_on_good=st.booleans())
def test_any_rows_are_either_stored_whole_or_named_cell_by_cell(rows, is_top, is_based_on_good):
    union = make_union(Level.TOP) if is_top else make_union()
    rows = [(paper(number) | row) if is_based_on_good else row for number, row in enumerate(rows)]
    before = Initiative.objects.count()

    found = upload(union, workbook(rows, headers=list(HEADERS)))

    assert found.state in (State.CHECKED, State.REFUSED)
    assert bool(found.refusal or found.problems) == (found.state == State.REFUSED)
    assert all(row >= 4 and sentence.strip() for row, _, _, sentence in found.problems)
    assert Initiative.objects.count() == before


@examples(max_examples=60, deadline=None)
@given(at=st.integers(0, 6000), value=st.binary(min_size=1, max_size=8))
def test_a_file_damaged_anywhere_is_read_or_refused(at, value):
    data = bytearray(good())
    at %= len(data)
    data[at : at + len(value)] = value

    found = look_into(bytes(data))

    assert found.get("refused", "bomb") in REFUSALS
    assert "rows" in found or "refused" in found


@examples(max_examples=30, deadline=None)
@given(xml=st.text(st.sampled_from('<>/="&; \n\tabcAr1:t!-[]?xmlrowscvi'), max_size=200))
def test_a_sheet_of_any_characters_is_read_or_refused(xml):
    assert look_into(changed({SHEET_XML: xml.encode()})).keys() in ({"refused"}, {"rows", "formulas"})
