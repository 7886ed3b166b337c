"""Guides are written once, in docs/, and shown inside the site: the few parts of Markdown that they use, as HTML.

Nothing that anybody typed comes here: the texts are files of the project.
"""

import re
from html import escape

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from config.settings import BASE_DIR
from config.text import fold

FOLDER = BASE_DIR / "docs" / "huong-dan"
STATIC = "../../static/"
INLINE = [
    (r"`([^`]+)`", r"<code>\1</code>"),
    (r"\*\*(.+?)\*\*", r"<strong>\1</strong>"),
    (r"\*(\w[^*]*\w)\*", r"<em>\1</em>"),
    (r"\[([^\]]+)\]\(([\w-]+)\.md\)", lambda found: f'<a href="{reverse("guide_of", args=[found[2]])}">{found[1]}</a>'),
    (r"\[([^\]]+)\]\((#[\w-]+)\)", r'<a href="\2">\1</a>'),
]
PICTURE = re.compile(r"!\[([^\]]*)\]\((\S+)\)")
ITEM = re.compile(r"^(?:[-*]|\d+\.) +")


def guides():
    """Return the names of all guides."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def guide(name):
    """Return (title, HTML of the rest) of a guide; `name` is one of `guides()`."""
    first, _, rest = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return first.lstrip("# "), mark_safe(html_of(rest))  # noqa: S308 (our own file, and escaped)


def html_of(text):
    return "\n".join(block_of(block) for block in re.split(r"\n{2,}", text.strip()) if block)


def block_of(block):
    """Return one block, set apart by empty lines, as HTML."""
    if heading := re.match(r"(#{2,3}) (.+)", block):
        level, words = len(heading[1]), heading[2]
        below = block[heading.end() :].strip()
        part = f'<h{level} id="{anchor_of(words)}">{inline(words)}</h{level}>'
        return part + (block_of(below) if below else "")
    if picture := PICTURE.fullmatch(block):
        return f'<p class="guide-picture">{image(picture)}</p>'
    if block.startswith("|"):
        return table(block.splitlines())
    if ITEM.match(block):
        return items(block)
    return f"<p>{inline(block)}</p>"


def anchor_of(words):
    return slugify(fold(words))


def inline(text):
    text = escape(" ".join(text.split()), quote=False)
    for pattern, replacement in INLINE:
        text = re.sub(pattern, replacement, text)
    return text


def image(picture):
    return f'<img src="{static(picture[2].removeprefix(STATIC))}" alt="{escape(picture[1])}">'


def items(block):
    """Return a list; a line that is no item of its own goes on with the one before."""
    kind = "ol" if block[0].isdigit() else "ul"
    found = (inline(ITEM.sub("", item, count=1)) for item in re.split(r"\n(?=(?:[-*]|\d+\.) )", block))
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in found)}</{kind}>"


def table(lines):
    head, _, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in lines)
    heads = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{inline(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
