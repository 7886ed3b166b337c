"""The desk of union staff: what waits for them in each of their unions, and how a dossier is begun."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Level, Role
from accounts.roles import grant
from dossiers.models import Dossier, Extension, QuotaException
from initiatives.desk_figures import figures_of_union, read_of_union
from initiatives.models import Campaign
from initiatives.screening import accept, reject
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    make_board,
    make_campaign,
    make_dossier,
    make_initiative,
    make_plan,
    make_ready,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import form_on, says, signed_in, tree

pytestmark = pytest.mark.django_db


def desk_of(union):
    return signed_in(make_staff(union)).get(reverse("desk"))


def start(client, plan, union):
    return client.post(reverse("start_dossier", args=[plan.pk, union.code]))


# What waits


def test_the_desk_counts_what_waits_in_the_union_and_below_and_leads_to_it():
    union = make_union()
    below = make_union(Level.GRASSROOTS, union)
    for unit in (union, below, below, make_union(parent=union.parent), make_union()):
        make_initiative(unit)
    make_initiative(union, accepted=True)

    response = desk_of(union)

    assert "3 sáng kiến chờ rà soát" in says(response)
    assert f"/cong-doan/sang-kien/?status=SENT&unit={union.code}" in tree(response).xpath("//main//a/@href")


def test_a_number_with_more_than_two_figures_is_not_counted_out(monkeypatch):
    monkeypatch.setattr("dossiers.views.SHOWN_AT_MOST", 2)
    union = make_union()
    for _ in range(2):
        make_initiative(union)
    assert "2 sáng kiến chờ rà soát" in says(desk_of(union))

    make_initiative(union)
    assert "2+ sáng kiến chờ rà soát" in says(desk_of(union))


def test_each_of_a_persons_unions_has_its_part():
    first, second, foreign = make_union(), make_union(), make_union()
    user = make_staff(first)
    grant(user, second, Role.STAFF)
    client = signed_in(user)

    def served(query=""):
        return client.get(reverse("desk") + query).context["work"].union

    assert served() == first
    assert served(f"?don-vi={second.code}") == second
    assert served() == second  # until another one is picked
    assert served(f"?don-vi={foreign.code}") == first
    page = client.get(reverse("desk"))
    links = tree(page).xpath("//nav[@aria-label='Đơn vị đang làm việc']/a")
    assert [link.get("href") for link in links] == [f"/cong-doan/?don-vi={union.code}" for union in (first, second)]
    assert [link.get("aria-current") for link in links] == [None, "true"]
    assert not tree(desk_of(foreign)).xpath("//nav[@aria-label='Đơn vị đang làm việc']")


def test_the_desk_compares_the_last_seven_days_with_the_seven_before():
    union = make_union()
    below, quiet = make_union(Level.GRASSROOTS, union), make_union(Level.GRASSROOTS, union)
    for unit, ages in ((union, [1, 8]), (below, [0, 2, 7, 13, 15]), (quiet, [20])):
        for days in ages:
            make_initiative(unit, arrived_at=IN_TIME - timedelta(days=days))
    rejected, accepted = (make_initiative(union, arrived_at=IN_TIME - timedelta(days=1)) for _ in range(2))
    reject(rejected, "Trùng.", by=make_user(), version=1)
    accept(accepted, by=make_user(), version=1)

    page = desk_of(union)

    assert "7 ngày qua có 4 sáng kiến gửi tới, 7 ngày trước đó 3" in says(page)
    assert "Từ đầu chương trình: 9, trong đó 1 đã chấp nhận; không đạt 1, đã rút 0." in says(page)
    rows = [[cell.text_content() for cell in row] for row in tree(page).xpath("//tbody/tr")]
    assert rows == [[below.name, "2", "2", "5"], [quiet.name, "0", "0", "1"]]


def test_the_figures_of_the_desk_are_counted_once_a_minute(django_assert_num_queries):
    initiative = make_initiative()
    figures = figures_of_union(initiative.unit, initiative.campaign)
    make_initiative(initiative.unit)

    with django_assert_num_queries(0):
        assert figures_of_union(initiative.unit, initiative.campaign) == figures


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("level", [Level.TOP, Level.UPPER, Level.GRASSROOTS])
def test_figures_cost_five_questions_at_any_level(django_assert_num_queries, level, rows):
    union = make_union(level, make_union() if level == Level.GRASSROOTS else None)
    for _ in range(rows):
        unit = union if level == Level.GRASSROOTS else make_union(Level.GRASSROOTS, union)
        make_initiative(unit)
    campaign = Campaign.objects.get()

    with django_assert_num_queries(5):
        figures = read_of_union(union, campaign)
    assert (figures["total"], len(figures["below"])) == (rows, 0 if level == Level.GRASSROOTS else rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_rows(django_assert_num_queries, rows):
    union = make_union()
    plan = make_plan(union.parent)
    make_dossier(union, plan, entries=rows)
    for _ in range(rows):
        make_initiative(union, plan.campaign)
    client = signed_in(make_staff(union))

    with django_assert_num_queries(21):
        client.get(reverse("desk"))


# The dossier of the running plan


def test_the_desk_tells_quota_and_deadline_and_offers_to_begin():
    union = make_union()
    plan = make_plan(union.parent)

    response = desk_of(union)

    assert f"kế hoạch {plan.number}" in says(response)
    assert "Chỉ tiêu 3 sáng kiến. Hạn nộp: hết ngày 16/04/2021 (còn 15 ngày)" in says(response)
    assert form_on(response).action == reverse("start_dossier", args=[plan.pk, union.code])


def test_a_quota_and_a_deadline_of_ones_own_are_the_ones_told():
    union = make_union()
    plan = make_plan(union.parent)
    QuotaException.objects.create(plan=plan, union=union, quota=10)
    until = moment("2021-04-19 12:30")
    by = {"granted_by": make_user(), "granted_at": IN_TIME}
    Extension.objects.create(plan=plan, union=union, until=until, reason="Mưa lũ.", **by)

    assert "Chỉ tiêu 10 sáng kiến. Hạn nộp: trước 12:30 ngày 19/04/2021" in says(desk_of(union))


def test_a_grassroots_union_directly_below_the_top_has_its_own_dossier_and_quota():
    union = make_union(Level.GRASSROOTS, make_union(Level.TOP))
    make_plan(union.parent)

    assert "Chỉ tiêu 1 sáng kiến" in says(desk_of(union))


def test_a_grassroots_union_below_another_is_told_who_puts_forward():
    upper = make_union()
    make_plan(upper.parent)

    response = desk_of(make_union(Level.GRASSROOTS, upper))

    assert f"qua hồ sơ của {upper}" in says(response)
    assert "Chỉ tiêu" not in says(response)


def test_after_the_deadline_the_desk_says_so(at):
    union = make_union()
    make_plan(union.parent)
    at("2021-04-17 00:00:00")

    assert "hết ngày 16/04/2021 (đã qua)" in says(desk_of(union))


def test_a_plan_of_a_programme_that_is_over_is_no_work():
    union = make_union()
    make_plan(union.parent, make_campaign(is_running=False))

    assert "Hồ sơ" not in says(desk_of(union))


def test_a_dossier_that_is_begun_is_opened_from_here_with_the_boards_words():
    dossier = make_ready()
    Dossier.objects.update(state="RETURNED", state_reason="Thiếu chữ ký.")

    response = desk_of(dossier.union)

    assert dossier.get_absolute_url() in tree(response).xpath("//main//a/@href")
    assert "Trả lại để bổ sung" in says(response)
    assert "Thiếu chữ ký." in says(response)
    assert not tree(response).xpath("//main//form")


@pytest.mark.parametrize("make", [make_user, lambda: make_board(make_union(Level.TOP))])
def test_who_works_for_no_union_is_told_where_to_turn(make):
    page = says(signed_in(make()).get(reverse("desk")))

    assert "chưa được phân công ở công đoàn nào" in page


# Beginning one


def test_beginning_a_dossier_twice_opens_the_same_one():
    union = make_union()
    plan = make_plan(union.parent)
    client = signed_in(make_staff(union))

    addresses = {start(client, plan, union)["Location"] for _ in range(2)}

    assert addresses == {Dossier.objects.get(plan=plan, union=union).get_absolute_url()}
    assert client.get(addresses.pop()).status_code == 200


def test_nobody_begins_a_dossier_for_another_union_or_by_another_provinces_plan():
    mine, neighbour = make_union(), make_union()
    plan, foreign = make_plan(mine.parent), make_plan(neighbour.parent)
    client = signed_in(make_staff(mine))
    board = signed_in(make_board(mine.parent))

    for answer in (start(client, plan, neighbour), start(client, foreign, mine), start(board, plan, mine)):
        assert answer.status_code == 404
    assert not Dossier.objects.exists()


def test_a_union_that_puts_forward_through_another_is_refused_in_words():
    upper = make_union()
    plan, union = make_plan(upper.parent), make_union(Level.GRASSROOTS, upper)

    client = signed_in(make_staff(union))
    response = client.post(reverse("start_dossier", args=[plan.pk, union.code]), follow=True)

    assert "không lập hồ sơ riêng" in says(response)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("code", ["none", "%00", "%ED%A0%80", "a" * 500])
@pytest.mark.parametrize("plan", ["1", "0", "9" * 30])
def test_hostile_addresses_begin_nothing(code, plan):
    client = signed_in(make_staff(make_union()))

    assert client.post(f"/cong-doan/ho-so/mo/{plan}/{code}/").status_code == 404
