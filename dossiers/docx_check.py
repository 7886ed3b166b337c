"""Judge a DOCX by its parts before anything opens it: no macros, no embedded files, nothing that is fetched."""

import io
import re
import zipfile

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOST_PARTS = 200
MOST_UNPACKED = 20 * 1024 * 1024
# Everything that runs or embeds (vbaProject.bin, oleObject.bin, an .xlsx, an .htm as altChunk) ends otherwise.
ENDINGS = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".odttf")
NEEDED = {"[Content_Types].xml", "word/document.xml"}
HARMLESS_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
UNSAFE_RELATIONS = ("/aFChunk", "/oleObject", "/package", "/control", "/attachedTemplate", "/frame", "/subDocument")
# Fields that fetch or run, looked for in all fields of a part written together: Word joins what is split into runs.
UNSAFE_FIELD = re.compile(r"DDE|INCLUDE|IMPORT|MACROBUTTON|DATABASE|(?<!HYPER)LINK")


def problem_of(content):
    """Return what is wrong with a DOCX's bytes: "wrong_type", "broken", "unsafe", or "" for nothing."""
    if not content.startswith(b"PK\x03\x04"):
        return "wrong_type"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
                return "broken"
            names = {member.filename for member in members}
            if len(names) < len(members):
                return "broken"
            if not names >= NEEDED:
                return "wrong_type"
            return problem_of_parts(archive, members)
    except Exception:  # a hostile archive breaks the parsers in many ways; each is the same answer
        return "broken"


def problem_of_parts(archive, members):
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        return "unsafe"
    if DOCUMENT_TYPE not in types:
        return "wrong_type"
    names = [member.filename for member in members if not member.is_dir()]
    if not all(name.lower().endswith(ENDINGS) for name in names):
        return "unsafe"
    for name in names:
        if name.endswith((".xml", ".rels")) and (problem := problem_of_xml(name, archive.read(name))):
            return problem
    return ""


def problem_of_xml(name, xml):
    if b"<!DOCTYPE" in xml or b"\0" in xml:  # Word has none either; UTF-16 would hide one
        return "unsafe"
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    if name.endswith(".rels"):
        return "unsafe" if any(is_unsafe_relation(relation) for relation in tree) else ""
    fields = [e.text or e.get(f"{WORD}instr", "") for e in tree.iter(f"{WORD}instrText", f"{WORD}fldSimple")]
    return "unsafe" if UNSAFE_FIELD.search("".join("".join(fields).split()).upper()) else ""


def is_unsafe_relation(relation):
    if relation.get("Type", "").endswith(UNSAFE_RELATIONS):
        return True
    is_link = relation.get("Type", "").endswith("/hyperlink")
    is_outside = relation.get("TargetMode") == "External"
    return is_outside and not (is_link and HARMLESS_LINK.match(relation.get("Target", "")))
