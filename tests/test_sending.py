"""R1–R7, R9, R19: what a worker sends is taken on time, whole, once, and with consent."""

import uuid
from datetime import date, timedelta

import pytest

from accounts.models import Level
from initiatives import codes
from initiatives.models import Block, Field, Initiative
from initiatives.sending import send
from initiatives.timeline import timeline_of
from record.models import Event
from tests.conftest import moment
from tests.factories import IN_TIME, answers, make_campaign, make_initiative, make_union
from tests.refusals import database_refuses, refused

pytestmark = pytest.mark.django_db

MICROSECOND = timedelta(microseconds=1)


def send_at(arrived_at, **values):
    return send(make_campaign(), uuid.uuid4(), answers(**values), arrived_at=arrived_at)


# R1


@pytest.mark.parametrize("arrived_at", [moment("2021-03-10"), moment("2021-04-21") - MICROSECOND])
def test_the_first_and_the_last_instant_of_the_programme_are_in(arrived_at):
    assert send_at(arrived_at).arrived_at == arrived_at


@pytest.mark.parametrize("late", [timedelta(0), MICROSECOND, timedelta(days=400)])
def test_closing_time_itself_and_all_after_it_is_out(late):
    with refused("closed"):
        send_at(moment("2021-04-21") + late)

    assert not Initiative.objects.exists()


def test_what_arrives_before_opening_is_out():
    with refused("not_open_yet"):
        send_at(moment("2021-03-10") - MICROSECOND)

    assert not Initiative.objects.exists()


def test_what_arrived_in_time_is_in_even_when_it_is_stored_after_closing(at):
    stored_at = at("2021-04-21 00:01:00")

    initiative = send_at(moment("2021-04-20 23:59:59"))

    assert initiative.arrived_at == moment("2021-04-20 23:59:59")
    assert initiative.stored_at >= stored_at


def test_the_same_instant_in_another_time_zone_is_the_same_answer():
    from_utc = moment("2021-04-21").astimezone(tz=None)

    with refused("closed"):
        send_at(from_utc)


# R2 and R9


@pytest.mark.parametrize("character", ["a", "ệ", "👍", "\n"])
@pytest.mark.parametrize("length", [1, 999, 1000])
def test_a_description_of_up_to_1000_characters_is_stored_whole(character, length):
    description = ("a" + character * (length - 2) + "a")[-length:]

    initiative = send_at(IN_TIME, description=description)

    initiative.refresh_from_db()
    assert initiative.description == description


@pytest.mark.parametrize("character", ["a", "ệ", "👍", "\n"])
def test_the_database_refuses_a_description_of_1001_characters(character):
    with database_refuses("initiative_description_fits"):
        send_at(IN_TIME, description="a" + character * 999 + "a")


def test_the_database_refuses_an_initiative_without_description():
    with database_refuses("initiative_described_unless_secret"):
        send_at(IN_TIME, description="")


def test_under_technological_secrecy_the_description_may_be_left_out():
    assert send_at(IN_TIME, description="", is_secret=True).description == ""


@pytest.mark.parametrize("left_out", ["title", "effect", "full_name", "job_title", "workplace"])
def test_secrecy_excuses_nothing_else(left_out):
    with database_refuses("initiative_titled", "initiative_effect_fits", "initiative_author_named"):
        send_at(IN_TIME, is_secret=True, **{left_out: ""})


# R3, R4, R5, R6


def test_the_branch_through_which_a_unit_puts_forward_is_kept():
    upper = make_union()
    grassroots = make_union(Level.GRASSROOTS, upper)
    directly_below = make_union(Level.GRASSROOTS, upper.parent)

    assert make_initiative(upper).branch == upper
    assert make_initiative(grassroots).branch == upper
    assert make_initiative(directly_below).branch == directly_below


def test_a_unit_that_is_not_in_the_list_is_typed():
    initiative = send_at(IN_TIME, top=make_union(Level.TOP))

    assert (initiative.unit, initiative.branch) == (None, None)
    assert initiative.unit_name == "Công đoàn Công ty Mới"


def test_a_unit_of_another_province_is_refused():
    with refused("unit_of_another_top"):
        send_at(IN_TIME, unit=make_union(), top=make_union(Level.TOP))


@pytest.mark.parametrize("block", Block.values)
@pytest.mark.parametrize("field", Field.values)
def test_each_block_and_each_of_the_five_fields_is_taken(block, field):
    assert send_at(IN_TIME, block=block, field=field).field == field
    assert len(Field.values) == 5
    assert len(Block.values) == 2


@pytest.mark.parametrize("day", [date(2021, 2, 1), date(2021, 5, 31)])
def test_the_first_and_the_last_day_of_putting_into_practice_are_in(day):
    assert send_at(IN_TIME, started_on=day).started_on == day


@pytest.mark.parametrize("day", [date(2021, 1, 31), date(2021, 6, 1), date(2020, 2, 15)])
def test_a_day_outside_the_period_of_practice_is_out(day):
    with refused("outside_practice_period"):
        send_at(IN_TIME, started_on=day)


# R7


def test_the_same_submission_sent_twice_is_stored_once_with_the_same_receipt():
    campaign, submission_id, values = make_campaign(), uuid.uuid4(), answers()

    first = send(campaign, submission_id, values, arrived_at=IN_TIME)
    second = send(campaign, submission_id, values, arrived_at=IN_TIME + timedelta(seconds=5))

    assert (second.pk, second.code, second.secret) == (first.pk, first.code, first.secret)
    assert second.arrived_at == IN_TIME
    assert Initiative.objects.count() == Event.objects.filter(subject_kind="initiative").count() == 1


def test_a_retry_that_arrives_after_closing_still_gets_its_receipt():
    campaign, submission_id, values = make_campaign(), uuid.uuid4(), answers()
    first = send(campaign, submission_id, values, arrived_at=moment("2021-04-20 23:59:59"))

    assert send(campaign, submission_id, values, arrived_at=moment("2021-04-21 00:00:03")) == first


def test_a_used_form_with_other_content_is_refused_and_names_what_it_holds():
    campaign, submission_id, values = make_campaign(), uuid.uuid4(), answers()
    first = send(campaign, submission_id, values, arrived_at=IN_TIME)

    with refused("already_sent") as refusal:
        send(campaign, submission_id, values | {"title": "Một sáng kiến khác"}, arrived_at=IN_TIME)

    assert first.shown_code in refusal.value.messages[0]
    assert Initiative.objects.get().title == values["title"]


def test_two_submissions_with_the_same_content_are_two_initiatives():
    campaign, values = make_campaign(), answers()

    assert send(campaign, uuid.uuid4(), values, arrived_at=IN_TIME) != send(
        campaign, uuid.uuid4(), values, arrived_at=IN_TIME
    )


def test_a_code_that_is_taken_is_drawn_again(monkeypatch):
    taken = make_initiative().code
    free = codes.with_check("0" * 11)
    drawn = iter([taken, taken, free])
    monkeypatch.setattr(Initiative._meta.get_field("code"), "_get_default", lambda: next(drawn))

    assert make_initiative().code == free


def test_a_send_that_is_refused_leaves_nothing_behind():
    with database_refuses("initiative_phone_international"):
        send_at(IN_TIME, phone="0912345678")

    assert not Initiative.objects.exists()
    assert not Event.objects.filter(subject_kind="initiative").exists()


# R19, R20


def test_consent_is_kept_with_its_version_and_time():
    campaign = make_campaign(consent_version="2021-03b")

    initiative = make_initiative(campaign=campaign)

    assert (initiative.consent_version, initiative.consented_at) == ("2021-03b", IN_TIME)


def test_sending_is_on_record_without_any_personal_value():
    initiative = make_initiative(full_name="Hoàng Tử Bí Mật")
    event = Event.objects.of(initiative).get()

    assert (event.deed, event.by, event.by_name) == ("sent", None, "tác giả")
    assert "Hoàng Tử Bí Mật" not in f"{event.before}{event.after}"
    assert [step.words for step in timeline_of(initiative)] == ["Đã nhận sáng kiến của bạn"]


def test_an_initiative_is_found_without_tone_marks_and_by_its_whole_code():
    initiative = make_initiative(title="Đổi mới bàn cắt", full_name="Lê Thị Ngọc")
    make_initiative(title="Việc khác", full_name="Trần Nam", workplace="Trường học")

    for text in ["doi moi", "ĐỔI", "ngoc ban", initiative.shown_code.lower()]:
        assert list(Initiative.objects.matching(text)) == [initiative]
    for text in ["đ", "%%%", "___", "bàn cắt khác", "", codes.with_check("0" * 11)]:
        assert not Initiative.objects.matching(text).exists()
