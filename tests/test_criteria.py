"""By what a council marks: bands that exclude each other, frozen by the first sheet (R15)."""

from decimal import Decimal

import pytest

from awards.criteria import READY, lay_down
from tests.factories import make_plan, make_staff, make_user
from tests.refusals import refused
from tests.scoring import draft, draft_of, lay_down_simple, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_first_sheet_freezes_criteria_and_rules():
    plan, (entry,), (member, _) = make_scene()
    draft_of(entry, member, 10)

    with refused("marking_begun"):
        lay_down_simple(plan)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([], "no_bands"),
        ([("Cao", 5, 10), ("Thấp", 0, 5)], "bands_overlap"),
        ([("Cao", 5, 10), ("Thấp", 0, "4.9")], None),
        ([("Cao", 5, "10.1")], "beyond_maximum"),
        ([("Cao", 5, "9.9")], "short_of_maximum"),
        ([("Cao", 10, 5)], "wrong_order"),
    ],
)
def test_bands_exclude_each_other_and_stay_within_the_maximum(bands, code):
    plan = make_plan()
    criterion = type(READY[0])("Tính mới", Decimal(10), tuple(draft(*band) for band in bands))

    def lay():
        lay_down(plan, [criterion], 2, Decimal(20), by=make_user(), version=0)

    if code:
        with refused(code):
            lay()
    else:
        lay()


def test_the_ready_criteria_sum_to_a_hundred_and_leave_no_point_between_bands():
    plan = make_plan()
    lay_down(plan, READY, 2, Decimal(20), by=make_user(), version=0)

    assert sum(criterion.max_points for criterion in READY) == 100
    for criterion in READY:
        covered = sum(int((band.to_points - band.from_points) * 10) + 1 for band in criterion.bands)
        assert covered == int(criterion.max_points * 10) + 1


def test_two_people_do_not_write_over_each_others_criteria():
    plan = make_plan()
    lay_down_simple(plan)

    with refused("stale"):
        lay_down(plan, READY, 2, Decimal(20), by=make_staff(plan.union), version=0)
