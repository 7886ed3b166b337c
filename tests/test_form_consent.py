"""Consent is given to the words that stood on the page (R19)."""

import pytest

from initiatives.models import Initiative
from tests.factories import make_campaign, make_union
from tests.pages import errors_beside, form_address, form_on, send_form, typed

pytestmark = pytest.mark.django_db


def test_consent_to_words_that_were_replaced_meanwhile_is_asked_for_anew(client):
    campaign, unit = make_campaign(consent_version="1"), make_union()
    shown = form_on(client.get(form_address(campaign))).inputs["shown_consent"].value
    campaign.consent_version, campaign.consent_text = "2", "Lời mới."
    campaign.save()

    refused = send_form(client, campaign, typed(unit, shown_consent=shown))

    assert refused.status_code == 422
    assert "vừa được sửa" in " ".join(errors_beside(refused)["consent"])
    assert not form_on(refused).inputs["consent"].checked
    assert not Initiative.objects.exists()
    again = form_on(refused).inputs["shown_consent"].value
    assert send_form(client, campaign, typed(unit, shown_consent=again)).status_code == 302
    assert Initiative.objects.get().consent_version == "2"


def test_who_sends_without_a_version_consents_to_the_present_one(client):
    send_form(client, make_campaign(consent_version="7"), typed(make_union()))

    assert Initiative.objects.get().consent_version == "7"
