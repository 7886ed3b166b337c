"""Fill in a letter's template, a DOCX from outside, in a bounded process of its own (`config.child`).

What people typed is literal: no template language, no markup in it is ever read. Run as
`python -m dossiers.letter_filling` with one JSON object on standard input: {"template" (base64), "values", "trial"};
prints {"document" (base64)} or {"problem", "detail"}.
"""

import base64
import html
import io
import json
import zipfile

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment, SecurityError
from lxml import etree
from markupsafe import Markup

from config import child
from config.text import clean
from dossiers.docx_check import WORD, problem_of

MOST_MEMORY = 600 * 1024 * 1024
MOST_CPU_SECONDS = 10
LONGEST_DOCUMENT = 8 * 1024 * 1024
# Half a page of a column three centimetres wide.
LINES_KEPT_TOGETHER, CHARACTERS_A_LINE = 30, 12
# Of the template language only what a letter needs: nothing that makes markup, nothing that loops without the list.
FILTERS = {"upper", "lower", "capitalize", "trim", "length", "first", "last", "join", "default", "replace"}
TEXT = {f"{WORD}{name}" for name in ("t", "instrText", "delText", "delInstrText")}


def fill(template, values, *, is_trial=False):
    """Return {"document": bytes} or {"problem": code, "detail": text}; a trial also refuses names that do not exist."""
    if problem := problem_of(template):
        return {"problem": problem, "detail": ""}
    try:
        document = filled(template, values, is_trial=is_trial)
    except UndefinedError as error:
        return {"problem": "unknown_variable", "detail": str(error)}
    except SecurityError as error:
        return {"problem": "unsafe", "detail": str(error)}
    except TemplateError as error:
        return {"problem": "wrong_syntax", "detail": str(error)}
    except etree.XMLSyntaxError:
        return {"problem": "misplaced", "detail": ""}
    except Exception:  # a hostile file breaks the parsers in many ways; each is the same answer
        return {"problem": "broken", "detail": ""}
    if is_trial and has_stray_text(document):
        return {"problem": "misplaced", "detail": ""}
    # Once more: what a template spells out only when it is filled in counts too.
    problem = "broken" if len(document) > LONGEST_DOCUMENT else problem_of(document)
    return {"problem": problem, "detail": ""} if problem else {"document": document}


class StrictTemplate(DocxTemplate):
    def fix_tables(self, xml):
        """Refuse what is not well formed: the library itself would mend it by leaving things out."""
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
        return super().fix_tables(xml)


def filled(template, values, *, is_trial):
    environment = SandboxedEnvironment(
        undefined=StrictUndefined if is_trial else ChainableUndefined, finalize=literal, autoescape=True
    )
    environment.globals = {}
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    document = StrictTemplate(io.BytesIO(template))
    document.render(values, environment, autoescape=True)
    part_high_rows(document.docx.element.body)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def part_high_rows(body):
    """Let pages part a row that may be higher than one: where it must not be parted, its last lines are lost."""
    for row in body.iter(f"{WORD}tr"):
        if any(lines_in(cell) > LINES_KEPT_TOGETHER for cell in row.iter(f"{WORD}tc")):
            for mark in list(row.iter(f"{WORD}cantSplit")):
                mark.getparent().remove(mark)


def lines_in(cell):
    """Return how many lines the text of a cell takes where its column is narrow."""
    texts = [line for paragraph in cell.iter(f"{WORD}p") for line in paragraph.text.split("\n")]
    return sum(1 + len(text) // CHARACTERS_A_LINE for text in texts)


def literal(value):
    """Return a value as XML text; "_" is written as a reference since the library reads "{_{" as "{{" afterwards."""
    return Markup(html.escape(clean(str(value))).replace("_", "&#95;"))  # noqa: S704 (escaped here)


def has_stray_text(document):
    """Tell whether text stands where Word has none, which it answers with "unreadable content"."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    return any(
        (element.tag.startswith(WORD) and element.tag not in TEXT and (element.text or "").strip())
        or (element.tail or "").strip()
        for element in body.iter(etree.Element)
    )


if __name__ == "__main__":
    child.limit(MOST_MEMORY, MOST_CPU_SECONDS)
    asked = json.loads(child.given())
    found = fill(base64.b64decode(asked["template"]), asked["values"], is_trial=asked["trial"])
    if "document" in found:
        found["document"] = base64.b64encode(found["document"]).decode()
    child.say(found)
