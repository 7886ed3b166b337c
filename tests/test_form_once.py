"""R7: one form is one record, however often it is sent; and a form carries nothing that the site decides itself."""

import re

import pytest

from initiatives.models import Initiative
from tests.conftest import moment
from tests.factories import make_campaign, make_union
from tests.pages import filled_in, form_on, says, send_form, typed

pytestmark = pytest.mark.django_db


def test_what_the_site_decides_itself_cannot_be_sent_along(client):
    unit, campaign = make_union(), make_campaign()
    forged = {
        "id": "77", "pk": "77", "code": "000000000000", "secret": "mine", "status": "ACCEPTED", "is_accepted": "1",
        "branch": str(make_union().pk), "version": "9", "arrived_at": "2020-01-01", "stored_at": "2020-01-01",
        "consent_version": "x", "campaign": "5", "search_text": "x", "is_staff": "1", "status_reason": "x",
    }  # fmt: skip

    send_form(client, campaign, typed(unit) | forged)

    stored = Initiative.objects.get()
    assert (stored.status, stored.status_reason, stored.version) == ("SENT", "", 1)
    assert (stored.campaign, stored.branch, stored.consent_version) == (campaign, unit, campaign.consent_version)
    assert stored.arrived_at >= moment("2021-04-01 08:00")
    assert not {stored.code, stored.secret, stored.search_text} & {"000000000000", "mine", "x"}


def test_the_same_form_sent_twice_is_one_record_with_one_receipt(client):
    campaign, values = make_campaign(), typed(make_union())

    first, second = send_form(client, campaign, values), send_form(client, campaign, values)

    assert first["Location"] == second["Location"]
    assert Initiative.objects.count() == 1


def test_a_used_form_with_other_content_is_refused_and_one_more_click_sends_it(client):
    campaign, values = make_campaign(), typed(make_union())
    send_form(client, campaign, values)

    response = send_form(client, campaign, values | {"title": "Một sáng kiến khác"})

    again = filled_in(form_on(response))
    assert response.status_code == 422
    assert again["submission_id"] != values["submission_id"]
    assert Initiative.objects.get().shown_code in says(response)
    send_form(client, campaign, again)
    assert sorted(Initiative.objects.values_list("title", flat=True)) == ["Cải tiến bàn cắt vải", "Một sáng kiến khác"]


@pytest.mark.parametrize("number", [None, "", "none", "1234", "\x00", "' OR 1=1", "9" * 5000])
def test_a_broken_number_of_the_form_is_replaced_and_one_more_click_sends_it(client, number):
    campaign, values = make_campaign(), typed(make_union(), submission_id=number or "")
    if number is None:
        del values["submission_id"]

    response = send_form(client, campaign, values)

    assert response.status_code == 422
    assert not Initiative.objects.exists()
    again = filled_in(form_on(response))
    assert re.fullmatch(r"[0-9a-f-]{36}", again["submission_id"])
    assert send_form(client, campaign, again).status_code == 302
