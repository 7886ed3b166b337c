from awards.honours_triggers import HONOURS
from config.triggers import Refusal

LIMIT = (
    "(SELECT CASE NEW.kind WHEN 'NATIONAL' THEN p.nomination_limit ELSE p.award_limit END "
    "FROM dossiers_plan p WHERE p.id = NEW.plan_id)"
)
PUBLISHED = "EXISTS (SELECT 1 FROM awards_publication b WHERE b.plan_id = NEW.plan_id)"
AWARDED = (
    "EXISTS (SELECT 1 FROM awards_award a WHERE a.entry_id = {row}.entry_id AND a.kind = '{kind}' "
    "AND a.taken_back_at IS NULL)"
)
ELIGIBLE = """EXISTS (
    SELECT 1 FROM dossiers_dossierentry e
    JOIN dossiers_dossier d ON d.id = e.dossier_id
    JOIN initiatives_initiative i ON i.id = e.initiative_id
    WHERE e.id = NEW.entry_id AND e.plan_id = NEW.plan_id AND e.removed_at IS NULL
    AND d.state = 'VALID' AND i.status NOT IN ('WITHDRAWN', 'REJECTED')
    AND NOT EXISTS (SELECT 1 FROM awards_complaint c WHERE c.initiative_id = i.id AND c.state <> 'DISMISSED'))"""
CHANGES = ("INSERT", "UPDATE")

REFUSALS = [
    *(
        Refusal(
            f"award_within_limit_{event.lower()}",
            "awards_award",
            event,
            f"NEW.place IS NOT NULL AND NEW.place > {LIMIT}",
            "no_place_left",
        )
        for event in CHANGES
    ),
    *(
        Refusal(f"award_fixed_once_published_{event.lower()}", "awards_award", event, PUBLISHED, "published")
        for event in CHANGES
    ),
    Refusal("award_eligible", "awards_award", "INSERT", f"NOT {ELIGIBLE}", "not_eligible"),
    Refusal(
        "nomination_among_awarded",
        "awards_award",
        "INSERT",
        f"NEW.kind = 'NATIONAL' AND NOT {AWARDED.format(row='NEW', kind='PROVINCE')}",
        "not_awarded",
    ),
    Refusal(
        "award_kept_while_nominated",
        "awards_award",
        "UPDATE",
        "NEW.kind = 'PROVINCE' AND NEW.taken_back_at IS NOT NULL AND OLD.taken_back_at IS NULL AND "
        + AWARDED.format(row="NEW", kind="NATIONAL"),
        "nominated",
    ),
    Refusal(
        "dossier_valid_while_chosen",
        "dossiers_dossier",
        "UPDATE OF state",
        "OLD.state = 'VALID' AND NEW.state <> 'VALID' AND EXISTS (SELECT 1 FROM awards_award a "
        "JOIN dossiers_dossierentry e ON e.id = a.entry_id WHERE e.dossier_id = NEW.id AND a.taken_back_at IS NULL)",
        "chosen",
    ),
    *(
        Refusal(f"{table}_never_deleted", f"awards_{table}", "DELETE", "TRUE", "never_deleted")
        for table in ("award", "finding", "complaint", "publication")
    ),
    Refusal("publication_never_changed", "awards_publication", "UPDATE", "TRUE", "published"),
    Refusal("finding_never_changed", "awards_finding", "UPDATE", "TRUE", "finding_is_kept"),
    *HONOURS,
]
