"""R8: its author corrects or withdraws an initiative until closing, never after."""

from datetime import date, timedelta

import pytest

from accounts.models import Level
from initiatives.changing import correct, withdraw
from initiatives.models import Status
from initiatives.screening import reject
from initiatives.timeline import timeline_of
from record.models import Event, PersonalDetail
from tests.conftest import moment
from tests.factories import IN_TIME, answers, make_initiative, make_union, make_user
from tests.refusals import database_refuses, refused

pytestmark = pytest.mark.django_db

CLOSING = moment("2021-04-21")
LAST_INSTANT = CLOSING - timedelta(microseconds=1)


def change(initiative, *, arrived_at=IN_TIME, version=None, **values):
    typed = answers(initiative.unit, initiative.top) | values
    return correct(initiative, typed, version=version or initiative.version, arrived_at=arrived_at)


def test_its_author_corrects_an_initiative_until_the_last_instant():
    initiative = change(make_initiative(), title="Tên mới", arrived_at=LAST_INSTANT)

    initiative.refresh_from_db()
    assert (initiative.title, initiative.version, initiative.status) == ("Tên mới", 2, Status.SENT)
    assert "ten moi" in initiative.search_text


@pytest.mark.parametrize("deed", [change, withdraw])
def test_from_closing_on_nothing_is_corrected_or_withdrawn(deed):
    initiative = make_initiative()

    with refused("closed"):
        deed(initiative, arrived_at=CLOSING)

    initiative.refresh_from_db()
    assert (initiative.version, initiative.status) == (1, Status.SENT)
    assert Event.objects.of(initiative).count() == 1


def test_a_stale_page_is_told_and_changes_nothing():
    initiative = make_initiative()
    change(initiative, title="Của người thứ nhất", version=1)

    with refused("stale"):
        change(initiative, title="Của người thứ hai", version=1)

    initiative.refresh_from_db()
    assert initiative.title == "Của người thứ nhất"


def test_saving_without_a_change_is_no_change():
    initiative = make_initiative(accepted=True)

    assert change(initiative).status == Status.ACCEPTED
    assert change(initiative).version == initiative.version
    assert not Event.objects.of(initiative).filter(deed="corrected").exists()


def test_a_corrected_initiative_goes_back_to_be_screened():
    initiative = make_initiative()
    rejected = reject(initiative, "Chưa rõ hiệu quả.", by=make_user(), version=1)

    corrected = change(rejected, effect="Giảm 30% thời gian.")

    corrected.refresh_from_db()
    assert (corrected.status, corrected.status_reason) == (Status.SENT, "")


def test_correcting_the_unit_moves_the_initiative_to_that_branch():
    initiative = make_initiative()
    other = make_union(parent=initiative.top)

    assert change(initiative, unit=other).branch == other


def test_correcting_to_a_unit_of_another_province_is_refused():
    with refused("unit_of_another_top"):
        change(make_initiative(), unit=make_union(), title="Khác")


def test_a_correction_keeps_to_the_period_of_practice():
    with refused("outside_practice_period"):
        change(make_initiative(), started_on=date(2021, 1, 31))


def test_the_database_refuses_a_correction_of_1001_characters():
    with database_refuses("initiative_description_fits"):
        change(make_initiative(), description="ệ" * 1001)


def test_a_withdrawn_initiative_stays_on_record_and_is_not_corrected():
    initiative = withdraw(make_initiative(), arrived_at=LAST_INSTANT)

    with refused("withdrawn"):
        change(initiative, title="Muốn sửa")
    assert initiative.status == Status.WITHDRAWN


def test_withdrawing_twice_is_withdrawing_once_even_after_closing():
    initiative = withdraw(make_initiative(), arrived_at=IN_TIME)

    assert withdraw(initiative, arrived_at=CLOSING).version == initiative.version
    assert Event.objects.of(initiative).filter(deed="withdrawn").count() == 1


def test_a_correction_is_on_record_with_before_and_after_and_personal_values_apart():
    initiative = make_initiative(make_union(Level.GRASSROOTS))
    change(initiative, title="Tên mới", phone="+84987654321")

    event = Event.objects.of(initiative).last()
    personal = PersonalDetail.objects.get(event=event)
    assert (event.before["title"], event.after["title"]) == ("Cải tiến bàn cắt vải", "Tên mới")
    assert (event.before["status"], event.after["status"]) == ("SENT", "SENT")
    assert (personal.before, personal.after) == ({"phone": "+84912345678"}, {"phone": "+84987654321"})
    assert "phone" not in {**event.before, **event.after}


def test_its_author_reads_what_happened_in_plain_words():
    initiative = change(make_initiative(), title="Tên mới")
    reject(initiative, "Trùng sáng kiến cũ.", by=make_user(full_name="Người Rà Soát"), version=initiative.version)
    withdraw(initiative, arrived_at=IN_TIME)

    steps = timeline_of(initiative)

    assert [step.words.split(":")[0] for step in steps] == [
        "Đã nhận sáng kiến của bạn", "Bạn đã sửa nội dung", "Công đoàn đã rà soát", "Bạn đã rút sáng kiến",
    ]  # fmt: skip
    assert steps[2].detail == "Lý do: Trùng sáng kiến cũ."
    assert "Người Rà Soát" not in repr(steps)
