"""What the tests of marking share."""

import itertools

from awards.models import CouncilMember, Duty
from tests.factories import make_plan

names = itertools.count(1)


def make_member(plan=None, duty=Duty.MEMBER, **values):
    """A member of a plan's council, without an account when none is given."""
    values = {"full_name": f"Thành Viên {next(names)}", "job_title": "Trưởng ban"} | values
    return CouncilMember.objects.create(plan=plan or make_plan(), duty=duty, **values)
