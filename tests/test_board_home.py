"""The first page of the admin: what waits for a board, plan by plan, and lists that hold exactly what it counts."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Level, Role
from accounts.roles import grant
from awards.board_home import blocks_for
from awards.complaints import take_up
from awards.outcome_letters import unsent
from awards.publishing import publish
from awards.selection import choose
from awards.shortlisting import draft_of, publish_shortlist
from config import clock
from dossiers.models import Plan
from tests.boards import hold, signed_in
from tests.factories import (
    IN_TIME,
    make_board,
    make_filed,
    make_national_user,
    make_plan,
    make_staff,
    make_union,
    make_valid,
)

pytestmark = pytest.mark.once

HOME = "admin:index"


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def member(plan):
    return make_board(plan.union)


def below(plan):
    return make_union(Level.UPPER, plan.union)


def shown(user):
    return signed_in(user).get(reverse(HOME)).content.decode()


def block_of(user):
    (block,) = blocks_for(user)
    return block


def counted_and_listed(user, words):
    """Return the number on the tile with these words, and how many rows the list behind it has."""
    client = signed_in(user)
    page = client.get(reverse(HOME)).content.decode()
    address, number = re.search(rf'<li><a href="([^"]+)"><strong>(\d+)</strong> {words}', page).groups()
    return int(number), len(client.get(unescape(address)).context["cl"].result_list)


def published(plan, by):
    valid = make_valid(below(plan), plan)
    make_staff(valid.union)
    choose(plan, valid.entries.get(), "PROVINCE", by=by)
    return publish(plan, "71/QĐ", IN_TIME.date(), by=by)


@pytest.mark.parametrize("is_published", [False, True])
def test_the_lists_behind_the_tiles_hold_as_many_as_these_say(is_published, plan, member):
    for _ in range(3):
        hold(make_filed(below(plan), plan).entries.get())
    take_up(hold(make_filed(below(plan), plan).entries.get()), by=member)
    if is_published:
        published(plan, member)
    expected = [0, 0, 0] if is_published else [4, 3, 1]
    tiles = ["hồ sơ mới nộp", "đơn mới nhận", "đơn đã thụ lý"]

    assert [counted_and_listed(member, words) for words in tiles] == [(number, number) for number in expected]


def test_several_plans_are_a_block_each_and_each_leads_to_its_own(plan, member):
    other = make_plan(campaign=plan.campaign)
    grant(member, other.union, Role.BOARD)
    make_filed(below(plan), plan)
    for _ in range(2):
        make_filed(below(other), other)
    numbers = {block.plan.pk: block.to_judge for block in blocks_for(member)}

    assert numbers == {plan.pk: 1, other.pk: 2}
    page, client = shown(member), signed_in(member)
    assert page.count('class="procedure"') == 2
    address = f"{reverse('admin:awards_fileddossier_changelist')}?wait=all&plan={other.pk}"
    assert len(client.get(address).context["cl"].result_list) == 2


def test_the_step_is_the_first_that_is_not_done(plan, member, monkeypatch):
    assert block_of(member).current == "ho-so"
    make_valid(below(plan), plan)
    monkeypatch.setattr(clock, "now", lambda: plan.dossier_deadline)
    assert block_of(member).current == "lay-y-kien"


def test_a_published_plan_stands_at_its_last_step(plan, member):
    published(plan, member)

    assert block_of(member).current == "cong-bo"
    assert block_of(member).letters == unsent(plan).count() > 0


def test_only_dates_that_are_still_to_come_are_told_the_next_one_first(plan, member, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    make_valid(below(plan), plan)
    publish_shortlist(plan, 3, by=member, seen=draft_of(plan, 3).mark)
    assert [date.words for date in block_of(member).ahead] == ["Lấy ý kiến", "Hạn nhận hồ sơ"]
    assert block_of(member).is_list_open

    monkeypatch.setattr(clock, "now", lambda: plan.dossier_deadline)
    assert block_of(member).ahead == []
    assert not block_of(member).is_list_open


def test_the_chart_says_what_its_table_says_and_is_kept_by_nobody(plan, member):
    make_valid(below(plan), plan, entries=2)
    page = shown(member)
    address = reverse("admin:awards_board_chart", args=[plan.pk, "ho-so"])
    answer = signed_in(member).get(address)

    assert f'<img src="{address}"' in page
    assert 'alt="Biểu đồ thanh: hồ sơ theo trạng thái. Hợp lệ: 1"' in page
    assert "Hợp lệ" in answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "no-store" in answer["Cache-Control"]


def test_no_other_board_gets_a_chart(plan):
    make_valid(below(plan), plan)
    address = reverse("admin:awards_board_chart", args=[plan.pk, "ho-so"])

    assert signed_in(make_board(make_plan().union)).get(address).status_code == 404
    assert signed_in(make_national_user()).get(address).status_code == 200
    assert signed_in(make_national_user()).get(address.replace("ho-so", "khac")).status_code == 404


def test_national_staff_meet_sums_and_the_way_to_the_nominations(plan):
    make_filed(below(plan), plan)
    page = shown(make_national_user())

    assert "<strong>1</strong> hồ sơ chờ các hội đồng kết luận" in page
    assert reverse("admin:awards_nominations_change", args=[plan.campaign_id]) in page
    assert 'class="procedure"' not in page


def test_the_page_asks_as_often_for_three_plans_and_many_rows_as_for_one(plan, member):
    client, counts = signed_in(member), []

    def fill(plan):
        make_valid(below(plan), plan)
        hold(make_filed(below(plan), plan).entries.get())

    fill(plan)
    for more in (0, 0, 2):
        for _ in range(more):
            other = make_plan(campaign=plan.campaign)
            grant(member, other.union, Role.BOARD)
            fill(other)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(HOME))
        counts.append(len(queries))

    assert Plan.objects.count() == 3
    assert counts[1] == counts[2]
