"""No page in any state has what axe calls a fault, at the width it is used at most; `make audit` looks at both."""

import pytest
from django.urls import get_resolver, resolve

from tests.browser.axe import findings
from tests.browser.states import PUBLIC, STAFF
from tests.browser.visiting import DESK, PHONE, Tour, Visit, running_sites
from tests.desk_access import ROWS

pytestmark = pytest.mark.browser
# Addresses below a campaign that answer with something else than a page.
NO_PAGES = {
    "units_of", "statistics_json", "top_statistics_json", "statistics_picture", "top_picture", "poster_svg",
    "poster_png", "poster_pdf", "badge_svg", "badge_png", "receipt_file", "receipt_code", "my_data_file",
    "offline_guide", "take_removal_back",
    "arrived",  # only a crowd brings it about: test_rush_in_browser.py
}  # fmt: skip
# What the desk answers with a file or with data.
NO_STAFF_PAGES = {
    "posters_file", "export_file", "import_template", "dossier_changes", "letter_file", "letter_thumbnail",
    "summary_table", "letter_draft", "filed_table",
}  # fmt: skip


@pytest.fixture(scope="module")
def look(browser, loaded_site, tmp_path_factory):
    """Bring a page into a state; return (its path, what axe finds)."""

    def look_at(state, width=PHONE):
        visit = tour.to(state)
        return visit.path, [f"{width}: {found}" for _ in visit.at_each([width]) for found in findings(visit.page)]

    with running_sites(loaded_site, tmp_path_factory.mktemp("sites")) as servers:
        tour = Tour(browser, servers)
        yield look_at


def pages_below_a_campaign(patterns, route=""):
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from pages_below_a_campaign(pattern.url_patterns, whole)
        elif "campaign_slug" in whole:
            yield pattern.name


def test_axe_finds_nothing_on_a_public_page_in_any_state_and_every_page_is_among_the_states(look):
    looked_at = {state.name: look(state) for state in PUBLIC}

    assert {name: found for name, (_, found) in looked_at.items() if found} == {}
    visited = {resolve(path).url_name for path, _ in looked_at.values() if "khong-co" not in path}
    assert set(pages_below_a_campaign(get_resolver().url_patterns)) - NO_PAGES - visited == set()


def test_axe_finds_nothing_on_a_page_of_staff(look):
    looked_at = {state.name: look(state, DESK) for state in STAFF}

    assert {name: found for name, (_, found) in looked_at.items() if found} == {}
    visited = {resolve(path).url_name for path, _ in looked_at.values()}
    assert {name for name, method in ROWS if method == "GET"} - NO_STAFF_PAGES - visited == set()


def test_axe_would_find_a_fault(start_server, new_page):
    """The control: without this, a checker that never runs would pass everything."""
    page = new_page({"width": PHONE, "height": 800})
    Visit(page, start_server()).public("huong-dan/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")

    assert "label: input" in findings(page)
