"""No page in any state has what axe calls a fault, on a phone and on a desk."""

import pytest
from django.urls import get_resolver, resolve

from tests.browser.axe import findings
from tests.browser.states import PUBLIC, STAFF, State
from tests.browser.visiting import DESK, WIDTHS, Tour, running_sites
from tests.desk_access import ROWS

pytestmark = pytest.mark.browser
# Addresses below a campaign that answer with something else than a page.
NO_PAGES = {
    "units_of", "statistics_json", "top_statistics_json", "statistics_picture", "top_picture", "poster_svg",
    "poster_png", "poster_pdf", "badge_svg", "badge_png", "receipt_file", "my_data_file", "offline_guide",
    "take_removal_back",
}  # fmt: skip
# What the desk answers with a file or with data.
NO_STAFF_PAGES = {
    "posters_file", "export_file", "import_template", "dossier_changes", "letter_file", "letter_thumbnail",
    "summary_table", "letter_draft", "filed_table",
}  # fmt: skip


@pytest.fixture(scope="module")
def look(browser, loaded_site, tmp_path_factory):
    """Bring a page into a state; return (its path, what axe finds)."""

    def look_at(state, widths=WIDTHS):
        visit = tour.to(state)
        return visit.path, [f"{width}: {found}" for width in visit.at_each(widths) for found in findings(visit.page)]

    with running_sites(loaded_site, tmp_path_factory.mktemp("sites")) as servers:
        tour = Tour(browser, servers)
        yield look_at


@pytest.fixture(scope="module")
def looked_at(look):
    return {state.name: look(state) for state in PUBLIC}


def pages_below_a_campaign(patterns, route=""):
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from pages_below_a_campaign(pattern.url_patterns, whole)
        elif "campaign_slug" in whole:
            yield pattern.name


def test_axe_finds_nothing_on_a_public_page_in_any_state(looked_at):
    assert {name: found for name, (_, found) in looked_at.items() if found} == {}


def test_every_public_page_is_among_the_states(looked_at):
    visited = {resolve(path).url_name for path, _ in looked_at.values() if "khong-co" not in path}

    assert set(pages_below_a_campaign(get_resolver().url_patterns)) - NO_PAGES - visited == set()


def test_axe_finds_nothing_on_a_page_of_staff(look):
    """At the width at which they work; `make audit` looks at both."""
    looked_at = {state.name: look(state, [DESK]) for state in STAFF}

    assert {name: found for name, (_, found) in looked_at.items() if found} == {}
    visited = {resolve(path).url_name for path, _ in looked_at.values()}
    assert {name for name, method in ROWS if method == "GET"} - NO_STAFF_PAGES - visited == set()


def test_axe_would_find_a_fault(look):
    """The control: without this, a checker that never runs would pass everything."""

    def spoil(visit):
        visit.public("huong-dan/")
        visit.page.evaluate("document.querySelector('main').append(document.createElement('input'))")

    assert "360: label: input" in look(State("faulty", spoil))[1]
