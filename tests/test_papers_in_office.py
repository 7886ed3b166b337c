"""What unions print, as an office program lays it out: nothing of a full dossier with the longest texts is cut."""

import itertools
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from html import unescape

import pytest

from dossiers.checklist import entries_of
from dossiers.letter_drafts import draft_letter
from dossiers.limits import AUTHORS_LIMIT, EFFECT_LIMIT, LINE_LIMIT, SUMMARY_LIMIT
from dossiers.models import Dossier
from dossiers.summary_table import COLUMNS, table_content
from dossiers.table_file import write_table
from tests.factories import make_complete, make_dossier, make_plan, make_union

TOOLS = ("soffice", "pdftotext")
ABSENT = [tool for tool in TOOLS if not shutil.which(tool)]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.office,
    pytest.mark.skipif(bool(ABSENT), reason=f"needs LibreOffice and poppler-utils: {', '.join(ABSENT)} not found"),
]
ENTRIES = 10
LONGEST = {
    "authors": AUTHORS_LIMIT,
    "position": AUTHORS_LIMIT,
    "title": LINE_LIMIT,
    "summary": SUMMARY_LIMIT,
    "practised": LINE_LIMIT,
    "effect": EFFECT_LIMIT,
}
SYLLABLES = [
    "gắn",
    "thêm",
    "thước",
    "và",
    "kẹp",
    "để",
    "cắt",
    "nhiều",
    "lớp",
    "vải",
    "giảm",
    "nửa",
    "thời",
    "gian",
    "tiết",
    "kiệm",
    "được",
    "Đặng",
    "Thị",
    "Hường",
]
A4 = (595, 842)


def text_of(length, numbers):
    """A text of exactly this length in which hardly a word comes twice: one that is cut is missed."""
    text = ""
    for syllable in itertools.cycle(SYLLABLES):
        if length - len(text) <= 10:
            break
        text += f"{syllable}{next(numbers)} "
    return f"{text}{next(numbers):05d} ".ljust(length, "z")[:length]


def years_of(length):
    """As many years of birth as this length takes."""
    years = ", ".join(str(1950 + number) for number in range(length // 6 - 1))
    return f"{years} và 2000"


@pytest.fixture
def dossier():
    """Ten entries, every text as long as its limit allows, of a union whose name is long too."""
    plan = make_plan(quota_upper=ENTRIES)
    union = make_union(parent=plan.union, name="Công đoàn ngành Nông nghiệp và Phát triển nông thôn tỉnh Thái Nguyên")
    dossier = make_complete(make_dossier(union, plan, entries=ENTRIES))
    numbers = itertools.count(100)
    for entry in dossier.entries.all():
        for name, length in LONGEST.items():
            setattr(entry, name, text_of(length, numbers))
        entry.birth_years = years_of(LINE_LIMIT)
        entry.save()
    return Dossier.objects.select_related("plan__campaign", "plan__union", "union__parent").get()


@pytest.fixture
def printed(tmp_path):
    """Turn a file into PDF as an office program prints it; return its path."""

    def print_file(content, name):
        source = tmp_path / name
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return source.with_suffix(".pdf")

    return print_file


@dataclass
class Page:
    width: float
    height: float
    words: Counter


def pages_of(pdf):
    """Return the Pages of a PDF, each with its words as they are set: one that is broken in two counts as two."""
    page = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
    found = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    return [
        Page(float(width), float(height), words_in(unescape(" ".join(re.findall(r"<word[^>]*>(.*?)</word>", words)))))
        for width, height, words in page.findall(found)
    ]


def words_in(text):
    """Count words; what stands between hyphens is one of its own, since lines break there."""
    return Counter(text.replace("-", " ").split())


def missed(texts, pages):
    """Return the words of these texts that are not on paper as often as they were typed."""
    return words_in(" ".join(texts)) - sum((page.words for page in pages), Counter())


def test_the_table_prints_whole_on_a4_landscape_with_its_header_on_every_page(dossier, printed):
    entries = entries_of(dossier)

    pdf = printed(write_table(dossier, entries), "bang.xlsx")

    pages = pages_of(pdf)
    assert {(round(page.width), round(page.height)) for page in pages} == {A4[::-1]}
    assert len(pages) > 2
    headers = words_in(" ".join(column.header for column in COLUMNS))
    assert [headers - page.words for page in pages[:-1]] == [{}] * (len(pages) - 1)
    assert missed(itertools.chain(*table_content(entries)["entries"]), pages) == {}
    assert all(page.words[f"{number}/{len(pages)}"] for number, page in enumerate(pages, start=1))


def test_the_letter_prints_whole_on_a4_portrait(dossier, printed):
    entries = entries_of(dossier)
    content, _ = draft_letter(dossier, entries)

    pages = pages_of(printed(content, "to-trinh.docx"))

    assert {(round(page.width), round(page.height)) for page in pages} == {A4}
    told = [text for entry in entries for text in (entry.title, entry.authors, entry.position)]
    assert missed([*told, *(entry.initiative.shown_code for entry in entries)], pages) == {}
