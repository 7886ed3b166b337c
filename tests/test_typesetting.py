"""Typst as the site uses it: people's text is data, nothing outside the templates is read, the machine has no say."""

import re

import pytest
import typst

from config import typesetting
from tests.pdfs import opened, words_of

pytestmark = pytest.mark.once

PLAIN = "#show: it => it\n#json(bytes(sys.inputs.data)).words"


@pytest.fixture
def documents(monkeypatch, tmp_path):
    """A folder of templates for one test."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setattr(typesetting, "FOLDER", folder)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "*đậm* _nghiêng_ `mã` $x^2$ = đầu <nhãn> @chú-thích \\ // hết",
        '"; #panic() #import "@preview/x:0.1.0"',
        "]]] }}} \\u{41} </script>",
        "Nguyễn Thị Hoà – “Đường”",
        "中 😀",
    ],
)
def test_what_people_type_comes_out_as_they_typed_it(documents, words):
    (documents / "plain.typ").write_text(PLAIN)

    (page,) = words_of(typesetting.pdf("plain", {"words": words}))

    shown = re.sub(r"\s|[中😀]", lambda found: "" if found[0].isspace() else "\ufffd", words)
    assert page == shown  # the fonts have no letters for 中 and 😀: a box stands there


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "/../secret.txt"])
def test_a_template_reads_nothing_outside_its_folder(documents, path):
    (documents.parent / "secret.txt").write_text("bí mật")
    (documents / "curious.typ").write_text(f'#read("{path}")')

    with pytest.raises(typst.TypstError):
        typesetting.pdf("curious", {})


def test_a_template_fetches_nothing(documents):
    (documents / "greedy.typ").write_text('#import "@preview/example:0.1.0": *')

    with pytest.raises(typst.TypstError):
        typesetting.pdf("greedy", {})
    assert [path.name for path in documents.iterdir()] == ["greedy.typ"]


def test_no_template_of_ours_asks_for_a_package():
    templates = list(typesetting.FOLDER.glob("*.typ"))

    assert len(templates) > 3
    assert [path.name for path in templates if re.search(r'import\s+"@', path.read_text())] == []


def test_the_fonts_are_those_of_the_wheel():
    assert "Libertinus Serif" in typesetting.fonts().families()
    assert {font.path for font in typesetting.fonts().fonts()} == {None}


def test_the_same_data_make_the_same_file(documents):
    (documents / "plain.typ").write_text("#set document(date: none)\n" + PLAIN)

    first, second = (typesetting.pdf("plain", {"words": "Sáng kiến"}) for _ in range(2))

    assert first == second
    with opened(first) as pdf:
        assert pdf.Root.MarkInfo.Marked  # readable aloud
