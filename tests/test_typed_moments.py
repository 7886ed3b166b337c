"""Moments as staff type them: the same instant in any usual writing, and a sentence for what cannot be read."""

import pytest
from django.urls import reverse

from dossiers.models import Extension
from initiatives.models import Campaign
from tests.conftest import moment
from tests.factories import make_board, make_campaign, make_national_user, make_plan, make_union
from tests.pages import filled_in, says, signed_in, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CLOSES = moment("2021-04-22")
# What stands in the two boxes, day and hour → whether it is midnight at the end of 21 April.
WRITINGS = [
    (("22/04/2021", "00:00"), True),
    (("22/04/2021", "00:00:00"), True),
    (("22-04-2021", "00:00"), True),
    (("22.4.2021", "0:00"), True),
    (("2021-04-22", "00:00"), True),
    (("21/4/2021", "24:00"), False),
    (("21/4/2021", "24h"), False),
    (("24:00 21/4/2021", ""), False),
    (("2021-04-21T17:00:00Z", ""), False),
    (("2021-04-21T17:00:00Z", "00:00"), False),
    (("31/04/2021", "00:00"), False),
    (("22/04/2021", ""), False),
    (("", "00:00"), False),
    (("22/04/2021", "\x00"), False),
    (("22/04/99999", "00:00"), False),
    (("０１/０４/２０２１", "٠٠:٠٠"), False),
]


@pytest.mark.parametrize(("boxes", "is_read"), WRITINGS)
def test_a_closing_time_in_any_writing_is_that_instant_or_refused_in_words(boxes, is_read):
    campaign, client = make_campaign(), signed_in(make_national_user())
    page = reverse("admin:initiatives_campaign_change", args=[campaign.pk])
    values = filled_in(tree(client.get(page)).get_element_by_id("campaign_form"))

    answer = client.post(page, values | dict(zip(("closes_at_0", "closes_at_1"), boxes, strict=True)))

    assert answer.status_code == (302 if is_read else 200)
    assert Campaign.objects.get().closes_at == (CLOSES if is_read else moment("2021-04-21"))
    if not is_read:
        told = tree(answer).xpath(
            "//*[contains(@class, 'field-closes_at')]//ul[contains(@class, 'errorlist')]/li/text()"
        )
        assert told
        assert not [sentence for sentence in told if "Enter" in sentence], told


@pytest.mark.parametrize(("boxes", "is_read"), WRITINGS)
def test_an_extension_is_read_alike(boxes, is_read):
    plan = make_plan()
    client = signed_in(make_board(plan.union))
    values = {"plan": plan.pk, "union": make_union(parent=plan.union).pk, "reason": "Lũ lụt, mất điện."}

    answer = client.post(
        reverse("admin:dossiers_extension_add"), values | dict(zip(("until_0", "until_1"), boxes, strict=True))
    )

    assert answer.status_code == (302 if is_read else 200)
    assert list(Extension.objects.values_list("until", flat=True)) == ([CLOSES] if is_read else [])


def test_midnight_is_shown_as_people_say_it():
    campaign = make_campaign()

    answer = signed_in(make_national_user()).get(reverse("admin:initiatives_campaign_changelist"))

    assert "hết ngày 20/04/2021" in says(answer)
    assert campaign.name in says(answer)
