"""The papers as an office program prints them: A4, nothing cut, every name whole."""

import re
import shutil
import subprocess

import pytest

from awards import council_papers
from awards.list_file import write_list
from awards.listing import lines_of
from awards.meetings import correct_minutes
from tests.council import make_chosen_plan, make_closed
from tests.factories import make_board, make_user
from tests.pdfs import opened
from tests.test_certificates import LONGEST, OF_FIVE, SIXTY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.office,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice) to print the papers"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext to read what was printed"),
]
A4 = {(595, 842), (842, 595)}
SHORT = "Lò Văn Ếng"


def printed(folder, files):
    """Return {name: (pages as pairs of points, text without spaces)} of these files ({name: bytes}) as PDF."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", folder, *(folder / name for name in files)],
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: read(folder / name) for name in files}


def read(path):
    path = path.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    with opened(path.read_bytes()) as pdf:
        sides = [tuple(round(float(side)) for side in page.mediabox)[2:] for page in pdf.pages]
    return sides, text


def words(text):
    return set(re.findall(r"\w+", text))


def test_every_paper_is_printed_on_a4_with_every_word_of_names_and_titles(tmp_path):
    plan = make_chosen_plan(30, 4, titles=[LONGEST, "Giá phơi chè"], authors=[OF_FIVE, SIXTY, SHORT])
    user = make_board(plan.union)
    meeting = make_closed(plan, members=9, votes={plan.entries.get(rank=1): (8, 1, 0)}, conclusion="Kết luận.\n" * 20)
    correct_minutes(meeting, "Đính chính một chữ.", by=make_user())
    found = printed(
        tmp_path,
        {
            "bien-ban.docx": council_papers.minutes(meeting, user)[0],
            "quyet-dinh.docx": council_papers.decision(plan, user)[0],
            "to-trinh.docx": council_papers.nomination(plan, user)[0],
            "danh-sach.xlsx": write_list(plan, lines_of(plan, user)),
        },
    )

    for name, (pages, text) in found.items():
        assert set(pages) <= A4, name
        assert len(set(pages)) == 1, name
        assert len(pages) <= 8, name
        lacking = words(f"{LONGEST} {OF_FIVE} {SIXTY} {SHORT}") - words(text)
        assert {word for word in lacking if not any(part in text for part in halves(word))} == set(), name
        wanted = 4 if name == "to-trinh.docx" else 30
        assert {f"Sáng kiến số {number:02d}".split()[-1] for number in range(3, wanted + 1)} <= words(text), name
    assert found["danh-sach.xlsx"][0][0] == (842, 595)
    assert "Đính chính" in found["bien-ban.docx"][1]


def halves(word):
    """A long word may be parted at the end of a line."""
    return [word[:-1], word[1:]] if len(word) > 2 else [word]
