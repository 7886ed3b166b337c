"""A real server with demo data for each test, and a Chromium to visit it."""

import shutil

import pytest

from tests.browser.server import CAMPAIGN, CHROMIUM, CHROMIUM_FLAGS, ROOT, Server, load

__all__ = ["CAMPAIGN"]

SCREENSHOTS = ROOT / "var" / "screenshots"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if not CHROMIUM:
        pytest.skip("needs Chromium: set CHROMIUM")
    return {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def loaded_site(tmp_path_factory):
    """A folder with the database and files of a freshly loaded site, to be copied."""
    folder = tmp_path_factory.mktemp("site")
    load(folder)
    return folder


@pytest.fixture
def start_server(loaded_site, tmp_path):
    """Start a fresh site whose clock starts at the given time; it stops with the test."""
    servers = []

    def start(clock_start="2021-04-01T08:00+07:00"):
        folder = tmp_path / f"site-{len(servers)}"
        shutil.copytree(loaded_site, folder)
        servers.append(Server(folder, clock_start))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def new_page(browser):
    """Open a page in a browser of its own; it waits at most eight seconds for anything."""
    contexts = []

    def open_page(size, *, with_script=True):
        contexts.append(browser.new_context(viewport=size, java_script_enabled=with_script))
        contexts[-1].set_default_timeout(8000)
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def shoot(page, name):
    """Leave a screenshot of the whole page in var/screenshots/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
