"""What test_constraints.py tries on the rows of the board's decisions."""

from django.db.models import F

from awards.models import Duty
from tests.attacks_on_honours import make_decision, make_honour, make_published_honour
from tests.attacks_on_scores import make_band, make_correction, make_criterion, make_draft, make_recusal
from tests.council import make_attendance, make_meeting, make_minutes_correction, make_settings, make_vote
from tests.factories import (
    IN_TIME,
    make_plan,
    make_user,
)
from tests.lists import make_objection, make_shortlist
from tests.published import make_amendment
from tests.rows import (
    make_archive,
    make_attached,
    make_award,
    make_finding,
    make_hearing,
    make_held,
    make_publication,
)
from tests.scoring import lay_down_simple, make_member


def make_half_corrections():
    """Corrections of a published honour that lack something."""
    whole = {"taken_back_at": IN_TIME, "taken_back_by": F("marked_by"), "correction_number": "1/TLĐ"}
    whole |= {"correction_date": IN_TIME.date(), "correction_reason": "Trùng."}
    lacking = {"correction_number": "", "correction_date": None, "correction_reason": ""}
    too_long = {"correction_reason": "ệ" * 1001}
    standing = {"taken_back_at": None, "taken_back_by": None}
    return [*(whole | {name: value} for name, value in (lacking | too_long).items()), whole | lacking, whole | standing]


CHECKS = {
    "complaint_open_or_concluded": (
        make_held,
        [
            {"state": "DISMISSED", "closed_at": IN_TIME},
            {"state": "UPHELD", "outcome": "Có căn cứ."},
            {"closed_at": IN_TIME},
            {"state": "x", "outcome": "Có."},
            {"state": "UNADMITTED", "closed_at": IN_TIME},
        ],
    ),
    "council_duty_known": (make_member, [{"duty": "KING"}, {"duty": ""}]),
    "council_member_named": (make_member, [{"full_name": ""}]),
    "meeting_quorum_positive": (make_meeting, [{"quorum": 0}]),
    "meeting_named": (make_meeting, [{"place": ""}, {"secretary": ""}]),
    "meeting_conclusion_fits": (make_meeting, [{"conclusion": "ệ" * 5001}]),
    "meeting_closed_with_a_conclusion": (make_meeting, [{"closed_at": IN_TIME}]),
    "attendance_excused_when_absent": (make_attendance, [{"reason": "Ốm."}]),
    "certificate_word_known": (make_settings, [{"certificate": "MEDAL"}]),
    "criterion_named": (make_criterion, [{"name": ""}]),
    "criterion_guidance_fits": (make_criterion, [{"guidance": "ệ" * 1001}]),
    "band_in_order": (make_band, [{"from_points": 60, "to_points": 59}]),
    "band_named": (make_band, [{"label": ""}]),
    "scoring_wants_two_marks": (
        lambda: lay_down_simple(make_plan()),
        [{"marks_wanted": 1}, {"marks_wanted": 16}],
    ),
    "scoring_closed_after_it_began": (lambda: lay_down_simple(make_plan()), [{"closed_at": IN_TIME}]),
    "sheet_comment_fits": (make_draft, [{"comment": "ệ" * 2001}]),
    "sheet_totalled_when_handed_in": (make_draft, [{"total": 80}]),
    "complaint_texts_fit": (make_held, [{"outcome": "ệ" * 1001}, {"reply": "ệ" * 1001}]),
    "complaint_not_admitted_was_not_taken_up": (
        make_held,
        [{"state": "UNADMITTED", "outcome": "Nặc danh.", "closed_at": IN_TIME, "taken_up_at": IN_TIME}],
    ),
    "plan_archive_state_known": (make_archive, [{"state": "x"}]),
    "honour_stands_or_was_taken_back": (make_honour, [{"taken_back_at": IN_TIME}]),
    "honour_corrected_with_a_reason": (make_published_honour, make_half_corrections()),
    "award_has_a_place_until_taken_back": (make_award, [{"place": None}, {"place": 0}, {"taken_back_at": IN_TIME}]),
}
CHECKS_ON_ADDING = {
    "award_reason_fits": (make_award, [{"reason": "ệ" * 1001}]),
    "award_kind_known": (make_award, [{"kind": "GOLD"}]),
    "amendment_says_what_it_changes": (make_amendment, [{"kind": ""}, {"change": "x"}, {"change": "REWORDED"}]),
    "amendment_has_a_reason": (make_amendment, [{"reason": ""}, {"reason": "ệ" * 1001}]),
    "amendment_of_places_is_decided": (make_amendment, [{"decision_number": ""}, {"decision_date": None}]),
    "minutes_correction_says_something": (make_minutes_correction, [{"text": ""}, {"text": "ệ" * 1001}]),
    "complaint_kind_known": (make_held, [{"kind": "GOSSIP"}]),
    "complaint_says_something": (make_held, [{"text": ""}, {"text": "ệ" * 3001}]),
    "complaint_came_by_known": (make_held, [{"came_by": "FAX"}, {"came_by": ""}]),
    "shortlist_corrected_with_a_reason": (
        make_shortlist,
        [
            {"version": 2},
            {"version": 0},
            {"version": 0, "reason": "Sót."},
            {"version": 1, "reason": "Sót."},
            {"version": 2, "reason": "ệ" * 1001},
        ],
    ),
    "shortlist_open_for_a_time": (make_shortlist, [{"version": 2, "reason": "Sót.", "closes_at": IN_TIME}]),
    "objection_consented": (make_objection, [{"consent_version": ""}]),
    "complaint_file_known": (make_attached, [{"place": 0}, {"extension": "exe"}]),
    "hearing_names_somebody": (make_hearing, [{"heard": ""}]),
    "hearing_says_something": (make_hearing, [{"said": ""}, {"said": "ệ" * 3001}]),
    "finding_condition_known": (make_finding, [{"condition": "NICE"}]),
    "finding_has_a_reason": (make_finding, [{"reason": ""}, {"reason": "ệ" * 1001}]),
    "criterion_points_plausible": (
        make_criterion,
        [{"max_points": 0, "position": 3}, {"max_points": 101, "position": 3}],
    ),
    "correction_has_a_reason": (make_correction, [{"reason": ""}, {"reason": "ệ" * 1001}]),
    "recusal_has_a_reason": (make_recusal, [{"reason": ""}, {"reason": "ệ" * 1001}]),
    "honour_decision_has_a_number": (make_decision, [{"number": ""}]),
    "publication_has_a_number": (make_publication, [{"decision_number": ""}]),
}
DOUBLES = {
    "attendance_noted_once": (make_attendance, lambda row: {"is_present": False}),
    "vote_counted_once": (make_vote, lambda row: {"in_favour": 1}),
    "shortlist_numbered_once": (make_shortlist, lambda row: {}),
    "complaint_file_placed_once": (make_attached, lambda row: {"extension": "pdf"}),
    "award_place_taken_once": (make_award, lambda row: {"entry": row.plan.entries.get(rank=2)}),
    "honour_given_once": (make_honour, lambda row: {}),
    "honour_decision_numbered_once": (make_decision, lambda row: {"date": "2021-05-01"}),
    "award_given_once": (make_award, lambda row: {"place": 2}),
    "council_member_once": (lambda: make_member(user=make_user()), lambda row: {}),
    "criterion_position_taken_once": (make_criterion, lambda row: {"name": "Khác"}),
    "sheet_one_for_a_member": (make_draft, lambda row: {"comment": "Hai."}),
    "score_one_for_a_criterion": (lambda: make_draft().scores.get(criterion__position=1), lambda row: {}),
    "correction_numbered_once": (make_correction, lambda row: {"reason": "Hai."}),
    "recusal_once": (make_recusal, lambda row: {"reason": "Hai."}),
    "council_one_chair": (lambda: make_member(duty=Duty.CHAIR), lambda row: {"full_name": "Chủ Tịch Hai"}),
}
