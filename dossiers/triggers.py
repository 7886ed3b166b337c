from config.triggers import Refusal
from dossiers.models import Plan

FROZEN_COLUMNS = sorted(Plan._meta.get_field(name).column for name in Plan.FROZEN_FIELDS)
PLAN_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FROZEN_COLUMNS)

QUOTA = """(
    SELECT COALESCE(
        (SELECT x.quota FROM dossiers_quotaexception x WHERE x.plan_id = p.id AND x.union_id = d.union_id),
        CASE u.level WHEN 'UPPER' THEN p.quota_upper ELSE p.quota_grassroots END)
    FROM dossiers_dossier d
    JOIN dossiers_plan p ON p.id = d.plan_id
    JOIN accounts_union u ON u.id = d.union_id AND u.parent_id = p.union_id
    WHERE d.id = NEW.dossier_id)"""
ELIGIBLE = """EXISTS (
    SELECT 1 FROM initiatives_initiative i
    JOIN dossiers_dossier d ON d.union_id = i.branch_id AND d.plan_id = NEW.plan_id
    WHERE d.id = NEW.dossier_id AND i.id = NEW.initiative_id AND i.status = 'ACCEPTED')"""
FROZEN_PLAN = "EXISTS (SELECT 1 FROM dossiers_plan p WHERE p.id = {row}.plan_id AND p.frozen_at IS NOT NULL)"

REFUSALS = [
    Refusal(
        "entry_within_quota_insert",
        "dossiers_dossierentry",
        "INSERT",
        f"NEW.rank IS NOT NULL AND NEW.rank > COALESCE({QUOTA}, 0)",
        "quota_reached",
    ),
    # Moving up is always free: after a quota was lowered, entries are taken out one by one.
    Refusal(
        "entry_within_quota_update",
        "dossiers_dossierentry",
        "UPDATE OF rank",
        f"NEW.rank > COALESCE(OLD.rank, 0) AND NEW.rank > COALESCE({QUOTA}, 0)",
        "quota_reached",
    ),
    Refusal("entry_eligible", "dossiers_dossierentry", "INSERT", f"NOT {ELIGIBLE}", "not_eligible"),
    Refusal(
        "entry_stays_in_its_dossier",
        "dossiers_dossierentry",
        "UPDATE OF dossier_id, plan_id, initiative_id",
        "NEW.dossier_id <> OLD.dossier_id OR NEW.plan_id <> OLD.plan_id OR NEW.initiative_id <> OLD.initiative_id",
        "entry_is_fixed",
    ),
    Refusal(
        "plan_numbers_freeze",
        "dossiers_plan",
        "UPDATE",
        f"OLD.frozen_at IS NOT NULL AND ({PLAN_CHANGED} OR NEW.frozen_at IS NULL)",
        "plan_frozen",
    ),
    *(
        Refusal(
            f"quota_exception_freezes_{event.lower()}",
            "dossiers_quotaexception",
            event,
            FROZEN_PLAN.format(row="OLD" if event == "DELETE" else "NEW"),
            "plan_frozen",
        )
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
    *(
        Refusal(f"{table}_never_deleted", f"dossiers_{table}", "DELETE", "TRUE", "never_deleted")
        for table in ("dossier", "dossierentry", "filing", "signedletter", "extension", "lettertemplate")
    ),
    Refusal("extension_never_changed", "dossiers_extension", "UPDATE", "TRUE", "extension_is_kept"),
    Refusal("lettertemplate_never_changed", "dossiers_lettertemplate", "UPDATE", "TRUE", "template_is_kept"),
    Refusal("filing_never_changed", "dossiers_filing", "UPDATE", "TRUE", "filing_is_a_snapshot"),
]
