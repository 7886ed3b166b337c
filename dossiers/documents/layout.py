"""How the site's own forms of papers are laid out: Decree 30/2020 on administrative documents."""

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent
FONT = "Times New Roman"
SIZE = 13
MADE_AT = datetime(2021, 3, 10)  # of no matter, but the same each time


def begun():
    """Return an empty document on A4, in the font of papers."""
    document = Document()
    plain_style(document)
    set_up_page(document)
    return document


def described(document, title):
    """Say in the file what it is, and nothing of where and when it was made."""
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
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


def write_head(document, left_lines, dated):
    """The head of a paper: who issues it on the left, the country on the right.

    The last of `left_lines` stands under the rule, the one before it is bold; `dated` is the line of place and day.
    """
    *unions, number = left_lines
    left, right = side_by_side(document, 72, 93)
    for text in unions[:-1]:
        line(left, text, size=12)
    line(left, unions[-1], size=12, is_bold=True)
    rule(left, 22)
    line(left, number, size=13)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, is_bold=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, is_bold=True)
    rule(right, 15)
    line(right, dated, size=13, is_italic=True)


def write_title(document, title, subject):
    made = paragraph(document, title, align=ALIGN.CENTER, size=14, is_bold=True)
    made.paragraph_format.space_before = Pt(18)
    paragraph(document, subject, align=ALIGN.CENTER, is_bold=True)
    rule(document, 60)


def write_list(document, columns, name, *, size=12):
    """A list: one row an entry of `name`, the header on every page, no row parted that a page can hold.

    Columns are (header, width in millimetres, text, whether it is centred); 165 mm in all between the margins.
    """
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    lay_out(table, [width for _, width, _, _ in columns])
    for number, (header, _, variable, is_centred) in enumerate(columns):
        line(table.cell(0, number), header, size=size, is_bold=True)
        line(table.cell(2, number), variable, size=size, align=ALIGN.CENTER if is_centred else ALIGN.LEFT)
    for row, tag in ((1, f"{{%tr for muc in {name} %}}"), (3, "{%tr endfor %}")):
        line(table.cell(row, 0), tag, size=size)
    for row, tag in ((0, "w:tblHeader"), (0, "w:cantSplit"), (2, "w:cantSplit")):
        table.rows[row]._tr.get_or_add_trPr().append(OxmlElement(tag))
    paragraph(document, "")


def write_foot(document, receivers, signatures):
    """Who receives it, on the left, and who signs, on the right."""
    left, right = side_by_side(document, 75, 90)
    line(left, "Nơi nhận:", size=12, is_bold=True, is_italic=True, align=ALIGN.LEFT)
    for receiver in receivers:
        line(left, receiver, size=11, align=ALIGN.LEFT)
    sign(right, signatures)


def sign(cell, signatures):
    """Offices in bold, room for the hand, a name."""
    *offices, name = signatures
    for office in offices:
        line(cell, office, is_bold=True)
    for _ in range(4):
        line(cell, "")
    line(cell, name, is_bold=True)


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
