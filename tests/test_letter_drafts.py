"""The letter as Word reads it: made from the dossier, in the form of Vietnamese papers, typed text literal."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from dossiers import apart, paper_forms
from dossiers.documents.make_to_trinh import make
from dossiers.letter_drafts import draft_letter, values_of
from dossiers.marks import mark_of
from dossiers.models import DossierEntry, PaperKind
from dossiers.paper_forms import ENTRY, FORMS
from dossiers.summary_table import table_content
from tests.documents import a_docx, make_template, part_of, texts_of
from tests.factories import make_complete, make_dossier, make_filed, make_staff, make_union
from tests.pages import says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORM = FORMS[PaperKind.PROPOSAL]
HOSTILE = "{{7*7}} {% for x in y %}{_{ 7 }_} <w:p/> & ]]> </w:t> &amp; {{r a}} {#x#} _x000D_"


def entries_of(dossier):
    return list(dossier.entries.standing().select_related("initiative"))


def letter_of(dossier):
    return draft_letter(dossier, entries_of(dossier))[0]


def make_letter(entries=2):
    dossier = make_complete(make_dossier(make_union(name="LĐLĐ huyện Đại Từ"), entries=entries))
    return dossier, texts_of(letter_of(dossier))


def test_it_says_what_a_letter_says_in_the_order_of_a_letter():
    dossier, texts = make_letter()
    top = dossier.plan.union.name.replace("LĐLĐ", "Liên đoàn Lao động")

    wanted = [
        top.upper(),
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN ĐẠI TỪ",
        "Số: 12/TTr-LĐLĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đại Từ, ngày 05 tháng 4 năm 2021",
        "TỜ TRÌNH",
        f"Kính gửi: {top}\n(qua Ban Chính sách pháp luật)",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. BAN THƯỜNG VỤ",
        "CHỦ TỊCH",
        "Trần Văn Bình",
    ]
    assert [text for text in texts if text in wanted] == wanted
    basis = next(text for text in texts if text.startswith("Căn cứ Kế hoạch"))
    assert basis.startswith(f"Căn cứ Kế hoạch số 71/LĐLĐ ngày 05 tháng 3 năm 2021 của {top} về")
    assert any("biểu dương 02 sáng kiến, xếp theo thứ tự ưu tiên" in text for text in texts)


@pytest.mark.parametrize("entries", [0, 1, 3])
def test_the_list_has_a_row_an_entry_in_order(entries):
    dossier, _ = make_letter(entries)

    table = Document(io.BytesIO(letter_of(dossier))).tables[1]

    assert [cell.text for cell in table.rows[0].cells] == [
        "STT", "Tên sáng kiến", "Tác giả", "Chức vụ, đơn vị", "Lĩnh vực", "Mã",
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows == [
        [str(e.rank), e.title, e.authors, e.position, e.get_field_display(), e.initiative.shown_code]
        for e in entries_of(dossier)
    ]


def test_it_is_a4_with_the_margins_and_the_font_of_the_decree():
    dossier, _ = make_letter()
    content = letter_of(dossier)

    page = Document(io.BytesIO(content)).sections[0]

    sides = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(side / Mm(1)) for side in sides] == [210, 297, 20, 20, 30, 15]
    fonts = Document(io.BytesIO(content)).styles["Normal"].element.rPr.rFonts
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert b"w:rFonts" not in part_of(content, "word/document.xml")


def test_its_archive_is_whole_and_has_each_part_once():
    dossier, _ = make_letter()

    with zipfile.ZipFile(io.BytesIO(letter_of(dossier))) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())


def test_what_people_typed_is_literal_wherever_it_stands():
    dossier = make_complete(make_dossier(entries=1))
    DossierEntry.objects.filter(dossier=dossier).update(title=HOSTILE, authors=f"a\n{HOSTILE}", position=HOSTILE)
    dossier.signer = dossier.letter_number = dossier.plan.number = dossier.plan.campaign.name = HOSTILE

    texts = texts_of(letter_of(dossier))

    assert {HOSTILE, f"a\n{HOSTILE}", f"Số: {HOSTILE}"} <= set(texts)
    assert sum(HOSTILE in text for text in texts) == 7  # the title and the basis name the programme
    assert not any(re.search(r"(?<!\w)49(?!\w)", text) for text in texts)


@pytest.mark.parametrize("bad", ["a\x0bb", "a\x00b", "a\ufffeb", "a\ud800b", "a\x07b", "a\x0cb", "a\x1bb"])
def test_characters_that_no_document_may_hold_are_left_out(bad):
    dossier = make_dossier(entries=1)
    (entry,) = entries_of(dossier)
    entry.title = dossier.signer = bad

    texts = texts_of(draft_letter(dossier, [entry])[0])

    assert texts.count("ab") == 2


def test_the_mark_stands_in_the_letter_as_in_the_table():
    dossier, texts = make_letter()

    mark = mark_of(table_content(entries_of(dossier)))

    assert sum(mark in text for text in texts) == 1


def test_every_name_that_is_told_is_given_and_the_other_way_round():
    values = values_of(*(lambda dossier: (dossier, entries_of(dossier)))(make_dossier(entries=1)))

    assert set(values) == set(FORM.variables)
    assert set(values["sang_kien"][0]) == set(ENTRY)


def test_the_shipped_form_is_what_its_script_makes():
    fresh = io.BytesIO()
    make().save(fresh)

    for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml", "word/header1.xml"):
        assert part_of(FORM.shipped.read_bytes(), part) == part_of(fresh.getvalue(), part)


@pytest.mark.letter_child
def test_a_process_of_its_own_makes_the_same_letter():
    dossier, texts = make_letter(1)

    assert paper_forms.fill is apart.fill
    assert texts_of(letter_of(dossier)) == texts


# Whose form


def test_the_form_that_the_plan_lays_down_last_is_filled_in():
    dossier = make_dossier(entries=1)
    make_template(dossier.plan)
    template = make_template(dossier.plan)
    template.file.storage.delete(template.file.name)
    with template.file.storage.open(template.file.name, "wb") as file:
        file.write(a_docx("Mẫu của tỉnh: {{ so_sang_kien }} sáng kiến, {{ khong_co }}"))

    content, name = draft_letter(dossier, entries_of(dossier))

    assert texts_of(content) == ["Mẫu của tỉnh: 01 sáng kiến, "]
    assert name == "to-trinh"


def test_a_form_that_fails_leaves_no_union_without_a_letter(caplog):
    dossier = make_dossier(entries=1)
    template = make_template(dossier.plan)
    template.file.storage.delete(template.file.name)
    with template.file.storage.open(template.file.name, "wb") as file:
        file.write(a_docx("{{ 1 / 0 }}"))

    content, name = draft_letter(dossier, entries_of(dossier))

    assert "TỜ TRÌNH" in texts_of(content)
    assert name == "to-trinh-mau-chung"
    assert "cannot be filled in" in caplog.text


# The page


def test_the_letter_is_handed_out_at_any_time_with_a_note_where_something_lacks():
    dossier = make_dossier(make_union(name="LĐLĐ huyện Đại Từ"))
    client = signed_in(make_staff(dossier.union))

    page = client.get(dossier.get_absolute_url())
    answer = client.get(reverse("letter_draft", args=[dossier.pk]))

    assert "phần chưa có được để chấm trong tờ trình" in says(page)
    assert answer["Content-Disposition"] == 'attachment; filename="to-trinh-LDLD-huyen-Dai-Tu.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "Số: ……/TTr-LĐLĐ" in texts_of(answer.content)


def test_a_filed_dossier_has_its_letter_too_and_no_note():
    dossier = make_filed()
    client = signed_in(make_staff(dossier.union))

    assert "để chấm trong tờ trình" not in says(client.get(dossier.get_absolute_url()))
    assert client.get(reverse("letter_draft", args=[dossier.pk])).status_code == 200


@pytest.mark.parametrize(("lines", "kept"), [(29, True), (30, True), (31, False)])
def test_a_row_that_may_be_higher_than_a_page_may_be_parted_and_no_other(lines, kept):
    dossier = make_dossier(entries=2)
    dossier.entries.filter(rank=1).update(authors="\n".join(["Lê An"] * lines))

    body = Document(io.BytesIO(letter_of(dossier))).element.body

    rows = [row for row in body.iter(qn("w:tr")) if re.search("Lê An|Hoà", "".join(row.itertext()))]
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [kept, True]
