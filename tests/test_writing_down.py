"""What was kept in the rush is written into the book: the earliest arrival first, and nothing is lost on the way."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import Union
from initiatives import keeping
from initiatives.keeping import answers_of, receive, waiting_path, write_all, write_down
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative
from initiatives.sending import send
from tests.conftest import moment
from tests.factories import IN_TIME, answers, make_campaign, make_union, make_user
from tests.kept import make_kept
from tests.pages import filled_in, says, signed_in, tree
from tests.refusals import codes_of

pytestmark = pytest.mark.django_db


def test_the_earliest_arrival_is_written_first():
    campaign = make_campaign()
    for seconds in (3, 1, 2):
        make_kept(campaign, arrived_at=IN_TIME + timedelta(seconds=seconds), title=f"Thứ {seconds}")

    assert write_all() == 3
    assert list(Initiative.objects.order_by("pk").values_list("title", flat=True)) == ["Thứ 1", "Thứ 2", "Thứ 3"]


def test_writing_stops_when_its_time_is_over_and_goes_on_the_next_minute():
    make_kept()

    assert write_all(seconds=-1) == 0
    assert write_all() == 1


class Killed(BaseException):
    pass


@pytest.mark.parametrize("place", ["answers_of", "send"])
def test_a_process_that_is_killed_while_writing_leaves_the_form_kept_and_the_next_one_writes_it(monkeypatch, place):
    kept = make_kept()

    def killed(*arguments, **values):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(keeping, place, killed)
        with pytest.raises(Killed), transaction.atomic():
            write_down(kept.submission_id)
    assert (KeptForm.objects.count(), Initiative.objects.count()) == (1, 0)

    write_all()
    assert (KeptForm.objects.count(), Initiative.objects.count()) == (0, 1)


def test_what_cannot_be_written_says_why_holds_nobody_up_and_is_tried_again(client, at):
    unit = make_union()
    kept, next_one = make_kept(unit=unit), make_kept(make_campaign(slug="khac"))
    Union.objects.filter(pk=unit.pk).delete()

    assert write_all() == 1
    assert Initiative.objects.get().submission_id == next_one.submission_id
    page = client.get(waiting_path(kept))
    assert page.status_code == 200
    assert "Đơn vị đã chọn không còn trong danh sách" in says(page)

    kept.refresh_from_db()
    again = make_union(parent=Union.objects.get(pk=kept.answers["top"]))
    Union.objects.filter(pk=again.pk).update(id=unit.pk)
    assert write_all() == 0  # not yet
    at("2021-04-01 08:11")
    assert write_all() == 1


def test_an_administrator_who_moves_closing_time_is_asked_to_wait_for_kept_forms(at):
    campaign, admin = make_kept().campaign, signed_in(make_user(is_superuser=True, is_staff=True))
    address = reverse("admin:initiatives_campaign_change", args=[campaign.pk])
    values = filled_in(tree(admin.get(address)).get_element_by_id("campaign_form"))
    earlier = values | {"closes_at_0": "20/04/2021"}

    assert "Còn phiếu đã đến đang chờ ghi vào sổ" in says(admin.post(address, earlier))
    assert admin.post(address, values | {"help_phone": "0900.000.001"}).status_code == 302
    write_all()
    earlier["seen"] = tree(admin.get(address)).xpath("//input[@name='seen']/@value")[0]
    assert admin.post(address, earlier | {"help_phone": "0900.000.001"}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.closes_at == moment("2021-04-20")


def test_answers_come_back_as_they_were():
    values = answers(benefit=None, birth_year=1985)
    kept = make_kept(**values)

    assert answers_of(kept) == values


def test_an_address_outside_the_rush_is_the_receipt():
    path = receive(make_campaign(), uuid.uuid4(), answers(), arrived_at=IN_TIME, in_rush=False)

    assert path == Initiative.objects.get().private_path


def test_sending_past_the_door_is_refused_while_a_form_is_kept():
    kept = make_kept()

    with pytest.raises(ValidationError) as refusal:
        send(kept.campaign, kept.submission_id, answers(), arrived_at=IN_TIME)

    assert codes_of(refusal.value) == ["already_sent"]
