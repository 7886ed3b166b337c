"""The guide's pictures, taken from the running site into var/pictures/, or where PICTURES says (`make pictures`)."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from initiatives.guide_pictures import DENSITY, ON_THEM
from tests.browser import worker
from tests.browser.conftest import CAMPAIGN, ROOT

pytestmark = pytest.mark.browser
FOLDER = ROOT / os.environ.get("PICTURES", "var/pictures")
WIDTH, MOST_HEIGHT, MARGIN = 360, 900, 12
MOST_BYTES = 40_000
COLOURS = 16
# From the heading above the first (or its label) to the end of what belongs to the last: however the form is built.
FRAME = """([first, last, withHeading]) => {
  const box = (element) => element.getBoundingClientRect()
  const shown = (element) => box(element).height > 1
  const above = [...document.querySelectorAll("main :is(h1, h2, h3, legend)")].filter(
    (heading) => shown(heading) && heading.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING
  )
  const group = last.closest("fieldset, [id^=div_id_], .panel") ?? last.closest("p") ?? last
  const start = (withHeading ? above.at(-1) : first.labels[0]) ?? first
  return [box(start).top + scrollY, Math.max(box(group).bottom, box(last).bottom) + scrollY]
}"""


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": WIDTH, "height": 740}, device_scale_factor=DENSITY)
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


def take(page, name, first, last, *, with_heading=True):
    """Take a picture from the heading above `first` (or its label) to the end of `last`, as wide as the phone."""
    page.evaluate("document.activeElement?.blur()")
    shown = [page.locator(f"{selector} >> visible=true") for selector in (first, last)]
    ends = [shown[0].first.element_handle(), shown[1].last.element_handle()]
    top, bottom = page.evaluate(FRAME, [*ends, with_heading])
    top, bottom = max(int(top) - MARGIN, 0), min(int(bottom) + MARGIN, int(top) + MOST_HEIGHT)
    frame = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top}
    keep(page.screenshot(full_page=True, clip=frame, animations="disabled"), name)


def keep(png, name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    # Without loss: letters stay sharp, and of so few colours it is smaller than any with loss.
    few.convert("RGB").save(FOLDER / f"{name}.webp", lossless=True, quality=100, method=6)


def of(name):
    return f"[name={name}]"


def test_every_picture_of_the_guide_is_taken_from_the_site_as_it_is(start_server, phone):
    server = start_server()
    phone.goto(server.address + CAMPAIGN)
    take(phone, "landing", "main p", "main a:has-text('Gửi sáng kiến') >> nth=0")
    phone.goto(f"{server.address}{CAMPAIGN}gui-sang-kien/")
    worker.fill_form(phone, with_script=True)
    take(phone, "person", of("full_name"), of("job_title"))
    take(phone, "workplace", "#id_top_box", of("workplace"))
    take(phone, "kind", of("block"), of("field"))
    take(phone, "description", of("title"), of("description"), with_heading=False)
    phone.fill(of("title"), "")
    phone.fill(of("full_name"), "")
    phone.check(of("consent"))
    take(phone, "consent", of("consent"), "#send")
    phone.click("#send")
    take(phone, "refused", "#error-summary", "#error-summary")
    worker.fill_form(phone, with_script=True)
    code = worker.send(phone)
    take(phone, "receipt", ".code", ".code")
    phone.goto(f"{server.address}{CAMPAIGN}theo-doi/")
    phone.fill(of("code"), code)
    phone.fill(of("phone"), "0559 900 001")
    take(phone, "follow", of("code"), "main button")

    taken = {path.stem: path for path in FOLDER.glob("*.webp")}
    assert taken.keys() == ON_THEM.keys()
    assert [name for name, path in taken.items() if not fits(path)] == []


def fits(path: Path):
    """Tell whether a picture is wide as the phone, shows something, and is small."""
    with Image.open(path) as image:
        shows_something = len(image.convert("L").getcolors(256)) > 8
        return image.width == WIDTH * DENSITY and shows_something and path.stat().st_size < MOST_BYTES
