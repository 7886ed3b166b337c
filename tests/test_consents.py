"""R19: what somebody consented to can be told years later, word for word."""

import pytest
from django.urls import reverse

from initiatives.consents import ConsentText
from tests.boards import signed_in
from tests.factories import make_campaign, make_initiative, make_national_user
from tests.pages import filled_in, says, send_form, tree, typed

pytestmark = pytest.mark.django_db


def save_campaign(campaign, **values):
    client = signed_in(make_national_user())
    address = reverse("admin:initiatives_campaign_change", args=[campaign.pk])
    return client.post(address, form_of(client.get(address)) | values)


def form_of(page):
    return filled_in(tree(page).get_element_by_id("campaign_form"))


def texts():
    return dict(ConsentText.objects.values_list("version", "text"))


def test_the_text_is_kept_with_the_first_initiative_of_its_version():
    campaign = make_campaign()
    assert texts() == {}

    make_initiative(campaign=campaign)
    make_initiative(campaign=campaign)

    assert texts() == {"2021-03": "Tôi đồng ý."}


def test_a_text_that_nobody_consented_to_may_change():
    campaign = make_campaign()

    assert save_campaign(campaign, consent_text="Tôi đồng ý hơn.").status_code == 302

    make_initiative(campaign=campaign)
    campaign.refresh_from_db()
    assert texts() == {"2021-03": "Tôi đồng ý hơn."}


def test_another_text_under_a_version_in_use_is_refused_and_says_what_to_do():
    campaign = make_initiative().campaign

    answer = save_campaign(campaign, consent_text="Tôi đồng ý với mọi thứ.")

    assert answer.status_code == 200
    assert "Muốn đổi lời, hãy ghi một phiên bản mới." in says(answer)
    assert form_of(answer)["consent_text"] == "Tôi đồng ý với mọi thứ."
    campaign.refresh_from_db()
    assert campaign.consent_text == "Tôi đồng ý."


def test_a_new_version_keeps_the_words_of_the_old_one(client):
    initiative = make_initiative()
    campaign = initiative.campaign

    assert save_campaign(campaign, consent_version="2021-04", consent_text="Lời mới.").status_code == 302
    send_form(client, campaign, typed(initiative.unit))

    assert texts() == {"2021-03": "Tôi đồng ý.", "2021-04": "Lời mới."}
    assert "Tôi đồng ý." in says(client.get(f"{initiative.private_path}du-lieu/"))


def test_the_old_version_may_come_back_with_its_own_words_only():
    campaign = make_initiative().campaign
    save_campaign(campaign, consent_version="2021-04", consent_text="Lời mới.")

    assert save_campaign(campaign, consent_version="2021-03").status_code == 200
    assert save_campaign(campaign, consent_version="2021-03", consent_text="Tôi đồng ý.").status_code == 302


def test_saving_other_fields_of_a_campaign_in_use_goes_on():
    campaign = make_initiative().campaign

    assert save_campaign(campaign, target="80000").status_code == 302
