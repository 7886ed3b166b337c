"""How tests read a PDF: the words of each page, through the fonts' own tables, and nothing but pikepdf."""

import io
import re

import pikepdf

CODES = rb"<([0-9A-Fa-f ]+)>"
RANGE = re.compile(CODES + rb"\s*" + CODES + rb"\s*" + CODES)
PAIR = re.compile(CODES + rb"\s*" + CODES)


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def words_of(content):
    """Return the letters of each page without spaces: [text of the first page, …]."""
    with opened(content) as pdf:
        return [page_text(page) for page in pdf.pages]


def page_text(page):
    tables = {name: letters_of(font) for name, font in page.resources.Font.items()}
    found, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            shown = operands[0] if str(operator) == "TJ" else [operands[0]]
            for part in shown:
                if isinstance(part, pikepdf.String):
                    glyphs = bytes(part)
                    found += [table.get(glyphs[at : at + 2], "\ufffd") for at in range(0, len(glyphs), 2)]
    return re.sub(r"[\s\u200b]+", "", "".join(found))


def letters_of(font):
    """Return {code of a glyph: its letters} of a font's ToUnicode table."""
    table, source = {}, font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        table |= {of_hex(code): of_hex(letters).decode("utf-16-be") for code, letters in PAIR.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, letter in RANGE.findall(block):
            start = int.from_bytes(of_hex(first), "big")
            for code in range(start, int.from_bytes(of_hex(last), "big") + 1):
                number = int.from_bytes(of_hex(letter), "big") + code - start
                table[code.to_bytes(2, "big")] = chr(number)
    return table


def of_hex(text):
    return bytes.fromhex(text.decode().replace(" ", ""))
