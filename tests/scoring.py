"""What the tests of marking share."""

import itertools
from decimal import Decimal

from awards.criteria import BandDraft, CriterionDraft, criteria_of, lay_down, rules_of
from awards.marking import keep
from awards.models import CouncilMember, Duty, ScoreSheet
from awards.points import TENTH
from tests.factories import make_board, make_plan, make_user, make_valid

names = itertools.count(1)


def make_member(plan=None, duty=Duty.MEMBER, **values):
    """A member of a plan's council, without an account when none is given."""
    values = {"full_name": f"Thành Viên {next(names)}", "job_title": "Trưởng ban"} | values
    return CouncilMember.objects.create(plan=plan or make_plan(), duty=duty, **values)


def make_seat(plan, duty=Duty.MEMBER, **values):
    """A member of the council with an account of the plan's board."""
    return make_member(plan, duty, user=make_board(plan.union), **values)


def lay_down_simple(plan, **rules):
    """Two criteria of 60 and 40 points, each with a high and a low band."""
    rules = {"marks_wanted": 2, "gap": Decimal(20)} | rules
    drafts = [
        CriterionDraft(
            name, Decimal(most), (draft("Cao", most // 2, most), draft("Thấp", 0, Decimal(most) / 2 - TENTH))
        )
        for name, most in (("Tính mới", 60), ("Hiệu quả", 40))
    ]
    return lay_down(plan, drafts, **rules, by=make_user(), version=rules_of(plan).version)


def draft(label, low, high):
    return BandDraft(label, Decimal(low), Decimal(high))


def make_scene(entries=1, seats=2, **rules):
    """A plan whose council may mark: (plan, its entries, its members with accounts)."""
    plan = make_plan()
    entries = list(make_valid(plan=plan, entries=entries).entries.standing())
    lay_down_simple(plan, **rules)
    return plan, entries, [make_seat(plan) for _ in range(seats)]


def points(plan, *given):
    """Return what `keep` takes: these points on the plan's criteria, in order; None leaves one out."""
    return {
        criterion.pk: (None, None if number is None else Decimal(str(number)))
        for criterion, number in zip(criteria_of(plan), given, strict=False)
    }


def give(entry, member, *given, comment="", by=None, **more):
    """A member hands in these points."""
    sheet = ScoreSheet.objects.filter(entry=entry, member=member).first()
    version = sheet.version if sheet else 0
    by = by or member.user or make_user()
    return keep(entry, member, points(entry.plan, *given), comment, by=by, version=version, **{"hand_in": True} | more)


def draft_of(entry, member, *given, **more):
    return give(entry, member, *given, hand_in=False, **more)
