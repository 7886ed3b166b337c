"""What the database itself refuses about meetings and certificates; triggers.py has them all."""

from config.triggers import Refusal

CLOSED = "EXISTS (SELECT 1 FROM awards_meeting m WHERE m.id = NEW.meeting_id AND m.closed_at IS NOT NULL)"
OF_ANOTHER_PLAN = (
    "(SELECT m.plan_id FROM awards_meeting m WHERE m.id = NEW.meeting_id) <> "
    "(SELECT x.plan_id FROM {table} x WHERE x.id = NEW.{column})"
)
PRESENT = "(SELECT COUNT(*) FROM awards_attendance a WHERE a.meeting_id = NEW.meeting_id AND a.is_present{but})"
VOTES_LEFT_OVER = (  # noqa: S608 (of constants)
    "EXISTS (SELECT 1 FROM awards_vote v WHERE v.meeting_id = NEW.meeting_id "
    "AND v.in_favour + v.against + v.abstained > {present})"
).format(present=PRESENT.format(but=" AND a.id <> NEW.id"))
CHANGES = ("INSERT", "UPDATE")

REFUSALS = [
    *(
        Refusal(f"{table}_never_deleted", f"awards_{table}", "DELETE", "TRUE", "never_deleted")
        for table in ("meeting", "attendance", "vote", "minutescorrection", "certificate", "papersettings")
    ),
    Refusal("meeting_closed_for_good", "awards_meeting", "UPDATE", "OLD.closed_at IS NOT NULL", "minutes_closed"),
    Refusal(
        "meeting_stays_with_its_plan",
        "awards_meeting",
        "UPDATE OF plan_id",
        "NEW.plan_id <> OLD.plan_id",
        "other_plan",
    ),
    *(
        Refusal(
            f"meeting_chaired_by_a_member_{event.lower()}",
            "awards_meeting",
            event,
            "NEW.plan_id <> (SELECT c.plan_id FROM awards_councilmember c WHERE c.id = NEW.chaired_by_id)",
            "other_plan",
        )
        for event in CHANGES
    ),
    *(
        Refusal(f"{table}_closed_{event.lower()}", f"awards_{table}", event, CLOSED, "minutes_closed")
        for table in ("attendance", "vote")
        for event in CHANGES
    ),
    *(
        Refusal(
            f"{table}_in_its_plan_{event.lower()}",
            f"awards_{table}",
            event,
            OF_ANOTHER_PLAN.format(table=other, column=column),
            "other_plan",
        )
        for table, other, column in (
            ("attendance", "awards_councilmember", "member_id"),
            ("vote", "dossiers_dossierentry", "entry_id"),
        )
        for event in CHANGES
    ),
    *(
        Refusal(
            f"vote_of_the_present_{event.lower()}",
            "awards_vote",
            event,
            f"NEW.in_favour + NEW.against + NEW.abstained > {PRESENT.format(but='')}",
            "more_votes_than_present",
        )
        for event in CHANGES
    ),
    Refusal(
        "attendance_covers_the_votes",
        "awards_attendance",
        "UPDATE",
        f"OLD.is_present AND NOT NEW.is_present AND {VOTES_LEFT_OVER}",
        "more_votes_than_present",
    ),
    Refusal("correction_of_closed_minutes", "awards_minutescorrection", "INSERT", f"NOT {CLOSED}", "minutes_open"),
    Refusal("correction_never_changed", "awards_minutescorrection", "UPDATE", "TRUE", "never_changed"),
    Refusal("certificate_never_changed", "awards_certificate", "UPDATE", "TRUE", "never_changed"),
    Refusal(
        "certificate_of_an_award",
        "awards_certificate",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM awards_award a WHERE a.id = NEW.award_id AND a.kind = 'PROVINCE')",
        "not_awarded",
    ),
]
