"""What a board takes away after publication, 30 awards and 4 nominations, as an office program prints it."""

import io
import shutil
import zipfile

import pytest

from awards import council_papers
from awards.certificates import certificates_pdf
from awards.list_file import write_list
from awards.listing import lines_of
from awards.nomination_package import members_of, streamed
from tests.council import make_closed, make_published_plan
from tests.factories import make_board
from tests.pdfs import opened
from tests.test_papers_printed import printed, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.office,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice) to print the papers"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext to read what was printed"),
]
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
TITLES = [f"Sáng kiến số {number:02d}" for number in range(1, 31)]


def sides_of(pdf):
    with opened(pdf) as document:
        return [tuple(round(float(side)) for side in page.mediabox)[2:] for page in document.pages]


def test_minutes_decision_and_list_name_all_thirty_on_a4_and_are_no_drafts(tmp_path):
    plan = make_published_plan(30, 4)
    papers = {
        "bien-ban.docx": council_papers.minutes(make_closed(plan, members=4), make_board(plan.union))[0],
        "quyet-dinh.docx": council_papers.decision(plan, make_board(plan.union))[0],
        "danh-sach.xlsx": write_list(plan, lines_of(plan, make_board(plan.union))),
    }
    found = printed(tmp_path, papers)

    for name, (pages, text) in found.items():
        assert set(pages) == {LANDSCAPE if name.endswith("xlsx") else PORTRAIT}, name
        assert 2 <= len(pages) <= 4, name
        assert [title for title in TITLES if title not in " ".join(text.split())] == [], name
        assert words(" ".join(f"Nguyễn Thị Hoà {number}" for number in range(1, 31))) <= words(text), name
    for name in ("quyet-dinh.docx", "danh-sach.xlsx"):
        assert "dự thảo" not in found[name][1].casefold(), name
        assert "112/QĐ-LĐLĐ" in found[name][1], name


def test_every_member_of_the_package_opens_and_is_on_a4(tmp_path):
    plan = make_published_plan(30, 4)
    with zipfile.ZipFile(io.BytesIO(b"".join(streamed(members_of(plan, make_board(plan.union)))))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, content in members.items():
        if name.endswith(".pdf"):
            assert set(sides_of(content)) == {PORTRAIT}, name
    office = {name: content for name, content in members.items() if name.endswith(("docx", "xlsx"))}
    found = printed(tmp_path, office)

    assert len(office) == 2
    for name, (pages, text) in found.items():
        assert set(pages) <= {PORTRAIT, LANDSCAPE}, name
        assert len(pages) <= 2, name
        assert [title for title in TITLES[:4] if title not in " ".join(text.split())] == [], name


def test_there_are_thirty_certificates_a_page_each_on_a4_landscape():
    plan = make_published_plan(30, 4)

    assert sides_of(certificates_pdf(plan, lines_of(plan, make_board(plan.union)))) == [LANDSCAPE] * 30
