"""A row that another session holds: who wants it is told so, with what was typed, and everybody else is served."""

from functools import partial

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from tests.factories import make_initiative, make_staff
from tests.pages import says, signed_in
from tests.racing import at_once, lock_held

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

WAITING = 8


def test_who_wants_a_row_that_is_locked_is_told_so_and_others_are_served(client):
    """Without a limit of waiting all would wait until the lock is let go, and then be done."""
    initiative, answers, others = make_initiative(), [], []
    people = [signed_in(make_staff(initiative.unit), raise_request_exception=False) for _ in range(WAITING)]
    reject = reverse("reject_initiative", args=[initiative.code])
    values = {"version": "1", "reason": "Chưa nói rõ cách làm."}

    def ask(person):
        answers.append(person.post(reject, values))

    def look():
        others.append(client.get(f"/{initiative.campaign.slug}/"))

    with lock_held(Initiative.objects.filter(pk=initiative.pk)):
        assert at_once(*(partial(ask, person) for person in people), look) == [None] * (WAITING + 1)

    assert [answer.status_code for answer in answers] == [503] * WAITING
    assert all("Chưa nói rõ cách làm." in says(answer) for answer in answers)
    assert [answer.status_code for answer in others] == [200]
    assert people[0].post(reject, values).status_code == 302
