"""R19 within the set time: whoever answers requests for removal is reminded, once a day, while one is urgent."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.removal_reminders import remind
from initiatives.forgetting import take_removal_back
from initiatives.models import Campaign
from outbox.models import Message
from tests.boards import signed_in
from tests.factories import make_campaign, make_national_user, make_staff, make_user
from tests.pages import says
from tests.removals import make_removal

pytestmark = pytest.mark.django_db


@pytest.fixture
def removal():
    """Asked at 08:00 on 1 April 2021, due at 08:00 on 4 April."""
    return make_removal()


def test_a_letter_goes_out_from_a_day_before_and_again_each_day(removal, at):
    make_national_user()

    for moment, letters in [
        ("2021-04-03 07:59", 0),
        ("2021-04-03 08:01", 1),
        ("2021-04-03 23:00", 1),
        ("2021-04-04 00:01", 2),
        ("2021-04-05 10:00", 3),
    ]:
        at(moment)
        remind()
        assert Message.objects.count() == letters

    first, *_, last = Message.objects.order_by("pk")
    assert "đã quá hạn;" not in first.body
    assert "08:00 ngày 04/04/2021" in first.body
    assert "1 đã quá hạn" in last.body


def test_it_goes_to_national_staff_and_administrators_alone_and_names_nobody(removal, at):
    national = make_national_user()
    chief = make_user(is_superuser=True)
    make_user(is_superuser=True, is_active=False)
    make_staff(removal.initiative.unit)
    at("2021-04-04 09:00")

    remind()

    assert {letter.recipient for letter in Message.objects.all()} == {national.email, chief.email}
    text = Message.objects.first().body
    private = [removal.initiative.full_name, removal.initiative.phone, removal.initiative.shown_code]
    assert not [word for word in private if word in text]


def test_what_was_answered_is_not_urgent(removal, at):
    make_national_user()
    take_removal_back(removal)
    at("2021-04-04 09:00")

    remind()

    assert not Message.objects.exists()


def test_the_first_page_says_when_a_campaigns_time_is_over(at):
    make_campaign()
    client = signed_in(make_national_user())
    Campaign.objects.update(personal_until=date(2026, 4, 21))

    at("2026-03-21 09:00")
    assert "21/04/2026" not in says(client.get(reverse("admin:index")))
    at("2026-03-22 09:00")
    assert "Sau ngày 21/04/2026 thông tin cá nhân tự xóa" in says(client.get(reverse("admin:index")))


@pytest.mark.parametrize(("day", "status"), [("30/04/2021", 200), ("01/06/2021", 302)])
def test_a_date_is_set_thirty_days_ahead_at_the_earliest(day, status):
    campaign = make_campaign()
    Campaign.objects.update(practice_until=date(2021, 4, 29))
    client = signed_in(make_national_user())
    address = reverse("admin:initiatives_campaign_change", args=[campaign.pk])
    form = client.get(address).context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None}
    values |= {"seen": form["seen"].value(), "personal_until": day}
    for name in ("opens_at", "closes_at"):
        values[f"{name}_0"], values[f"{name}_1"] = f"{values[name]:%d/%m/%Y}", f"{values[name]:%H:%M:%S}"
    for name in ("practice_from", "practice_until"):
        values[name] = f"{form.initial[name]:%d/%m/%Y}"
    values["is_running"] = "on"

    answer = client.post(address, values)

    assert answer.status_code == status
    assert (status == 302) == Campaign.objects.exclude(personal_until=None).exists()
