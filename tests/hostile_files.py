"""Files that want to break the reader of workbooks, made by code: name → bytes, and the word for why it is refused."""

import io
import zipfile
import zlib

from openpyxl.utils import get_column_letter

from tests.papers import book_of, content_of, paper, workbook

CONTENT_TYPES = "[Content_Types].xml"
SHEET_XML = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
MEGABYTE = 1024 * 1024


def good():
    return workbook([paper()])


def changed(replace=None, add=None, leave_out=(), content=None):
    """A workbook with members replaced ({name: bytes or a function of the old bytes}), added or left out."""
    replace, add = replace or {}, add or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or good())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in leave_out:
                continue
            data = old.read(name)
            change = replace.get(name)
            new.writestr(name, change(data) if callable(change) else change if change is not None else data)
        for name, data in add.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet(rows, before=""):
    """The XML of a sheet with these rows (XML)."""
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def cell_at(place, text="x"):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def far_corner():
    return changed({SHEET_XML: sheet(f'<row r="1048576">{cell_at("XFD1048576")}</row>')})


def merged_far():
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD20000"/></mergeCells>'
    return changed({SHEET_XML: lambda old: old.replace(b"</sheetData>", merged)})


def many_far_rows():
    return changed({SHEET_XML: sheet("".join(f'<row r="{n}">{cell_at(f"A{n}")}</row>' for n in range(1, 7000)))})


def wide_rows():
    cells = "".join(cell_at(f"{get_column_letter(n)}1") for n in range(1, 16385))
    return changed({SHEET_XML: sheet(f'<row r="1">{cells}</row>')})


def with_strings(strings, sheet_xml=None):
    """A workbook whose cells show strings of one table, as Excel writes it."""
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s.sharedStrings+xml"/></Types>' % TYPE
    replace = {CONTENT_TYPES: lambda old: old.replace(b"</Types>", part)}
    return changed(replace | ({SHEET_XML: sheet_xml} if sheet_xml else {}), {"xl/sharedStrings.xml": strings})


def one_long_string():
    return with_strings(b" " * (60 * MEGABYTE))


def one_long_string_that_lies():
    """The directory says one kilobyte, the data unpack to 20 MB."""
    data = with_strings(b" " * (20 * MEGABYTE))
    size = (20 * MEGABYTE).to_bytes(4, "little")
    return data.replace(size, (1024).to_bytes(4, "little"))


def one_string_many_times():
    """A string of 30 KB that a thousand cells show."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{"dài " * 8000}</t></si></sst>'.encode()
    row = "".join(f'<c r="{get_column_letter(n)}{{0}}" t="s"><v>0</v></c>' for n in range(1, 51))
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 20))
    return with_strings(strings, sheet(rows))


def many_fonts():
    """Styles of 13 MB become objects of 300 MB."""
    fonts = "".join(f'<font><sz val="{number}"/></font>' for number in range(450_000))
    return changed({"xl/styles.xml": lambda old: old.replace(b"</fonts>", fonts.encode() + b"</fonts>")})


def deep():
    return changed({SHEET_XML: sheet("<row>" * 100_000)})


def laughs(name):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{lines}]>'.encode()
    return changed({name: lambda old: doctype + old.replace(b'<?xml version="1.0"?>', b"")})


def external_entity():
    text = cell_at("A1", "&x;")
    return changed({SHEET_XML: sheet(text, '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')})


def utf16_doctype():
    text = sheet("", "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE w []>").decode()
    return changed({SHEET_XML: text.encode("utf-16")})


def other_encoding():
    return changed({SHEET_XML: sheet("", "<?xml version='1.0' encoding='utf-7'?>")})


def many_members():
    return changed(add={f"xl/media/{n}.png": b"" for n in range(10_000)})


def wrong_sum():
    data = bytearray(good())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo(SHEET_XML)
    at = data.index((info.CRC).to_bytes(4, "little"))
    data[at] ^= 0xFF
    at = data.index((info.CRC).to_bytes(4, "little"))
    data[at] ^= 0xFF
    return bytes(data)


def nested_zip():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * MEGABYTE)
    return changed(add={"xl/thing.bin": inner.getvalue()})


def encrypted_flag():
    data = bytearray(good())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def xlsm():
    return changed(
        {CONTENT_TYPES: lambda old: old.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")},
    )


def word_document():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(CONTENT_TYPES, "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return out.getvalue()


def twice_the_same_member():
    return changed(add={SHEET_XML + "x": sheet("")}).replace((SHEET_XML + "x").encode(), (SHEET_XML + "l").encode())


def no_sheet():
    return changed({"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()})


def formulas():
    book = book_of([paper(1), paper(2, title="=1+1", phone='=HYPERLINK("http://x")')])
    return content_of(book)


# Name → (bytes, the word of the reader for it; None where the file is read and the rules of rows refuse it).
FILES = {
    "empty zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "not_xlsx"),
    "CSV renamed": (lambda: "Họ và tên;Số điện thoại\nAn;0912".encode("utf-16"), "not_xlsx"),
    "HTML renamed": (lambda: b"<html><table></table></html>", "not_xlsx"),
    "PDF renamed": (lambda: b"%PDF-1.7 ...", "not_xlsx"),
    "Word document": (word_document, "not_xlsx"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "encrypted member": (encrypted_flag, "encrypted"),
    "macros": (lambda: changed(add={"xl/vbaProject.bin": b"\xd0\xcf"}), "macros"),
    "macros by type": (xlsm, "macros"),
    "old macros": (lambda: changed(add={"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    "embedded file": (lambda: changed(add={"xl/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "nested zip": (nested_zip, "embedded"),
    "long string": (one_long_string, "bomb"),
    "long string that lies": (one_long_string_that_lies, "broken"),
    "ratio": (lambda: changed(add={"xl/media/a.png": b"\0" * (30 * MEGABYTE)}), "bomb"),
    "many members": (many_members, "bomb"),
    "one string many times": (one_string_many_times, "too_much_text"),
    "many fonts": (many_fonts, "bomb"),
    "deep": (deep, "broken"),
    "billion laughs": (lambda: laughs(SHEET_XML), "doctype"),
    "billion laughs in the styles": (lambda: laughs("xl/styles.xml"), "doctype"),
    "external entity": (external_entity, "doctype"),
    "document type in UTF-16": (utf16_doctype, "doctype"),
    "another encoding": (other_encoding, "doctype"),
    "wrong sum": (wrong_sum, "broken"),
    "cut off": (lambda: good()[:-200], "broken"),
    "cut in two": (lambda: good()[:2000], "broken"),
    "noise": (lambda: b"PK\x03\x04" + zlib.compress(b"x" * 5000) * 20, "broken"),
    "no sheet": (no_sheet, "broken"),
    "no workbook": (lambda: changed(leave_out={"xl/workbook.xml"}), "not_xlsx"),
    "sheet missing": (lambda: changed(leave_out={SHEET_XML}), "broken"),
    "sheet is no XML": (lambda: changed({SHEET_XML: b"nothing"}), "broken"),
    "wrong string number": (
        lambda: changed({SHEET_XML: sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')}),
        "broken",
    ),
    "rows without end": (many_far_rows, "too_many_rows"),
    "far corner": (far_corner, None),
    "merged far": (merged_far, None),
    "wide rows": (wide_rows, None),
    "formulas": (formulas, None),
}
