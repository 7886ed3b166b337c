"""R20: the record is append-only, a chain that shows tampering, and personal values can be forgotten (R19)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from initiatives.changing import correct
from record.forgetting import forget
from record.models import Event, PersonalDetail
from record.verifying import broken_links
from record.writing import SYSTEM, changes, write
from tests.factories import (
    IN_TIME,
    answers,
    make_complaint,
    make_initiative,
    make_national_user,
    make_user,
    make_valid,
)
from tests.refusals import database_refuses, without_triggers

pytestmark = pytest.mark.django_db


def make_history():
    """An initiative with three events: sent, accepted, corrected (with personal values)."""
    initiative = make_initiative(accepted=True)
    typed = answers(initiative.unit, title="Tên mới", phone="+84987654321")
    return correct(initiative, typed, version=initiative.version, arrived_at=IN_TIME)


def wrongs():
    return [(str(event), wrong) for event, wrong in broken_links()]


def test_the_record_of_everything_that_happens_verifies(capsys):
    make_history()
    dossier = make_valid(entries=2)
    make_complaint(dossier.entries.get(rank=1).initiative)

    assert wrongs() == []
    call_command("verify_record")
    assert f"{Event.objects.count()} events" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        {"after": {"status": "REJECTED"}},
        {"before": {}},
        {"reason": "Bịa."},
        {"by_name": "Người khác"},
        {"deed": "rejected"},
        {"at": IN_TIME + timedelta(days=1)},
        {"personal_digest": "0" * 64},
        {"digest": "0" * 64},
        {"previous_digest": ""},
        {"by": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_changed_event_is_found(change):
    event = Event.objects.of(make_history()).get(number=2)
    assert wrongs() == []

    with without_triggers():
        Event.objects.filter(pk=event.pk).update(**change)

    assert str(Event.objects.get(pk=event.pk)) == wrongs()[0][0]
    with pytest.raises(CommandError):
        call_command("verify_record")


def test_a_removed_event_is_found():
    initiative = make_history()

    with without_triggers():
        Event.objects.of(initiative).filter(number=2).delete()

    assert [wrong for _, wrong in wrongs()] == ["an event before it is missing"]


def test_a_removed_event_whose_place_is_closed_up_is_found():
    initiative = make_history()

    with without_triggers():
        Event.objects.of(initiative).filter(number=2).delete()
        Event.objects.of(initiative).filter(number=3).update(number=2)

    assert [wrong for _, wrong in wrongs()] == ["it does not continue the event before it"]


def test_changed_personal_values_are_found():
    initiative = make_history()

    with without_triggers():
        PersonalDetail.objects.filter(event__subject_id=initiative.pk).update(after={"phone": "+84900000000"})

    assert [wrong for _, wrong in wrongs()] == ["its personal values were changed"]


def test_personal_values_can_be_forgotten_and_the_chain_still_holds():
    initiative = make_history()
    event = Event.objects.of(initiative).last()
    assert PersonalDetail.objects.get(event=event).after == {"phone": "+84987654321"}

    forget(initiative, by=make_user())

    assert wrongs() == []
    assert not PersonalDetail.objects.exists()
    assert "+84987654321" not in repr(list(Event.objects.values()))


def test_personal_values_that_went_without_the_person_being_forgotten_are_missed():
    initiative, other = make_history(), make_history()
    forget(other, by=make_user())

    with database_refuses("record_is_append_only"):
        PersonalDetail.objects.filter(event__subject_id=initiative.pk).delete()
    with without_triggers():
        PersonalDetail.objects.filter(event__subject_id=initiative.pk).delete()

    assert [wrong for _, wrong in wrongs()] == ["its personal values are missing"]


def test_equal_personal_values_have_different_digests():
    first, second = make_history(), make_history()

    digests = {Event.objects.of(initiative).last().personal_digest for initiative in (first, second)}

    assert len(digests) == 2
    assert "" not in digests


def test_the_database_lets_nobody_change_or_delete_an_event():
    event = Event.objects.of(make_initiative()).get()

    with database_refuses("record_is_append_only"):
        Event.objects.filter(pk=event.pk).update(reason="Bịa.")
    with database_refuses("record_is_append_only"):
        Event.objects.filter(pk=event.pk).delete()
    with database_refuses("record_is_append_only"):
        event.save()


def test_two_events_of_one_subject_cannot_have_one_number():
    event = Event.objects.of(make_initiative()).get()
    event.pk = None

    with database_refuses("event_numbered_once", "record_event.number"):
        Event.objects.bulk_create([event])


def test_the_chains_of_two_subjects_do_not_touch():
    first, second = make_initiative(), make_initiative()

    write(first, "one"), write(second, "two"), write(first, "three")

    assert [event.number for event in Event.objects.of(first)] == [1, 2, 3]
    assert [event.number for event in Event.objects.of(second)] == [1, 2]
    assert Event.objects.of(first).last().previous_digest == Event.objects.of(first).get(number=2).digest


def test_an_event_says_who_when_what_before_what_after_and_why(at):
    at("2021-04-02 10:00")
    by, subject = make_user(full_name="Trần Thị Cán Bộ"), make_initiative()

    event = write(subject, "tested", by=by, before={"title": "cũ"}, after={"title": "mới"}, reason="Vì sao.")

    event.refresh_from_db()
    assert (event.by, event.by_name, event.deed, event.reason) == (by, "Trần Thị Cán Bộ", "tested", "Vì sao.")
    assert (event.before, event.after) == ({"title": "cũ"}, {"title": "mới"})
    assert event.at.isoformat().startswith("2021-04-02T03:00")


def test_what_nobody_did_was_the_system():
    assert write(make_initiative(), "tested").by_name == SYSTEM


def test_changes_are_told_by_value_and_relations_by_their_key():
    initiative = make_initiative()
    other = make_initiative().unit

    before, after = changes(initiative, {"unit": other, "title": initiative.title, "benefit": 5})

    assert before == {"unit": initiative.unit_id, "benefit": 12000000}
    assert after == {"unit": other.pk, "benefit": 5}


def test_only_national_staff_read_the_whole_record():
    make_initiative()

    assert Event.objects.visible_to(make_national_user()).exists()
    assert not Event.objects.visible_to(make_user()).exists()


def test_the_record_can_neither_be_emptied_nor_replaced_by_plain_sql():
    make_initiative()
    statements = {
        "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE", "TRUNCATE record_event CASCADE"],
        "sqlite": ["INSERT OR REPLACE INTO record_event SELECT * FROM record_event"],
    }[connection.vendor]

    with database_refuses("record_is_append_only"), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
