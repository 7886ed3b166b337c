from config.triggers import Refusal

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
]
