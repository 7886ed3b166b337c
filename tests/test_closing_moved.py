"""Staff move the closing time: one switch for everybody, and nobody who sent in time is put outside."""

import uuid
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from initiatives import sending_views
from initiatives.keeping import write_all
from initiatives.models import Campaign, Initiative
from initiatives.sending import send
from record.models import Event
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    answers,
    make_board,
    make_campaign,
    make_initiative,
    make_national_user,
    make_plan,
    make_staff,
    make_union,
)
from tests.kept import make_kept
from tests.pages import filled_in, says, send_form, signed_in, tree, typed
from tests.racing import while_open
from tests.refusals import refused

pytestmark = pytest.mark.django_db

# The clock of the tests stands at 08:00 on 1 April 2021, when the programme is open.
SOON, PASSED = (
    {"closes_at_0": "01/04/2021", "closes_at_1": "09:00"},
    {"closes_at_0": "01/04/2021", "closes_at_1": "07:59"},
)


@pytest.fixture
def national():
    return signed_in(make_national_user())


def campaign_page(campaign):
    return reverse("admin:initiatives_campaign_change", args=[campaign.pk])


def save(client, campaign, **values):
    """Save the admin's page of a campaign as it stands, with these boxes changed."""
    page = client.get(campaign_page(campaign))
    return client.post(campaign_page(campaign), filled_in(tree(page).get_element_by_id("campaign_form")) | values)


def closing_of(campaign):
    return Campaign.objects.get(pk=campaign.pk).closes_at


def test_a_closing_that_is_moved_is_on_record_with_before_and_after(national):
    campaign = make_campaign()

    assert save(national, campaign, **SOON).status_code == 302

    assert closing_of(campaign) == moment("2021-04-01 09:00")
    event = Event.objects.of(campaign).get()
    told = [datetime.fromisoformat(values["closes_at"]) for values in (event.before, event.after)]
    assert (event.deed, told) == ("changed", [moment("2021-04-21"), moment("2021-04-01 09:00")])


@pytest.mark.parametrize(
    ("values", "where"),
    [
        (PASSED, "closes_at"),
        (SOON | {"closes_at_1": "08:00"}, "closes_at"),  # what is now is over
        ({"closes_at_0": "09/03/2021"}, "closes_at"),
        ({"opens_at_0": "02/04/2021"}, "opens_at"),  # somebody sent already
        ({"closes_at_0": ""}, "closes_at"),
    ],
)
def test_a_closing_that_is_over_and_an_opening_behind_what_came_in_are_refused(national, values, where):
    initiative = make_initiative()
    before = Campaign.objects.values().get()

    response = save(national, initiative.campaign, **values)

    assert response.status_code == 200
    assert tree(response).xpath(f"//*[contains(@class, 'field-{where}')]//ul[contains(@class, 'errorlist')]")
    assert Campaign.objects.values().get() == before


def test_a_closing_before_the_opening_is_refused(national):
    campaign = make_campaign(opens_at=moment("2021-05-10"), closes_at=moment("2021-05-20"))

    response = save(national, campaign, closes_at_0="09/05/2021")

    assert "Thời điểm đóng phải sau thời điểm mở" in says(response)
    assert closing_of(campaign) == moment("2021-05-20")


def test_a_programme_that_is_over_is_opened_again_by_a_closing_to_come(national, at, client):
    campaign, values = make_campaign(), typed(make_union())
    at("2021-04-21 00:00:30")
    assert send_form(client, campaign, values).status_code == 403

    save(national, campaign, closes_at_0="22/04/2021")

    assert send_form(client, campaign, values).status_code == 302


def test_other_words_of_a_programme_that_is_over_are_still_changed(national, at):
    campaign = make_campaign()
    at("2021-05-01 08:00")

    assert save(national, campaign, help_phone="0900.000.001").status_code == 302


@pytest.mark.parametrize("who", [None, "staff", "board"])
def test_nobody_else_moves_it(client, who):
    plan = make_plan()
    people = {
        "staff": lambda: make_staff(make_union(parent=plan.union)),
        "board": lambda: make_board(plan.union),
    }
    visitor = signed_in(people[who]()) if who else client

    answer = visitor.post(campaign_page(plan.campaign), SOON, follow=True)

    assert answer.status_code == 403
    assert closing_of(plan.campaign) == moment("2021-04-21")


# While forms wait to be written down


def test_in_the_middle_of_the_rush_the_closing_is_put_off_and_not_brought_forward(national):
    kept = make_kept()

    assert "đang chờ ghi vào sổ" in says(save(national, kept.campaign, **SOON))
    assert save(national, kept.campaign, closes_at_0="22/04/2021").status_code == 302

    assert closing_of(kept.campaign) == moment("2021-04-22")
    assert write_all() == 1


def test_the_database_lets_a_closing_be_put_off_and_not_brought_forward_while_forms_wait():
    kept = make_kept()

    with pytest.raises(IntegrityError, match="forms_wait"), transaction.atomic():
        Campaign.objects.update(closes_at=moment("2021-04-20"))
    assert Campaign.objects.filter(pk=kept.campaign_id).update(closes_at=moment("2021-04-22")) == 1


# While requests run


@pytest.mark.parametrize("is_now_read", [True, False])
def test_who_holds_the_closing_of_a_moment_ago_is_told_in_words_and_keeps_the_text(client, monkeypatch, is_now_read):
    """A process remembers the programme for a second; and it may change between reading it and storing the form."""
    stale = make_campaign()
    monkeypatch.setattr("initiatives.views.campaign_shown", lambda slug: stale)
    if not is_now_read:
        monkeypatch.setattr(sending_views, "campaign_now", lambda slug: stale)
    Campaign.objects.update(closes_at=IN_TIME - timedelta(minutes=1))

    response = send_form(client, stale, typed(make_union(), description="Vẫn còn đây"))

    assert response.status_code == 403
    assert "Vẫn còn đây" in says(response)
    assert not Initiative.objects.exists()


def test_a_day_of_practice_that_was_moved_meanwhile_is_told_in_words(client, monkeypatch):
    stale = make_campaign()
    monkeypatch.setattr("initiatives.views.campaign_shown", lambda slug: stale)
    monkeypatch.setattr(sending_views, "campaign_now", lambda slug: stale)
    Campaign.objects.update(practice_from=moment("2021-03-01").date())

    response = send_form(client, stale, typed(make_union()))

    assert response.status_code == 422
    assert not Initiative.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_switch_is_one_moment_for_everybody():
    """Until it is committed the old closing holds for all; from then on the new one, whatever a process remembers."""
    campaign, after = make_campaign(), IN_TIME - timedelta(minutes=1)
    unit = make_initiative(campaign=campaign).unit  # the first one of a programme keeps its words, and waits
    sends = [partial(send, campaign, uuid.uuid4(), answers(unit), arrived_at=IN_TIME) for _ in range(5)]

    outcomes = while_open(partial(Campaign.objects.update, closes_at=after), *sends)

    assert outcomes == [None] * 6
    with refused("closed"):
        send(campaign, uuid.uuid4(), answers(unit), arrived_at=IN_TIME)
    assert Initiative.objects.count() == 6
