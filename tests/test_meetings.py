"""The minutes of the council: who came, how it voted; never two people's words over each other; closed for good."""

import time
from functools import partial

import pytest

from awards import meetings
from awards.listing import lines_kept
from awards.meetings import close_minutes, correct_minutes, keep_minutes, open_minutes
from awards.models import Award, Kind, Meeting
from awards.selection import take_back
from config import clock
from record.models import Event
from tests.conftest import moment
from tests.council import details, make_chosen_plan, make_closed, make_meeting
from tests.factories import make_plan, make_user, make_valid
from tests.racing import at_once
from tests.refusals import refused
from tests.scoring import make_member

pytestmark = pytest.mark.django_db


def kept(meeting, *, present=3, votes=(), version=None, **values):
    """Keep the minutes again, this many present."""
    people = [note.member for note in meeting.attendance.select_related("member")]
    attendance = {
        member: (number < present, "Ốm." if number >= present else "") for number, member in enumerate(people)
    }
    version = meeting.version if version is None else version
    facts = details(meeting.chaired_by, **values)
    return keep_minutes(meeting, facts, attendance, dict(votes), by=make_user(), version=version)


def test_all_who_sit_in_the_council_are_to_be_noted_and_none_who_left():
    plan = make_plan()
    chair = make_member(plan, duty="CHAIR")
    make_member(plan, left_at=clock.now())
    make_member()

    meeting = open_minutes(plan, details(chair), by=make_user())

    assert [(note.member, note.is_present) for note in meeting.attendance.all()] == [(chair, False)]


@pytest.mark.parametrize(
    ("counts", "code"), [((2, 1, 0), None), ((3, 0, 0), None), ((2, 1, 1), "more_votes_than_present")]
)
def test_no_more_vote_than_came(counts, code):
    dossier = make_valid()
    entry = dossier.entries.get()
    meeting = make_meeting(dossier.plan)

    if code:
        with refused(code):
            kept(meeting, votes={entry: counts})
        assert not meeting.votes.exists()
    else:
        assert kept(meeting, votes={entry: counts}).votes.get().total == sum(counts)


def test_who_came_and_the_votes_may_both_become_fewer_and_more_in_one_step():
    dossier = make_valid()
    entry = dossier.entries.get()
    meeting = make_meeting(dossier.plan, votes={entry: (3, 0, 0)})

    meeting = kept(meeting, present=1, votes={entry: (1, 0, 0)})
    meeting = kept(meeting, present=3, votes={entry: (0, 0, 3)})

    assert [note.is_present for note in meeting.attendance.all()] == [True] * 3
    assert meeting.votes.get().abstained == 3


def test_who_came_has_no_reason_to_be_absent():
    meeting = make_meeting()
    member = meeting.attendance.first().member

    keep_minutes(meeting, details(member), {member: (True, "Ốm.")}, {}, by=make_user(), version=meeting.version)

    assert meeting.attendance.get(member=member).reason == ""


def test_a_stale_page_overwrites_nothing():
    meeting = make_meeting()
    kept(meeting, conclusion="Của người thứ nhất.")

    with refused("stale"):
        kept(meeting, conclusion="Của người thứ hai.", version=meeting.version)

    assert Meeting.objects.get().conclusion == "Của người thứ nhất."


CLOSINGS = {
    "conclusion_missing": {"conclusion": ""},
    "nobody_present": {"present": 0},
    "not_held_yet": {"held_at": moment("2021-04-02 08:00")},
}


@pytest.mark.parametrize("code", CLOSINGS)
def test_minutes_are_closed_when_they_are_whole(code):
    meeting = make_meeting(**CLOSINGS[code])

    with refused(code):
        close_minutes(meeting, by=make_user(), version=meeting.version)


def test_a_meeting_is_not_chaired_by_somebody_absent():
    meeting = make_meeting()
    chair, other, _ = (note.member for note in meeting.attendance.all())
    people = {chair: (False, ""), other: (True, "")}
    meeting = keep_minutes(meeting, details(chair), people, {}, by=make_user(), version=meeting.version)

    with refused("chair_absent"):
        close_minutes(meeting, by=make_user(), version=meeting.version)


def test_closed_minutes_take_corrections_only():
    meeting = make_closed()

    with refused("minutes_closed"):
        kept(meeting, conclusion="Khác.")
    correct_minutes(meeting, "Sửa tên.", by=make_user())

    assert [event.deed for event in Event.objects.of(meeting)] == [
        "created", "changed", "minutes_closed", "minutes_corrected",
    ]  # fmt: skip


def test_open_minutes_take_no_correction():
    with refused("minutes_open"):
        correct_minutes(make_meeting(), "Sửa tên.", by=make_user())


def test_closed_minutes_keep_their_list_without_names_whatever_is_chosen_later():
    plan = make_chosen_plan(2, 1, authors=["Đinh Riêng Tư"])
    meeting = make_closed(plan)
    award = Award.objects.get(kind=Kind.PROVINCE, entry__rank=2)
    take_back(plan, award.entry, Kind.PROVINCE, "Chọn nhầm.", by=make_user())

    meeting.refresh_from_db()

    assert [(line.number, line.entry.rank, line.is_nominated) for line in lines_kept(meeting.listed)] == [
        (1, 1, True),
        (2, 2, False),
    ]
    assert "Riêng Tư" not in str(meeting.listed)


def keeping(meeting, text):
    return partial(kept, meeting, conclusion=text)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_keep_the_same_minutes_at_once_one_is_told():
    meeting = make_meeting()

    assert sorted(at_once(keeping(meeting, "Một."), keeping(meeting, "Hai.")), key=str) == [None, "stale"]
    assert Meeting.objects.get().version == meeting.version + 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_overwrites_the_other_in_silence(monkeypatch):
    meeting = make_meeting()

    def looked_at(meeting, version):
        meeting = Meeting.objects.get(pk=meeting.pk)
        assert meeting.version == version
        time.sleep(0.3)
        return meeting

    monkeypatch.setattr(meetings, "lock_meeting", looked_at)
    monkeypatch.setattr(meetings, "write", lambda *args, **more: None)  # whose numbers would clash

    assert at_once(keeping(meeting, "Một."), keeping(meeting, "Hai.")) == [None, None]
