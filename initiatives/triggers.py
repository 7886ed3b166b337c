from config.triggers import Consequence, Refusal

KEPT_TEXT = "SELECT 1 FROM initiatives_consenttext t WHERE t.campaign_id = "
CAMPAIGN = "FROM initiatives_campaign c WHERE c.id = NEW.campaign_id"

REFUSALS = [
    Refusal(
        "initiative_in_time",
        "initiatives_initiative",
        "INSERT",
        f"NOT EXISTS (SELECT 1 {CAMPAIGN} AND NEW.arrived_at >= c.opens_at AND NEW.arrived_at < c.closes_at)",
        "closed",
    ),
    *(
        Refusal(
            f"initiative_practised_in_period_{event[:6].lower()}",
            "initiatives_initiative",
            event,
            f"NOT EXISTS (SELECT 1 {CAMPAIGN} AND NEW.started_on BETWEEN c.practice_from AND c.practice_until)",
            "outside_practice_period",
        )
        for event in ("INSERT", "UPDATE OF started_on")
    ),
    # A submission is kept or stored, never both; what was kept is in, whatever becomes of the campaign's dates.
    Refusal(
        "initiative_kept_no_longer",
        "initiatives_initiative",
        "INSERT",
        "EXISTS (SELECT 1 FROM initiatives_keptform k WHERE k.submission_id = NEW.submission_id)",
        "kept",
    ),
    Refusal(
        "kept_form_not_stored",
        "initiatives_keptform",
        "INSERT",
        "EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.submission_id = NEW.submission_id)",
        "already_sent",
    ),
    Refusal(
        "kept_form_in_time",
        "initiatives_keptform",
        "INSERT",
        f"NOT EXISTS (SELECT 1 {CAMPAIGN} AND NEW.arrived_at >= c.opens_at AND NEW.arrived_at < c.closes_at)",
        "closed",
    ),
    Refusal(
        "kept_form_fixed",
        "initiatives_keptform",
        "UPDATE OF campaign_id, submission_id, answers, arrived_at",
        "TRUE",
        "kept_form_is_fixed",
    ),
    # More time harms no form that waits, and is wanted just when many do.
    Refusal(
        "campaign_waits_for_kept_forms",
        "initiatives_campaign",
        "UPDATE OF opens_at, closes_at, practice_from, practice_until, consent_version, consent_text",
        "(NEW.opens_at > OLD.opens_at OR NEW.closes_at < OLD.closes_at OR NEW.practice_from <> OLD.practice_from "
        "OR NEW.practice_until <> OLD.practice_until OR NEW.consent_version <> OLD.consent_version "
        "OR NEW.consent_text <> OLD.consent_text) "
        "AND EXISTS (SELECT 1 FROM initiatives_keptform k WHERE k.campaign_id = NEW.id)",
        "forms_wait",
    ),
    Refusal(
        "initiative_arrival_fixed",
        "initiatives_initiative",
        "UPDATE OF arrived_at, campaign_id",
        "NEW.arrived_at <> OLD.arrived_at OR NEW.campaign_id <> OLD.campaign_id",
        "arrival_is_fixed",
    ),
    Refusal(
        "initiative_fixed_once_decided",
        "initiatives_initiative",
        "UPDATE OF status, title, description, decided_at",
        "OLD.decided_at IS NOT NULL AND (NEW.status <> OLD.status OR NEW.title <> OLD.title "
        "OR NEW.description <> OLD.description OR NEW.decided_at IS NULL)",
        "decided",
    ),
    Refusal(
        "union_stays_with_its_initiatives",
        "accounts_union",
        "UPDATE OF parent_id, level",
        "(NEW.parent_id <> OLD.parent_id OR NEW.level <> OLD.level) AND EXISTS "
        "(SELECT 1 FROM initiatives_initiative i WHERE i.unit_id = NEW.id OR i.branch_id = NEW.id)",
        "union_has_initiatives",
    ),
    Refusal("initiative_never_deleted", "initiatives_initiative", "DELETE", "TRUE", "never_deleted"),
    Refusal(
        "initiative_consent_text_kept",
        "initiatives_initiative",
        "INSERT",
        f"NOT EXISTS ({KEPT_TEXT}NEW.campaign_id AND t.version = NEW.consent_version)",
        "consent_text_missing",
    ),
    Refusal(
        "initiative_consent_fixed",
        "initiatives_initiative",
        "UPDATE OF consent_version, consented_at",
        "NEW.consent_version <> OLD.consent_version OR NEW.consented_at <> OLD.consented_at",
        "consent_is_fixed",
    ),
    Refusal(
        "campaign_consent_text_fixed",
        "initiatives_campaign",
        "UPDATE OF consent_version, consent_text",
        f"EXISTS ({KEPT_TEXT}NEW.id AND t.version = NEW.consent_version AND t.text <> NEW.consent_text)",
        "consent_text_fixed",
    ),
    Refusal("consent_text_never_changed", "initiatives_consenttext", "UPDATE", "TRUE", "consent_text_fixed"),
    Refusal("consent_text_never_deleted", "initiatives_consenttext", "DELETE", "TRUE", "never_deleted"),
    # Forgotten on request or when the campaign's time is over, for good, never worked on by an author again (R19).
    Refusal(
        "initiative_forgotten_on_request",
        "initiatives_initiative",
        "UPDATE OF anonymised_at",
        "OLD.anonymised_at IS NULL AND NEW.anonymised_at IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM initiatives_removalrequest r WHERE r.initiative_id = NEW.id AND r.state = 'OPEN') AND NOT EXISTS ("
        "SELECT 1 FROM initiatives_campaign c WHERE c.id = NEW.campaign_id AND c.personal_until < NEW.anonymised_at)",
        "removal_not_asked",
    ),
    Refusal(
        "initiative_stays_forgotten",
        "initiatives_initiative",
        "UPDATE OF anonymised_at, status, title, description, effect",
        "OLD.anonymised_at IS NOT NULL AND (NEW.anonymised_at IS NULL OR NEW.anonymised_at <> OLD.anonymised_at "
        "OR (NEW.status <> OLD.status AND NEW.status = 'WITHDRAWN') OR NEW.title <> OLD.title "
        "OR NEW.description <> OLD.description OR NEW.effect <> OLD.effect)",
        "anonymised",
    ),
    Refusal(
        "removal_done_when_forgotten",
        "initiatives_removalrequest",
        "UPDATE OF state",
        "NEW.state = 'DONE' AND NOT EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = NEW.initiative_id "
        "AND i.anonymised_at IS NOT NULL)",
        "not_anonymised",
    ),
    Refusal(
        "removal_begins_open",
        "initiatives_removalrequest",
        "INSERT",
        "NEW.state <> 'OPEN' OR EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = NEW.initiative_id "
        "AND i.anonymised_at IS NOT NULL)",
        "anonymised",
    ),
    # Only the reason that its author typed may still go.
    Refusal(
        "removal_answered_once",
        "initiatives_removalrequest",
        "UPDATE",
        "NEW.initiative_id <> OLD.initiative_id OR NEW.asked_at <> OLD.asked_at OR NEW.due_at <> OLD.due_at "
        "OR (NEW.reason <> OLD.reason AND NEW.reason <> '') OR (OLD.state <> 'OPEN' AND (NEW.state <> OLD.state "
        "OR NEW.answer <> OLD.answer OR NEW.answered_at <> OLD.answered_at OR NEW.link_digest <> OLD.link_digest "
        "OR COALESCE(NEW.answered_by_id, 0) <> COALESCE(OLD.answered_by_id, 0)))",
        "removal_answered",
    ),
    Refusal("removal_never_deleted", "initiatives_removalrequest", "DELETE", "TRUE", "never_deleted"),
]


def uncounted(row, number):
    """Return the SQL that notes one initiative more, or one less, as `initiatives.counting` will count it."""
    columns = ["campaign_id", "top_id", "branch_id", "unit_id", "arrived_at", "field", "block", "status"]
    values = ", ".join(f"{row}.{column}" for column in columns)
    return f"INSERT INTO initiatives_uncounted ({', '.join(columns)}, number) VALUES ({values}, {number})"  # noqa: S608


CONSEQUENCES = [
    Consequence("initiative_counts", "initiatives_initiative", "INSERT", uncounted("NEW", 1)),
    Consequence(
        "initiative_counts_otherwise",
        "initiatives_initiative",
        "UPDATE OF top_id, branch_id, unit_id, field, block, status",
        f"{uncounted('OLD', -1)}; {uncounted('NEW', 1)}",
        "NEW.status <> OLD.status OR NEW.field <> OLD.field OR NEW.block <> OLD.block OR NEW.top_id <> OLD.top_id "
        "OR COALESCE(NEW.branch_id, 0) <> COALESCE(OLD.branch_id, 0) "
        "OR COALESCE(NEW.unit_id, 0) <> COALESCE(OLD.unit_id, 0)",
    ),
]
