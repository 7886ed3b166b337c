"""R13, R14: an open complaint holds its initiative back at once; an upheld one for good."""

import pytest

from awards.candidates import candidates, eligible
from awards.complaints import conclude
from awards.models import Award, Complaint, ComplaintKind, ComplaintState, Kind
from awards.selection import choose, take_back
from initiatives.timeline import timeline_of
from record.models import Event, PersonalDetail
from tests.factories import make_complaint, make_initiative, make_user, make_valid
from tests.refusals import database_refuses, refused

pytestmark = pytest.mark.django_db

DISMISSED, UPHELD = ComplaintState.DISMISSED, ComplaintState.UPHELD


def make_held(**values):
    """A valid dossier of two entries, the first of them complained about."""
    dossier = make_valid(entries=2)
    first, second = dossier.entries.standing()
    return dossier, first, second, make_complaint(first.initiative, **values)


@pytest.mark.parametrize("kind", ComplaintKind)
def test_an_open_complaint_of_any_kind_holds_its_entry_and_no_other(kind):
    dossier, first, second, _ = make_held(kind=kind)

    assert list(eligible(dossier.plan)) == [second]
    assert {entry.pk: entry.is_held for entry in candidates(dossier.plan)} == {first.pk: True, second.pk: False}
    with refused("not_eligible"):
        choose(dossier.plan, first, Kind.PROVINCE, by=make_user())


def test_a_dismissed_complaint_releases_its_entry():
    dossier, first, _, complaint = make_held()

    conclude(complaint, DISMISSED, "Không có căn cứ.", by=make_user())

    assert first in eligible(dossier.plan)


def test_an_upheld_complaint_keeps_its_entry_out_for_good():
    dossier, first, _, complaint = make_held()

    conclude(complaint, UPHELD, "Sao chép sáng kiến khác.", by=make_user())

    assert first not in eligible(dossier.plan)


def test_a_second_complaint_holds_on_when_the_first_is_dismissed():
    dossier, first, _, complaint = make_held()
    make_complaint(first.initiative)

    conclude(complaint, DISMISSED, "Không có căn cứ.", by=make_user())

    assert first not in eligible(dossier.plan)


def test_a_complaint_is_concluded_once():
    complaint = make_complaint(make_initiative())
    conclude(complaint, DISMISSED, "Không có căn cứ.", by=make_user())

    with refused("already_concluded"):
        conclude(complaint, UPHELD, "Đổi ý.", by=make_user())

    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome) == (DISMISSED, "Không có căn cứ.")
    assert complaint.closed_at


def test_a_conclusion_needs_an_outcome():
    with refused("reason_missing"):
        conclude(make_complaint(make_initiative()), DISMISSED, " ", by=make_user())


def test_a_complaint_about_a_chosen_entry_comes_in_and_is_upheld_only_after_it_is_taken_back():
    dossier = make_valid()
    entry = dossier.entries.get()
    choose(dossier.plan, entry, Kind.PROVINCE, by=make_user())
    complaint = make_complaint(entry.initiative)
    assert Award.objects.standing().exists()

    with refused("chosen"):
        conclude(complaint, UPHELD, "Có căn cứ.", by=make_user())
    take_back(dossier.plan, entry, Kind.PROVINCE, "Nhầm.", by=make_user())

    assert conclude(complaint, UPHELD, "Có căn cứ.", by=make_user()).state == UPHELD


@pytest.mark.parametrize("state", [ComplaintState.OPEN, "SOMETHING"])
def test_a_complaint_is_concluded_as_dismissed_or_upheld_and_nothing_else(state):
    complaint = make_complaint(make_initiative())

    with database_refuses("complaint_open_or_concluded"):
        conclude(complaint, state, "Kết luận.", by=make_user())

    assert Complaint.objects.open().count() == 1


def test_complaints_are_on_record_the_complainant_apart():
    by, initiative = make_user(), make_initiative()
    complaint = make_complaint(initiative, by=by, complainant="Người Tố Giác", contact="0987 000 111")
    conclude(complaint, UPHELD, "Có căn cứ.", by=by)

    deeds = [event.deed for event in Event.objects.of(complaint)]
    assert deeds == ["received", "concluded"]
    assert [event.deed for event in Event.objects.of(initiative)] == ["sent", "held", "excluded"]
    written = repr(list(Event.objects.values()))
    assert "Người Tố Giác" not in written
    assert "0987" not in written
    assert not PersonalDetail.objects.filter(event__subject_kind="complaint", after__has_key="text").exists()


def test_the_author_is_not_told_of_a_complaint():
    initiative = make_initiative()
    make_complaint(initiative)

    assert len(timeline_of(initiative)) == 1
