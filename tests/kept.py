"""Forms that arrived in the rush and are not written down yet."""

import uuid

from initiatives.keeping import receive
from initiatives.kept_forms import KeptForm
from tests.factories import IN_TIME, answers, make_campaign


def make_kept(campaign=None, *, arrived_at=IN_TIME, **values):
    campaign, number = campaign or make_campaign(), uuid.uuid4()
    receive(campaign, number, answers(**values), arrived_at=arrived_at, in_rush=True)
    return KeptForm.objects.get(submission_id=number)
