"""What the database refuses about published lists and complaints; declared with the others in triggers.py."""

from config.triggers import Refusal

KEPT = ("shortlist", "objection", "complaintfile", "hearing")

REFUSALS = [
    *(Refusal(f"{table}_never_deleted", f"awards_{table}", "DELETE", "TRUE", "never_deleted") for table in KEPT),
    *(Refusal(f"{table}_never_changed", f"awards_{table}", "UPDATE", "TRUE", "never_changed") for table in KEPT),
    Refusal(
        "shortlist_before_the_decision",
        "awards_shortlist",
        "INSERT",
        "EXISTS (SELECT 1 FROM awards_publication b WHERE b.plan_id = NEW.plan_id)",
        "published",
    ),
    Refusal(
        "complaint_stays_as_received",
        "awards_complaint",
        "UPDATE OF initiative_id, kind, text, came_by, is_late, received_on",
        "NEW.initiative_id <> OLD.initiative_id OR NEW.kind <> OLD.kind OR NEW.text <> OLD.text "
        "OR NEW.came_by <> OLD.came_by OR NEW.is_late <> OLD.is_late OR NEW.received_on <> OLD.received_on",
        "complaint_is_kept",
    ),
    Refusal(
        "complaint_concluded_once",
        "awards_complaint",
        "UPDATE",
        "OLD.state <> 'OPEN'",
        "already_concluded",
    ),
]
