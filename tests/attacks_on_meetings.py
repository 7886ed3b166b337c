"""Writes about meetings and certificates, past every deed, which the database itself must refuse."""

from tests.attacks import delete, insert, update
from tests.council import (
    make_attendance,
    make_certificate,
    make_chosen_plan,
    make_closed,
    make_meeting,
    make_minutes_correction,
    make_settings,
    make_vote,
)
from tests.factories import make_dossier, make_plan
from tests.scoring import make_member


def foreign_entry():
    return make_dossier(entries=1).entries.get()


def closed_vote():
    """A vote in minutes that were closed."""
    vote = make_vote()
    update(vote.meeting, conclusion="Xong.", closed_at=vote.meeting.held_at, closed_by=vote.entry.added_by)
    return vote


def certify_a_nomination():
    nomination = make_chosen_plan(1, 1).awards.get(kind="NATIONAL")
    insert(make_certificate(), award=nomination, code="0" * 12)


ATTACKS = {
    "meeting_never_deleted": ("never_deleted", lambda: delete(make_meeting())),
    "attendance_never_deleted": ("never_deleted", lambda: delete(make_attendance())),
    "vote_never_deleted": ("never_deleted", lambda: delete(make_vote())),
    "minutescorrection_never_deleted": ("never_deleted", lambda: delete(make_minutes_correction())),
    "certificate_never_deleted": ("never_deleted", lambda: delete(make_certificate())),
    "papersettings_never_deleted": ("never_deleted", lambda: delete(make_settings())),
    "meeting_closed_for_good": ("minutes_closed", lambda: update(make_closed(), place="Nơi khác")),
    "meeting_stays_with_its_plan": ("other_plan", lambda: update(make_meeting(), plan=make_plan())),
    "meeting_chaired_by_a_member_insert": (
        "other_plan",
        lambda: insert(make_meeting(), chaired_by=make_member()),
    ),
    "meeting_chaired_by_a_member_update": ("other_plan", lambda: update(make_meeting(), chaired_by=make_member())),
    "attendance_closed_insert": (
        "minutes_closed",
        lambda: insert((meeting := make_closed()).attendance.last(), member=make_member(meeting.plan)),
    ),
    "attendance_closed_update": (
        "minutes_closed",
        lambda: update(make_closed().attendance.last(), is_present=False),
    ),
    "vote_closed_insert": (
        "minutes_closed",
        lambda: insert(vote := closed_vote(), entry=vote.entry.dossier.entries.first()),
    ),
    "vote_closed_update": ("minutes_closed", lambda: update(closed_vote(), in_favour=1)),
    "attendance_in_its_plan_insert": ("other_plan", lambda: insert(make_attendance(), member=make_member())),
    "attendance_in_its_plan_update": ("other_plan", lambda: update(make_attendance(), member=make_member())),
    "vote_in_its_plan_insert": ("other_plan", lambda: insert(make_vote(), entry=foreign_entry())),
    "vote_in_its_plan_update": ("other_plan", lambda: update(make_vote(), entry=foreign_entry())),
    "vote_of_the_present_insert": (
        "more_votes_than_present",
        lambda: insert(vote := make_vote(), entry=vote.entry, in_favour=4),
    ),
    "vote_of_the_present_update": ("more_votes_than_present", lambda: update(make_vote(), abstained=1)),
    "attendance_covers_the_votes": (
        "more_votes_than_present",
        lambda: update(make_vote().meeting.attendance.last(), is_present=False),
    ),
    "correction_of_closed_minutes": (
        "minutes_open",
        lambda: insert(make_minutes_correction(), meeting=make_meeting()),
    ),
    "correction_never_changed": ("never_changed", lambda: update(make_minutes_correction(), text="Khác.")),
    "certificate_never_changed": ("never_changed", lambda: update(make_certificate(), code="0" * 12)),
    "certificate_of_an_award": ("not_awarded", certify_a_nomination),
}
