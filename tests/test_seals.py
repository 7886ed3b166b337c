"""R20: what somebody with the database's own password cuts off, slips in or changes behind a seal is found."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from awards.models import Award, Kind, Publication
from awards.publishing import publish
from awards.selection import choose
from config import clock
from dossiers.models import Filing
from record.models import Event, Seal
from record.sealing import seal
from record.verifying import broken_contents, broken_links, broken_seals
from record.writing import write
from tests.conftest import moment
from tests.factories import (
    make_board,
    make_filed,
    make_initiative,
    make_national_user,
    make_staff,
    make_user,
    make_valid,
)
from tests.refusals import database_refuses, without_triggers

pytestmark = pytest.mark.django_db


def make_sealed(at, events=3):
    """An initiative with so many events, all behind a seal."""
    initiative = make_initiative()
    for number in range(events - 1):
        write(initiative, "corrected", after={"title": f"Tên {number}"})
    at("2021-04-02 08:00")
    return initiative, seal()


def said():
    with pytest.raises(CommandError) as refusal:
        call_command("verify_record")
    return str(refusal.value)


def wrongs():
    return [wrong for _, wrong in broken_seals()]


def test_a_sealed_record_verifies_and_so_does_what_was_written_since(at, capsys):
    initiative, _ = make_sealed(at)
    write(initiative, "corrected")
    seal()

    call_command("verify_record")

    assert "2 seals" in capsys.readouterr().out


def test_the_newest_events_cut_off_the_end_of_a_chain_are_missed(at):
    initiative, sealed = make_sealed(at)

    with without_triggers():
        Event.objects.of(initiative).filter(number__gte=2).delete()

    assert list(broken_links()) == []  # the chain itself still holds: that is what the seal is for
    assert said() == (
        f"Broken at Niêm phong số 1 of 02/04/2021: it was put on 3 new events, now there are 1 (up to "
        f"event {sealed.last_event})."
    )


def test_a_whole_chain_that_went_is_missed(at):
    initiative, _ = make_sealed(at)
    make_initiative()

    with without_triggers():
        Event.objects.of(initiative).delete()

    assert list(broken_links()) == []
    assert len(wrongs()) == 1


def test_a_chain_written_anew_in_itself_is_found(at):
    initiative, _ = make_sealed(at)
    last = Event.objects.of(initiative).last()
    last.after = {"title": "Bịa"}

    with without_triggers():
        Event.objects.filter(pk=last.pk).update(after=last.after, digest=last.computed_digest())

    assert list(broken_links()) == []
    assert ["changed or exchanged" in wrong for wrong in wrongs()] == [True]


def test_an_event_slipped_in_before_a_seal_is_found(at):
    make_sealed(at)
    other = make_initiative()
    event = Event.objects.of(other).get()

    with without_triggers():
        first = Event.objects.order_by("pk").first()
        Event.objects.filter(pk=event.pk).update(id=first.pk - 1)

    assert list(broken_links()) == []
    assert ["3 new events, now there are 4" in wrong for wrong in wrongs()] == [True]


def test_seals_that_were_changed_or_taken_out_are_found(at):
    make_sealed(at)
    seal(), seal()

    with without_triggers():
        Seal.objects.filter(number=2).update(events=2)
    assert wrongs()[0] == "the seal itself was changed"

    with without_triggers():
        Seal.objects.filter(number=2).delete()
    assert wrongs()[0] == "a seal before it is missing"


def test_seals_rewritten_to_fit_are_found_by_what_was_kept_outside(at):
    initiative, kept = make_sealed(at)
    with without_triggers():
        Event.objects.of(initiative).filter(number=3).delete()
        Seal.objects.all().delete()
        seal()
    call_command("verify_record")  # nothing inside tells

    with pytest.raises(CommandError, match="outside it was kept as"):
        call_command("verify_record", seal=[f"1={kept.short}"])
    with pytest.raises(CommandError, match="seal 2, kept outside, is not here"):
        call_command("verify_record", seal=[f"2={kept.short}"])


def test_a_seal_kept_outside_that_agrees_is_no_trouble(at):
    _, kept = make_sealed(at)

    call_command("verify_record", seal=[f"1={kept.short}"])
    call_command("verify_record", seal=[f"1={kept.short.lower().replace(' ', '')}"])


@pytest.mark.parametrize("text", ["", "1", "x=1A2B", "1="])
def test_a_seal_that_is_none_is_refused(text):
    with pytest.raises(CommandError, match="NUMBER=SHORT FORM"):
        call_command("verify_record", seal=[text])


@pytest.mark.parametrize(("age", "sealed"), [(-1, 0), (0, 1), (1, 1)])
def test_what_is_younger_than_an_hour_waits_for_the_next_seal(at, age, sealed, monkeypatch):
    initiative = make_initiative()
    written = Event.objects.of(initiative).get().at
    monkeypatch.setattr(clock, "now", lambda: written + timedelta(hours=1, microseconds=age))

    assert seal().events == sealed


def test_a_seal_costs_what_is_new(at, django_assert_num_queries):
    make_sealed(at, events=3)
    with django_assert_num_queries(6):
        seal()
    make_sealed(at, events=30)
    with django_assert_num_queries(6):
        seal()


def test_chunks_make_no_difference(at, monkeypatch):
    for number in range(5):
        make_sealed(at, events=number + 1)
    for size in (1, 2, 3, 1000):
        monkeypatch.setattr("record.sealing.READ_AT_ONCE", size)
        monkeypatch.setattr("record.verifying.READ_AT_ONCE", size)
        assert [*broken_links(), *broken_seals()] == []
    with without_triggers():
        Event.objects.filter(number=4).update(reason="Bịa.")
    monkeypatch.setattr("record.verifying.READ_AT_ONCE", 2)
    assert len(list(broken_links())) == 2


def test_the_database_lets_nobody_change_or_delete_a_seal(at):
    _, sealed = make_sealed(at)

    with database_refuses("record_is_append_only"):
        Seal.objects.update(events=0)
    with database_refuses("record_is_append_only"):
        sealed.delete()


def test_boards_and_national_staff_read_the_seals_and_union_staff_do_not(at, client):
    _, sealed = make_sealed(at)
    dossier = make_filed()

    for user in (make_board(dossier.plan.union), make_national_user()):
        client.force_login(user)
        assert sealed.short in client.get("/quan-tri/record/seal/").content.decode()
    assert not Seal.objects.visible_to(make_staff(dossier.union)).exists()


# --- What is frozen -------------------------------------------------------------------------------


def contents():
    return [(str(what), wrong) for what, wrong in broken_contents()]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"content": {"entries": []}}, "its content was changed"),
        ({"sha256": "0" * 64}, "its content was changed"),
        ({"number": 2}, "it is not on the record"),
    ],
)
def test_a_filing_that_was_changed_is_named(change, wrong):
    filing = make_filed().last_filing
    assert contents() == []

    with without_triggers():
        Filing.objects.filter(pk=filing.pk).update(**change)

    assert contents()[0][1] == wrong


def test_a_filing_whose_letter_was_exchanged_is_named():
    filing = make_filed().last_filing

    with without_triggers():
        filing.letter.files.update(sha256="0" * 64)

    assert contents() == [(str(filing), "the files of its letter are others")]


def test_a_letter_whose_file_was_overwritten_is_named_when_files_are_read():
    filing = make_filed().last_filing
    file = filing.letter.files.get()
    assert list(broken_contents(files=True)) == []

    with open(file.file.path, "ab") as stored:
        stored.write(b"x")

    assert contents() == []
    assert ["missing or was changed" in wrong for _, wrong in broken_contents(files=True)] == [True]
    file.file.storage.delete(file.file.name)
    assert ["missing or was changed" in wrong for _, wrong in broken_contents(files=True)] == [True]


def test_a_filing_that_went_is_named():
    dossier = make_filed()

    with without_triggers():
        Filing.objects.all().delete()

    assert contents() == [(str(dossier), "filing 1 is on the record and no longer here")]


def test_an_award_given_or_taken_past_every_deed_is_named():
    dossier = make_valid(entries=2)
    choose(dossier.plan, dossier.entries.get(rank=1), Kind.PROVINCE, by=make_user())
    assert contents() == []

    with without_triggers():
        Award.objects.update(entry=dossier.entries.get(rank=2))

    assert [wrong.split(" (")[0] for _, wrong in contents()] == ["its list of the chosen is not the one on the record"]


def test_a_publication_that_was_changed_is_named():
    dossier = make_valid()
    choose(dossier.plan, dossier.entries.get(), Kind.PROVINCE, by=make_user())
    publish(dossier.plan, "12/QĐ", clock.today(), by=make_user())
    assert contents() == []

    with without_triggers():
        Publication.objects.update(decision_number="99/QĐ", decision_date=moment("2021-04-30").date())

    assert [wrong for _, wrong in contents()] == ["its publication is not the one on the record"]
