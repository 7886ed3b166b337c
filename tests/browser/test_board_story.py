"""The board's whole job: 67 candidates of 20 dossiers, from findings over objections and marks to publication."""

import pytest

from tests.browser import choosing, council
from tests.browser.conftest import CAMPAIGN, shoot
from tests.browser.server import Server, manage, surroundings
from tests.browser.test_story import sign_in

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
CONSULTING, CHOOSING = "2021-04-19T08:00+07:00", "2021-05-10T08:00+07:00"
NAME = "Nguyễn Thị Hoà Bình"
CHOSEN = """
    SELECT award.kind, award.place, award.reason, entry.title, initiative.secret, initiative.code
    FROM awards_award AS award JOIN dossiers_dossierentry AS entry ON entry_id = entry.id
    JOIN initiatives_initiative AS initiative ON initiative_id = initiative.id
    WHERE taken_back_at IS NULL ORDER BY kind, place
"""


def in_world(environment, deed):
    """Do something of board_world.py on a site."""
    manage(environment, "shell", "-c", f"from tests.browser import board_world; board_world.{deed}()")


@pytest.fixture
def site(tmp_path):
    """A folder with the plan before its board sits."""
    folder = tmp_path / "site"
    folder.mkdir()
    manage(surroundings(folder), "migrate")
    manage(surroundings(folder), "load_reference")
    in_world(surroundings(folder), "load")
    return folder


@pytest.fixture
def opened(site):
    """Run the site at a clock."""
    servers = []

    def run(clock):
        if servers:
            servers.pop().stop()
        servers.append(Server(site, clock))
        return servers[-1]

    yield run
    for server in servers:
        server.stop()


@pytest.fixture
def seats(new_page):
    """Pages of the board's four members, each in a browser of its own."""
    pages = {}

    def seat(server, name):
        if name not in pages:
            pages[name] = new_page(DESK)
            sign_in(pages[name], server, name)
            pages[name].wait_for_url(lambda address: "/dang-nhap/" not in address)
        return pages[name]

    return seat


def test_a_board_goes_from_findings_to_publication(opened, seats, new_page, tmp_path):
    server = opened(CONSULTING)
    board, phone = seats(server, "hoi-dong"), new_page(PHONE)
    council.judge_last_dossier(board, server)
    council.ask_for_objections(board, server)
    titles = [council.objected(phone, server, place, kind) for place, kind in enumerate(council.OBJECTIONS)]
    for title, outcome in zip(titles, ("DISMISSED", "UPHELD", ""), strict=True):
        council.deal_with(board, server, title, outcome)
    mark_all(seats, server)

    server = opened(CHOOSING)
    colleague = seats(server, "hoi-dong-2")
    choosing.open_selection(board, server)
    choosing.open_selection(colleague, server)
    tied = choosing.choose(board)
    nominated = choosing.nominate(board)
    choosing.is_told(colleague, "Đinh Hữu Thọ")
    choosing.keep_minutes(board, tied)
    choosing.take_papers(board, server, tmp_path, is_draft=True)
    letters = choosing.publish(board, server)
    choosing.take_papers(board, server, tmp_path, is_draft=False)
    choosing.put_right(board, server, nominated[0], NAME)
    assert board.locator(".letters > li").count() == letters
    choosing.see_results(phone, server, NAME)
    see_own_outcome(phone, server, nominated[0])
    see_certificate(phone, server)
    what_is_left(server, tied, nominated, titles)


def mark_all(seats, server):
    """Criteria, members, some sheets by hand, one member steps aside, one may not mark the own union; then the rest."""
    board = seats(server, "hoi-dong")
    council.lay_down_criteria(board, server)
    council.name_council(board, server)
    council.mark(board, server, 29, 29, 24, 14)
    council.mark(seats(server, "hoi-dong-2"), server, 28, 29, 24, 14)
    aside = council.step_aside(seats(server, "hoi-dong-3"), server)
    council.see_own_union(seats(server, "hoi-dong-4"), server)
    in_world(server.environment, "mark_rest")
    council.end_marking(board, server)
    council.see_standings(seats(server, "hoi-dong-4"), server, aside)


def see_own_outcome(page, server, title):
    """The author's page says what became of it; there was nothing to read before."""
    (secret,) = {secret for *_, found, secret, _ in server.rows(CHOSEN) if found == title}
    page.goto(f"{server.address}{CAMPAIGN}da-nhan/{secret}/")
    shoot(page, "board-story-outcome")
    assert "Được đề nghị Tổng Liên đoàn biểu dương" in page.inner_text(".timeline")


def see_certificate(page, server):
    code, title = server.rows(
        "SELECT certificate.code, title FROM awards_certificate AS certificate "
        "JOIN awards_award AS award ON award_id = award.id JOIN dossiers_dossierentry AS entry ON entry_id = entry.id"
    )[0]
    page.goto(f"{server.address}{CAMPAIGN}xac-nhan/{code}/")
    shoot(page, "board-story-certificate")
    told = page.inner_text("main")
    assert "này có thật." in told
    assert title in told


def what_is_left(server, tied, nominated, complained):
    """30 and 4 stand on their places, the tie has its reason, each address one letter; the record holds."""
    chosen = server.rows(CHOSEN)
    places = {kind: [place for found, place, *_ in chosen if found == kind] for kind in ("PROVINCE", "NATIONAL")}
    assert places == {"PROVINCE": list(range(1, 31)), "NATIONAL": [1, 2, 3, 4]}
    assert [(title, reason) for kind, _, reason, title, *_ in chosen if reason] == [(tied[0], choosing.REASON)]
    awarded = {title for kind, *_, title, _, _ in chosen if kind == "PROVINCE"}
    assert tied[1] not in awarded
    assert set(nominated) == {title for kind, *_, title, _, _ in chosen if kind == "NATIONAL"} <= awarded
    assert not awarded & set(complained[1:])
    letters = server.rows("SELECT recipient FROM outbox_message WHERE kind = 'decided'")
    told = [address.casefold() for (address,) in letters]
    assert sorted(told) == sorted(set(told))
    assert len(told) > 3
    manage(server.environment, "verify_record")
    in_world(server.environment, "say_all")
