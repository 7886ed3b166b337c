"""Rules over marks that the database keeps. They belong to triggers.py."""

from config.triggers import Refusal

EVENTS = ("INSERT", "UPDATE", "DELETE")
WRITES = ("INSERT", "UPDATE")


def row_of(event):
    return "OLD" if event == "DELETE" else "NEW"


BEGUN = "EXISTS (SELECT 1 FROM awards_scoringrules r WHERE r.plan_id = {plan} AND r.begun_at IS NOT NULL)"
PLAN_OF_ENTRY = "(SELECT e.plan_id FROM dossiers_dossierentry e WHERE e.id = NEW.entry_id)"
PLAN_OF_BAND = "(SELECT c.plan_id FROM awards_criterion c WHERE c.id = {row}.criterion_id)"
PUBLISHED = (
    "EXISTS (SELECT 1 FROM awards_publication b JOIN dossiers_dossierentry e ON e.plan_id = b.plan_id "
    "WHERE e.id = {entry})"
)
ENTRY_OF_SHEET = "(SELECT s.entry_id FROM awards_scoresheet s WHERE s.id = NEW.sheet_id)"
SAME_PLAN = (
    "EXISTS (SELECT 1 FROM awards_councilmember m JOIN dossiers_dossierentry e ON e.plan_id = m.plan_id "
    "WHERE m.id = NEW.member_id AND e.id = NEW.entry_id)"
)
ELIGIBLE = """EXISTS (
    SELECT 1 FROM dossiers_dossierentry e
    JOIN dossiers_dossier d ON d.id = e.dossier_id
    JOIN initiatives_initiative i ON i.id = e.initiative_id
    WHERE e.id = NEW.entry_id AND e.removed_at IS NULL AND d.state = 'VALID'
    AND i.status NOT IN ('WITHDRAWN', 'REJECTED'))"""
# The own union of a member, a union below it, or one that a member works for, filed the entry.
INTERESTED = """(
    EXISTS (SELECT 1 FROM accounts_union u WHERE u.id = {home} AND (u.id = d.union_id OR u.parent_id = d.union_id))
    OR EXISTS (SELECT 1 FROM accounts_membership w JOIN accounts_union u ON u.id = w.union_id
        WHERE w.user_id = {user} AND w.role = 'STAFF' AND (u.id = d.union_id OR u.parent_id = d.union_id)))"""
OF_MEMBER_AND_ENTRY = (
    "EXISTS (SELECT 1 FROM awards_councilmember m, dossiers_dossierentry e JOIN dossiers_dossier d "
    "ON d.id = e.dossier_id WHERE m.id = NEW.member_id AND e.id = NEW.entry_id AND {what})"
)
CONFLICT = OF_MEMBER_AND_ENTRY.format(what=INTERESTED.format(home="m.home_union_id", user="m.user_id"))
RECUSED = "EXISTS (SELECT 1 FROM awards_recusal r WHERE r.member_id = NEW.member_id AND r.entry_id = NEW.entry_id)"
# Two marks that agree, or three: after marking was closed this is enough, and shown to all.
SETTLED = """EXISTS (
    SELECT 1 FROM awards_scoresheet s
    JOIN dossiers_dossierentry e ON e.id = s.entry_id
    JOIN awards_scoringrules r ON r.plan_id = e.plan_id AND r.closed_at IS NOT NULL
    WHERE s.entry_id = NEW.entry_id AND s.submitted_at IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM awards_recusal x WHERE x.member_id = s.member_id AND x.entry_id = s.entry_id)
    GROUP BY s.entry_id, r.gap
    HAVING COUNT(*) > 2 OR (COUNT(*) = 2 AND MAX(s.total) - MIN(s.total) <= r.gap))"""
SCORES = (
    "(SELECT {what} FROM awards_score p WHERE p.sheet_id = NEW.id AND p.points IS NOT NULL AND p.band_id IS NOT NULL)"
)
CRITERIA = (
    "(SELECT COUNT(*) FROM awards_criterion c JOIN dossiers_dossierentry e ON e.plan_id = c.plan_id "
    "WHERE e.id = NEW.entry_id)"
)
INCOMPLETE = (
    f"({SCORES.format(what='COUNT(*)')} <> {CRITERIA} OR "
    f"COALESCE({SCORES.format(what='SUM(p.points)')}, -1) <> NEW.total)"
)
HANDING_IN = "OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL"
OPENED = "EXISTS (SELECT 1 FROM awards_correction c WHERE c.sheet_id = {sheet}.id AND c.version = {sheet}.version)"
HANDED_IN = "EXISTS (SELECT 1 FROM awards_scoresheet s WHERE s.id = NEW.sheet_id AND s.submitted_at IS NOT NULL{more})"
CLOSED_SHEET = HANDED_IN.format(more=f" AND NOT {OPENED.format(sheet='s')}")
OF_THE_PLAN = (
    "EXISTS (SELECT 1 FROM awards_criterion c, awards_scoresheet s JOIN dossiers_dossierentry e ON e.id = s.entry_id "
    "WHERE c.id = NEW.criterion_id AND s.id = NEW.sheet_id AND c.plan_id = e.plan_id)"
)
IN_BAND = (
    "EXISTS (SELECT 1 FROM awards_band b WHERE b.id = NEW.band_id AND b.criterion_id = NEW.criterion_id AND "
    "(NEW.points IS NULL OR NEW.points BETWEEN b.from_points AND b.to_points))"
)
OVERLAP = (
    "EXISTS (SELECT 1 FROM awards_band b WHERE b.criterion_id = NEW.criterion_id{other} "
    "AND b.from_points <= NEW.to_points AND b.to_points >= NEW.from_points)"
)
HAS_SHEETS = "EXISTS (SELECT 1 FROM awards_scoresheet s WHERE s.member_id = NEW.id)"
MARKED_FOR_OWN_UNION = (
    "EXISTS (SELECT 1 FROM awards_scoresheet s JOIN dossiers_dossierentry e ON e.id = s.entry_id "
    "JOIN dossiers_dossier d ON d.id = e.dossier_id JOIN accounts_union u ON u.id = NEW.home_union_id "
    "WHERE s.member_id = NEW.id AND (u.id = d.union_id OR u.parent_id = d.union_id) AND NOT EXISTS "
    "(SELECT 1 FROM awards_recusal r WHERE r.member_id = NEW.id AND r.entry_id = s.entry_id))"
)

REFUSALS = [
    # Criteria, bands and rules freeze when the first sheet is begun.
    *(
        Refusal(
            f"criterion_freezes_{event.lower()}",
            "awards_criterion",
            event,
            BEGUN.format(plan=f"{row_of(event)}.plan_id"),
            "marking_begun",
        )
        for event in EVENTS
    ),
    *(
        Refusal(
            f"band_freezes_{event.lower()}",
            "awards_band",
            event,
            BEGUN.format(plan=PLAN_OF_BAND.format(row=row_of(event))),
            "marking_begun",
        )
        for event in EVENTS
    ),
    Refusal(
        "scoring_rules_freeze",
        "awards_scoringrules",
        "UPDATE",
        "OLD.begun_at IS NOT NULL AND (NEW.begun_at IS NULL OR NEW.begun_at <> OLD.begun_at OR "
        "NEW.plan_id <> OLD.plan_id OR NEW.marks_wanted <> OLD.marks_wanted OR NEW.gap <> OLD.gap)",
        "marking_begun",
    ),
    Refusal(
        "scoring_stays_closed",
        "awards_scoringrules",
        "UPDATE",
        "OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at)",
        "marking_closed",
    ),
    *(
        Refusal(
            f"bands_apart_{event.lower()}",
            "awards_band",
            event,
            OVERLAP.format(other=" AND b.id <> NEW.id" if event == "UPDATE" else ""),
            "bands_overlap",
        )
        for event in WRITES
    ),
    *(
        Refusal(
            f"band_within_criterion_{event.lower()}",
            "awards_band",
            event,
            "NEW.to_points > (SELECT c.max_points FROM awards_criterion c WHERE c.id = NEW.criterion_id)",
            "beyond_maximum",
        )
        for event in WRITES
    ),
    Refusal(
        "criterion_holds_its_bands",
        "awards_criterion",
        "UPDATE",
        "NEW.max_points < (SELECT MAX(b.to_points) FROM awards_band b WHERE b.criterion_id = NEW.id)",
        "beyond_maximum",
    ),
    # Members.
    Refusal(
        "council_member_fixed",
        "awards_councilmember",
        "UPDATE",
        "(NEW.plan_id <> OLD.plan_id OR (OLD.user_id IS NOT NULL AND COALESCE(NEW.user_id, 0) <> OLD.user_id)) "
        f"AND {HAS_SHEETS}",
        "has_marked",
    ),
    Refusal(
        "council_member_marked_for_own_union",
        "awards_councilmember",
        "UPDATE",
        f"NEW.home_union_id IS NOT NULL AND {MARKED_FOR_OWN_UNION}",
        "conflict",
    ),
    # Sheets.
    Refusal("sheet_within_plan", "awards_scoresheet", "INSERT", f"NOT {SAME_PLAN}", "other_plan"),
    Refusal("sheet_eligible", "awards_scoresheet", "INSERT", f"NOT {ELIGIBLE}", "not_eligible"),
    Refusal("sheet_without_conflict", "awards_scoresheet", "INSERT", CONFLICT, "conflict"),
    Refusal("sheet_not_recused", "awards_scoresheet", "INSERT", RECUSED, "recused"),
    Refusal(
        "sheet_of_sitting_member",
        "awards_scoresheet",
        "INSERT",
        "EXISTS (SELECT 1 FROM awards_councilmember m WHERE m.id = NEW.member_id AND m.left_at IS NOT NULL)",
        "left",
    ),
    Refusal(
        "sheet_after_freezing",
        "awards_scoresheet",
        "INSERT",
        f"NOT {BEGUN.format(plan=PLAN_OF_ENTRY)}",
        "not_begun",
    ),
    Refusal("sheet_before_closing", "awards_scoresheet", "INSERT", SETTLED, "marking_closed"),
    Refusal("sheet_begins_as_draft", "awards_scoresheet", "INSERT", "NEW.submitted_at IS NOT NULL", "incomplete"),
    *(
        Refusal(
            f"sheet_fixed_once_published_{event.lower()}",
            "awards_scoresheet",
            event,
            PUBLISHED.format(entry="NEW.entry_id"),
            "published",
        )
        for event in WRITES
    ),
    Refusal(
        "sheet_stays_where_it_is",
        "awards_scoresheet",
        "UPDATE",
        "NEW.entry_id <> OLD.entry_id OR NEW.member_id <> OLD.member_id OR NEW.is_from_paper <> OLD.is_from_paper "
        "OR NEW.started_at <> OLD.started_at",
        "sheet_is_fixed",
    ),
    Refusal(
        "sheet_handed_in_whole",
        "awards_scoresheet",
        "UPDATE",
        f"NEW.submitted_at IS NOT NULL AND {INCOMPLETE}",
        "incomplete",
    ),
    Refusal(
        "sheet_handed_in_rightly",
        "awards_scoresheet",
        "UPDATE",
        f"{HANDING_IN} AND ({RECUSED} OR {CONFLICT} OR NOT {ELIGIBLE})",
        "not_eligible",
    ),
    Refusal(
        "sheet_handed_in_before_closing", "awards_scoresheet", "UPDATE", f"{HANDING_IN} AND {SETTLED}", "marking_closed"
    ),
    Refusal(
        "sheet_changed_by_correction",
        "awards_scoresheet",
        "UPDATE",
        "OLD.submitted_at IS NOT NULL AND (NEW.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at OR "
        "NEW.entered_by_id <> OLD.entered_by_id OR NEW.version <> OLD.version + 1 "
        f"OR NOT {OPENED.format(sheet='OLD')})",
        "handed_in",
    ),
    # Scores.
    Refusal("score_within_plan", "awards_score", "INSERT", f"NOT {OF_THE_PLAN}", "other_plan"),
    *(
        Refusal(
            f"score_in_its_band_{event.lower()}",
            "awards_score",
            event,
            f"NEW.band_id IS NOT NULL AND NOT {IN_BAND}",
            "outside_band",
        )
        for event in WRITES
    ),
    *(
        Refusal(f"score_kept_once_handed_in_{event.lower()}", "awards_score", event, CLOSED_SHEET, "handed_in")
        for event in WRITES
    ),
    *(
        Refusal(
            f"score_fixed_once_published_{event.lower()}",
            "awards_score",
            event,
            PUBLISHED.format(entry=ENTRY_OF_SHEET),
            "published",
        )
        for event in WRITES
    ),
    Refusal(
        "score_stays_where_it_is",
        "awards_score",
        "UPDATE",
        "NEW.sheet_id <> OLD.sheet_id OR NEW.criterion_id <> OLD.criterion_id",
        "sheet_is_fixed",
    ),
    Refusal(
        "correction_of_what_is_handed_in",
        "awards_correction",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM awards_scoresheet s WHERE s.id = NEW.sheet_id AND s.submitted_at IS NOT NULL "
        "AND s.version = NEW.version)",
        "stale",
    ),
    Refusal(
        "correction_before_publication",
        "awards_correction",
        "INSERT",
        PUBLISHED.format(entry=ENTRY_OF_SHEET),
        "published",
    ),
    # Stepping aside.
    Refusal("recusal_within_plan", "awards_recusal", "INSERT", f"NOT {SAME_PLAN}", "other_plan"),
    Refusal(
        "recusal_before_publication", "awards_recusal", "INSERT", PUBLISHED.format(entry="NEW.entry_id"), "published"
    ),
    *(
        Refusal(f"{table}_never_changed", f"awards_{table}", "UPDATE", "TRUE", "never_changed")
        for table in ("correction", "recusal")
    ),
    *(
        Refusal(f"{table}_never_deleted", f"awards_{table}", "DELETE", "TRUE", "never_deleted")
        for table in ("councilmember", "scoringrules", "scoresheet", "score", "correction", "recusal")
    ),
]
