from config.triggers import Refusal
from dossiers.models import Plan
from initiatives.personal import FORGOTTEN_NAME

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
LAST_IN_FILED = """EXISTS (
    SELECT 1 FROM dossiers_filing f JOIN dossiers_dossier d ON d.id = f.dossier_id
    WHERE f.id = NEW.filing_id AND d.state = 'FILED'
    AND f.number = (SELECT MAX(l.number) FROM dossiers_filing l WHERE l.dossier_id = d.id))"""
LAST_TAKEN_BACK = """EXISTS (
    SELECT 1 FROM dossiers_takingback t JOIN dossiers_filing f ON f.id = t.filing_id
    WHERE f.dossier_id = NEW.id
    AND f.number = (SELECT MAX(l.number) FROM dossiers_filing l WHERE l.dossier_id = NEW.id))"""

# What a copy may say of a person that was forgotten: this and nothing else (R19).
STILL_NAMED = "({row}.authors <> '" + FORGOTTEN_NAME + "' OR {row}.birth_years <> '' OR {row}.position <> i.workplace)"
OF_FORGOTTEN = (
    "EXISTS (SELECT 1 FROM initiatives_initiative i WHERE i.id = NEW.initiative_id AND i.anonymised_at IS NOT NULL "
    "AND {named})"
)
NAMED_IN_A_DOSSIER = (
    "EXISTS (SELECT 1 FROM dossiers_dossierentry e, initiatives_initiative i "
    "WHERE i.id = NEW.id AND e.initiative_id = i.id AND {named})"
)

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
    # An author may still move it by correcting it: then it waits for screening and is no longer accepted.
    Refusal(
        "initiative_stays_with_its_dossier",
        "initiatives_initiative",
        "UPDATE OF branch_id",
        "NEW.status = 'ACCEPTED' AND COALESCE(NEW.branch_id, 0) <> COALESCE(OLD.branch_id, 0) AND EXISTS "
        "(SELECT 1 FROM dossiers_dossierentry e JOIN dossiers_dossier d ON d.id = e.dossier_id WHERE "
        "e.initiative_id = NEW.id AND e.removed_at IS NULL AND d.union_id <> COALESCE(NEW.branch_id, 0))",
        "in_a_dossier",
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
        for table in ("dossier", "dossierentry", "filing", "extension", "lettertemplate")
    ),
    # Papers on which others stand: neither changed nor deleted once they are there.
    *(
        Refusal(f"{table}_never_{what}", f"dossiers_{table}", event, "TRUE", code)
        for table in ("signedletter", "letterfile", "takingback", "remark", "papercopy")
        for what, event, code in (("deleted", "DELETE", "never_deleted"), ("changed", "UPDATE", "never_changed"))
    ),
    Refusal(
        "taking_back_what_is_filed",
        "dossiers_takingback",
        "INSERT",
        f"NOT {LAST_IN_FILED}",
        "wrong_state",
    ),
    # Only a filing that was taken back, before its deadline, makes a dossier a draft again.
    Refusal(
        "dossier_draft_when_taken_back",
        "dossiers_dossier",
        "UPDATE OF state",
        f"NEW.state = 'DRAFT' AND OLD.state <> 'DRAFT' AND NOT (OLD.state = 'FILED' AND {LAST_TAKEN_BACK})",
        "not_taken_back",
    ),
    Refusal("entry_of_forgotten", "dossiers_dossierentry", "INSERT", OF_FORGOTTEN.format(named="TRUE"), "anonymised"),
    Refusal(
        "entry_stays_forgotten",
        "dossiers_dossierentry",
        "UPDATE OF authors, birth_years, position",
        OF_FORGOTTEN.format(named=STILL_NAMED.format(row="NEW")),
        "anonymised",
    ),
    Refusal(
        "initiative_forgotten_in_its_dossiers",
        "initiatives_initiative",
        "UPDATE OF anonymised_at",
        "NEW.anonymised_at IS NOT NULL AND " + NAMED_IN_A_DOSSIER.format(named=STILL_NAMED.format(row="e")),
        "named_in_a_dossier",
    ),
    Refusal("extension_never_changed", "dossiers_extension", "UPDATE", "TRUE", "extension_is_kept"),
    Refusal("lettertemplate_never_changed", "dossiers_lettertemplate", "UPDATE", "TRUE", "template_is_kept"),
    Refusal("filing_never_changed", "dossiers_filing", "UPDATE", "TRUE", "filing_is_a_snapshot"),
]
