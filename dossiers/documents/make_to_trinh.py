"""Make to-trinh.docx, the site's own form of the proposal letter, by Decree 30/2020 on administrative documents.

Run `python -m dossiers.documents.make_to_trinh` after a change here and commit both; a test compares them.
"""

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
SIZE = 13
MADE_AT = datetime(2021, 3, 10)  # of no matter, but the same each time
# Header, width in millimetres, variable, whether it is centred; 165 mm in all between the margins.
COLUMNS = [
    ("STT", 13, "{{ muc.stt }}", True),
    ("Tên sáng kiến", 36, "{{ muc.ten }}", False),
    ("Tác giả", 30, "{{ muc.tac_gia }}", False),
    ("Chức vụ, đơn vị", 34, "{{ muc.don_vi }}", False),
    ("Lĩnh vực", 23, "{{ muc.linh_vuc }}", False),
    ("Mã", 29, "{{ muc.ma }}", True),
]
BASIS = [
    "Căn cứ Kế hoạch số {{ so_ke_hoach }} {{ ngay_ke_hoach }} của {{ noi_nhan }} về triển khai Chương trình "
    "“{{ chuong_trinh }}”;",
    "Căn cứ kết quả rà soát các sáng kiến của đoàn viên, công chức, viên chức, người lao động đã cập nhật trên phần "
    "mềm quản lý sáng kiến.",
]
REQUEST = (
    "{{ ban }} {{ ten_cong_doan }} kính trình {{ noi_nhan }} xem xét, khen thưởng và đề nghị Tổng Liên đoàn Lao động "
    "Việt Nam biểu dương {{ so_sang_kien }} sáng kiến, xếp theo thứ tự ưu tiên sau đây:"
)
CLOSING = [
    "Nội dung từng sáng kiến có trong Bảng tổng hợp tóm tắt sáng kiến gửi kèm theo Tờ trình này (mã đối chiếu với phần "
    "mềm: {{ ma_doi_chieu }}). {{ ban }} {{ ten_cong_doan }} chịu trách nhiệm về tính chính xác của các thông tin nêu "
    "trên.",
    "Kính đề nghị {{ noi_nhan }} xem xét, quyết định./.",
]


def make():
    """Return the template as a python-docx document."""
    document = Document()
    plain_style(document)
    set_up_page(document)
    write_head(document)
    for text in BASIS:
        paragraph(document, text, indent=True, is_italic=True)
    paragraph(document, REQUEST, indent=True)
    write_list(document)
    for text in CLOSING:
        last = paragraph(document, text, indent=True)
    last.paragraph_format.keep_with_next = True  # a signature never stands alone on a page
    write_foot(document)
    about = document.core_properties
    about.title, about.author, about.comments = "Tờ trình", "", ""
    about.created = about.modified = MADE_AT
    return document


def plain_style(document):
    """Times New Roman in every script, Vietnamese for the spelling check, no space of Word's own."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    fonts = style.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1


def set_up_page(document):
    """A4, margins of the decree; the number of the page in the middle above, from the second page on."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    top = section.header.paragraphs[0]
    top.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    top._p.append(field)


def write_head(document):
    left, right = side_by_side(document, 72, 93)
    line(left, "{{ cong_doan_cap_tren }}", size=12)
    line(left, "{{ cong_doan }}", size=12, is_bold=True)
    rule(left, 22)
    line(left, "Số: {{ so_to_trinh }}", size=13)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, is_bold=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, is_bold=True)
    rule(right, 15)
    line(right, "{{ dia_danh }}, {{ ngay_to_trinh }}", size=13, is_italic=True)
    title = paragraph(document, "TỜ TRÌNH", align=ALIGN.CENTER, size=14, is_bold=True)
    title.paragraph_format.space_before = Pt(18)
    subject = "Về việc đề nghị xét chọn sáng kiến\ntrong Chương trình “{{ chuong_trinh }}”"
    paragraph(document, subject, align=ALIGN.CENTER, is_bold=True)
    rule(document, 60)
    addressed = paragraph(document, "Kính gửi: {{ noi_nhan }}\n(qua Ban Chính sách pháp luật)", align=ALIGN.CENTER)
    addressed.paragraph_format.space_before = addressed.paragraph_format.space_after = Pt(12)


def write_list(document):
    """The list: one row an initiative, the header on every page, no row parted that a page can hold."""
    table = document.add_table(rows=4, cols=len(COLUMNS), style="Table Grid")
    lay_out(table, [width for _, width, _, _ in COLUMNS])
    for number, (header, _, variable, is_centred) in enumerate(COLUMNS):
        line(table.cell(0, number), header, size=12, is_bold=True)
        line(table.cell(2, number), variable, size=12, align=ALIGN.CENTER if is_centred else ALIGN.LEFT)
    for row, tag in ((1, "{%tr for muc in sang_kien %}"), (3, "{%tr endfor %}")):
        line(table.cell(row, 0), tag, size=12)
    for row, name in ((0, "w:tblHeader"), (0, "w:cantSplit"), (2, "w:cantSplit")):
        table.rows[row]._tr.get_or_add_trPr().append(OxmlElement(name))
    paragraph(document, "")


def write_foot(document):
    left, right = side_by_side(document, 75, 90)
    line(left, "Nơi nhận:", size=12, is_bold=True, is_italic=True, align=ALIGN.LEFT)
    for receiver in ("- Như trên;", "- Lưu: VT."):
        line(left, receiver, size=11, align=ALIGN.LEFT)
    line(right, "{{ thay_mat }}", is_bold=True)
    line(right, "{{ chuc_vu_nguoi_ky }}", is_bold=True)
    for _ in range(4):
        line(right, "")
    line(right, "{{ nguoi_ky }}", is_bold=True)


def side_by_side(document, *widths):
    """Return the cells of a row without lines that stays on one page; widths in millimetres."""
    table = document.add_table(rows=1, cols=len(widths))
    lay_out(table, widths)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table.rows[0].cells


def lay_out(table, widths):
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def paragraph(document, text, *, align=ALIGN.JUSTIFY, indent=False, **style):
    made = document.add_paragraph()
    made.alignment = align
    if indent:
        made.paragraph_format.first_line_indent = Mm(10)
        made.paragraph_format.space_after = Pt(6)
    write(made, text, **style)
    return made


def line(cell, text, *, align=ALIGN.CENTER, **style):
    """Add a paragraph to a cell; the first one takes the empty one that each cell has."""
    first = cell.paragraphs[0]
    made = cell.add_paragraph() if first.runs else first
    made.alignment = align
    write(made, text, **style)
    return made


def write(made, text, *, size=SIZE, is_bold=False, is_italic=False):
    run = made.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), is_bold, is_italic


def rule(holder, indent):
    """Draw a short line: the upper border of an empty paragraph, moved in from both sides by millimetres."""
    made = holder.add_paragraph()
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(indent)
    made.paragraph_format.space_before, made.paragraph_format.line_spacing = Pt(2), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    made._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


if __name__ == "__main__":
    make().save(Path(__file__).parent / "to-trinh.docx")
