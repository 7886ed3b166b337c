"""The pictures of the board's guide, taken from the running site into var/, or where BOARD_PICTURES says."""

import io
import os
import re

import pytest
from PIL import Image

from tests.browser.conftest import ROOT
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser
FOLDER = ROOT / os.environ.get("BOARD_PICTURES", "var/pictures-of-board")
GUIDE = ROOT / "docs" / "huong-dan" / "hoi-dong.md"
SIZE = {"width": 1180, "height": 820}
MOST_BYTES, MOST_PICTURES, COLOURS = 60_000, 8, 32
PAGES = {
    "home": "/quan-tri/",
    "dossier": "/quan-tri/awards/fileddossier/3/change/",
    "together": "/quan-tri/awards/fileddossier/ket-luan-nhieu/?chon=3&chon=1",
    "scoring": "/quan-tri/awards/scoring/1/change/",
    "selection": "/quan-tri/awards/selection/1/change/",
}


def keep(png, name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.convert("RGB").save(FOLDER / f"{name}.webp", lossless=True, quality=100, method=6)


def test_every_picture_of_the_boards_guide_is_taken_from_the_site_as_it_is(start_server, new_page):
    visit = Visit(new_page(SIZE), start_server())
    visit.sign_in("hoi-dong")
    for name, address in PAGES.items():
        visit.open(address)
        keep(visit.page.screenshot(animations="disabled"), name)

    taken = {path.stem: path.stat().st_size for path in FOLDER.glob("*.webp")}
    assert set(re.findall(r"img/board/(\w+)\.webp", GUIDE.read_text())) == taken.keys()
    assert len(taken) <= MOST_PICTURES
    assert {name: size for name, size in taken.items() if size > MOST_BYTES} == {}
