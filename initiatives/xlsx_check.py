"""What a workbook is judged by before anything parses it: its first bytes, its directory, its raw XML.

Every refusal is a word; `import_file.py` has the sentence for each. Runs in the child process of `import_reading`.
"""

import io
import re
import zipfile
from zipfile import ZipFile

MOST_MEMBERS = 200
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 200
FREE_OF_RATIO = 1024 * 1024
BLOCK = 1024 * 1024

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
MACROS = re.compile(r"vbaproject|macrosheets/|activex/", re.IGNORECASE)
EMBEDDED = re.compile(r"embeddings/|\.(zip|jar|docx?|xls[xmb]?|exe|dll|js|vbs)$", re.IGNORECASE)
XML = (".xml", ".rels", ".vml")
DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']""")
# Entities are declared in a document type only, and no program writes one into a workbook.
DOCTYPE = b"<!DOCTYPE"


class Refused(Exception):
    """The file is not taken; the argument is the word for why."""


def refuse_unfit(content):
    """Raise Refused unless these bytes are a plain, moderate .xlsx workbook."""
    if content.startswith(OLE_START):
        raise Refused("encrypted" if ENCRYPTED in content else "old_excel")
    if not content.startswith(ZIP_START):
        raise Refused("not_xlsx")
    if announced_members(content) > MOST_MEMBERS:
        raise Refused("bomb")
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            refuse_unfit_directory(archive.infolist())
            for member in archive.infolist():
                refuse_unfit_member(archive, member)
    except Refused:
        raise
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError) as error:
        raise Refused("broken") from error
    except Exception as error:  # zlib, lzma and struct have errors of their own
        raise Refused("broken") from error


def announced_members(content):
    """Return how many members the directory's end announces, before the directory is read into memory."""
    end = content.rfind(b"PK\x05\x06")
    return int.from_bytes(content[end + 10 : end + 12], "little") if end >= 0 else 0


def refuse_unfit_directory(members):
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or len(names) != len(set(names)):
        raise Refused("bomb")
    if any(MACROS.search(name) for name in names):
        raise Refused("macros")
    if not set(names) >= NEEDED:
        raise Refused("not_xlsx")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("encrypted")
    if any(EMBEDDED.search(name) for name in names):
        raise Refused("embedded")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("bomb")
    if any(m.file_size > FREE_OF_RATIO and m.file_size > MOST_RATIO * max(1, m.compress_size) for m in members):
        raise Refused("bomb")


def refuse_unfit_member(archive, member):
    """Read a member to its end, which checks its sum, and look for what no workbook has."""
    is_xml = member.filename.lower().endswith(XML)
    read, tail = 0, b""
    with archive.open(member) as file:
        while block := file.read(BLOCK):
            if not read:
                refuse_unfit_start(block, is_xml)
            read += len(block)
            if is_xml and (DOCTYPE in tail + block or b"\0" in block):
                raise Refused("doctype")
            if member.filename == "[Content_Types].xml" and b"macroEnabled" in block:
                raise Refused("macros")
            tail = block[-len(DOCTYPE) :]
    if read != member.file_size:
        raise Refused("broken")


def refuse_unfit_start(block, is_xml):
    if block.startswith((ZIP_START, OLE_START, b"MZ")):
        raise Refused("embedded")
    declared = DECLARED_ENCODING.match(block.removeprefix(b"\xef\xbb\xbf")) if is_xml else None
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise Refused("doctype")
