from awards import meeting_triggers, scoring_triggers, shortlist_triggers
from awards.honours_triggers import HONOURS
from config.triggers import Refusal
from initiatives.personal import FORGOTTEN_NAME

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
    AND NOT EXISTS (SELECT 1 FROM awards_complaint c WHERE c.initiative_id = i.id
        AND c.state NOT IN ('DISMISSED', 'UNADMITTED')))"""
CHANGES = ("INSERT", "UPDATE")
# The amendment of this entry and kind that was recorded last (R17).
LAST_AMENDMENT = (
    "COALESCE((SELECT c.change FROM awards_amendment c WHERE c.entry_id = NEW.entry_id AND c.kind = NEW.kind "
    "ORDER BY c.id DESC LIMIT 1), '')"
)
TAKEN_BACK_ONLY = (
    "OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL AND NEW.entry_id = OLD.entry_id "
    "AND NEW.plan_id = OLD.plan_id AND NEW.kind = OLD.kind"
)
AMENDED = {
    "INSERT": f"{LAST_AMENDMENT} = 'GRANTED'",
    "UPDATE": f"{LAST_AMENDMENT} = 'REVOKED' AND {TAKEN_BACK_ONLY}",
}
# Each recorded rewording opens the words of its entry for one write.
PUT_RIGHT = (
    "NEW.rewordings = OLD.rewordings + 1 AND NEW.rewordings = "
    "(SELECT COUNT(*) FROM awards_amendment c WHERE c.entry_id = NEW.id AND c.change = 'REWORDED')"
)
ASKED_FOR = (
    "(EXISTS (SELECT 1 FROM initiatives_removalrequest r WHERE r.initiative_id = NEW.initiative_id) "
    "OR EXISTS (SELECT 1 FROM initiatives_initiative i JOIN initiatives_campaign c ON c.id = i.campaign_id "
    "WHERE i.id = NEW.initiative_id AND c.personal_until IS NOT NULL))"
)
FORGOTTEN = (
    f"NEW.authors = '{FORGOTTEN_NAME}' AND NEW.title = OLD.title AND NEW.rewordings = OLD.rewordings AND {ASKED_FOR}"
)

REFUSALS = [
    *meeting_triggers.REFUSALS,
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
        Refusal(
            f"award_fixed_once_published_{event.lower()}",
            "awards_award",
            event,
            f"{PUBLISHED} AND NOT ({AMENDED[event]})",
            "published",
        )
        for event in CHANGES
    ),
    # Only its place is ever taken: where else it might be moved, none of these rules would look.
    Refusal(
        "award_stays_as_it_was_given",
        "awards_award",
        "UPDATE",
        "NEW.plan_id <> OLD.plan_id OR NEW.entry_id <> OLD.entry_id OR NEW.kind <> OLD.kind OR "
        "NEW.reason <> OLD.reason OR NEW.chosen_by_id <> OLD.chosen_by_id OR NEW.chosen_at <> OLD.chosen_at OR "
        "(OLD.taken_back_at IS NOT NULL AND COALESCE(NEW.taken_back_at <> OLD.taken_back_at, TRUE))",
        "award_is_fixed",
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
        for table in ("award", "finding", "complaint", "publication", "amendment")
    ),
    Refusal("publication_never_changed", "awards_publication", "UPDATE", "TRUE", "published"),
    Refusal("amendment_never_changed", "awards_amendment", "UPDATE", "TRUE", "never_changed"),
    Refusal(
        "amendment_of_what_was_published",
        "awards_amendment",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM awards_publication b JOIN dossiers_dossierentry e ON e.plan_id = b.plan_id "
        "WHERE b.id = NEW.publication_id AND e.id = NEW.entry_id)",
        "not_published",
    ),
    # A person who asked to be forgotten is, whatever was published, or when the campaign's time is over (R19).
    Refusal(
        "entry_words_fixed_once_published",
        "dossiers_dossierentry",
        "UPDATE OF title, authors, position, rewordings",
        "(NEW.title <> OLD.title OR NEW.authors <> OLD.authors OR NEW.position <> OLD.position "
        f"OR NEW.rewordings <> OLD.rewordings) AND {PUBLISHED} AND NOT ({FORGOTTEN}) AND NOT ({PUT_RIGHT})",
        "published",
    ),
    Refusal("finding_never_changed", "awards_finding", "UPDATE", "TRUE", "finding_is_kept"),
    *scoring_triggers.REFUSALS,
    *shortlist_triggers.REFUSALS,
    *HONOURS,
]
