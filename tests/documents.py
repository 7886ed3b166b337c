"""What the tests of a dossier's papers share: DOCX files as Word would save them, and how they read."""

import io
import zipfile

from docx import Document

from dossiers.letter_templates import lay_down
from dossiers.models import PaperKind
from dossiers.paper_forms import FORMS
from tests.factories import make_plan, make_user

PROFILE = {
    "parent_line": "Liên đoàn Lao động tỉnh Thái Nguyên",
    "own_line": "Liên đoàn Lao động huyện Đại Từ",
    "abbreviation": "LĐLĐ",
    "place": "Đại Từ",
    "committee": "STANDING",
    "signer_title": "CHAIR",
    "signer": "Trần Văn Bình",
}


def make_template(plan=None):
    """The site's own form, laid down for a plan."""
    return lay_down(plan or make_plan(), FORMS[PaperKind.PROPOSAL].shipped.read_bytes(), by=make_user())


def a_docx(*paragraphs, cells=()):
    """The bytes of a DOCX with these paragraphs, and these texts in a table of one column, a row each."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(rows=len(cells), cols=1)
        for row, text in zip(table.rows, cells, strict=True):
            row.cells[0].text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def repacked(content, changes=(), **new):
    """The same archive with parts changed ({name: bytes}, or None to leave one out) or added."""
    changes = dict(changes) | new
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in old.namelist():
            part = changes.pop(name, old.read(name))
            if part is not None:
                fresh.writestr(name, part)
        for name, part in changes.items():
            fresh.writestr(name, part)
    return out.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def texts_of(content):
    """All that a DOCX says in its body, tables too, a paragraph a line."""
    body = Document(io.BytesIO(content)).element.body
    return ["".join(run_text(node) for node in paragraph.iter()) for paragraph in body.iter(tag("p"))]


def run_text(node):
    return {tag("t"): node.text or "", tag("br"): "\n", tag("tab"): "\t"}.get(node.tag, "")


def tag(name):
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
