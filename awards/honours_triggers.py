"""What the database refuses about national honours. triggers.py has them all."""

from config.triggers import Refusal

NOMINATED = (
    "EXISTS (SELECT 1 FROM awards_award a JOIN awards_publication b ON b.plan_id = a.plan_id "
    "WHERE a.id = NEW.award_id AND a.kind = 'NATIONAL' AND a.taken_back_at IS NULL)"
)
OF_ANOTHER_CAMPAIGN = (
    "NOT EXISTS (SELECT 1 FROM awards_honourdecision d JOIN dossiers_plan p ON p.campaign_id = d.campaign_id "
    "JOIN awards_award a ON a.plan_id = p.id WHERE d.id = NEW.decision_id AND a.id = NEW.award_id)"
)

HONOURED = "EXISTS (SELECT 1 FROM awards_honour h WHERE h.award_id = NEW.id AND h.taken_back_at IS NULL)"

HONOURS = [
    Refusal(
        "award_kept_while_honoured",
        "awards_award",
        "UPDATE",
        f"NEW.taken_back_at IS NOT NULL AND OLD.taken_back_at IS NULL AND {HONOURED}",
        "honoured",
    ),
    Refusal("honour_of_published_nomination", "awards_honour", "INSERT", f"NOT {NOMINATED}", "not_nominated"),
    Refusal("honour_begins_private", "awards_honour", "INSERT", "NEW.decision_id IS NOT NULL", "not_marked"),
    Refusal(
        "honour_is_of_one_award",
        "awards_honour",
        "UPDATE",
        "NEW.award_id <> OLD.award_id OR NEW.marked_at <> OLD.marked_at OR NEW.marked_by_id <> OLD.marked_by_id",
        "honour_is_kept",
    ),
    Refusal(
        "honour_decided_once",
        "awards_honour",
        "UPDATE",
        "OLD.decision_id IS NOT NULL AND COALESCE(NEW.decision_id, 0) <> OLD.decision_id",
        "published",
    ),
    Refusal(
        "honour_decided_while_it_stands",
        "awards_honour",
        "UPDATE",
        f"NEW.decision_id IS NOT NULL AND OLD.decision_id IS NULL AND "
        f"(NEW.taken_back_at IS NOT NULL OR {OF_ANOTHER_CAMPAIGN} OR NOT {NOMINATED})",
        "not_marked",
    ),
    Refusal("honour_taken_back_once", "awards_honour", "UPDATE", "OLD.taken_back_at IS NOT NULL", "taken_back"),
    Refusal("honour_never_deleted", "awards_honour", "DELETE", "TRUE", "never_deleted"),
    Refusal("honourdecision_never_deleted", "awards_honourdecision", "DELETE", "TRUE", "never_deleted"),
    Refusal("honourdecision_never_changed", "awards_honourdecision", "UPDATE", "TRUE", "published"),
]
