from config.triggers import Refusal

# The deed "anonymised" stands on the chain before its personal values may go (R19).
FORGOTTEN = (
    "EXISTS (SELECT 1 FROM record_event e JOIN record_event f ON f.subject_kind = e.subject_kind "
    "AND f.subject_id = e.subject_id AND f.deed = 'anonymised' WHERE e.id = OLD.event_id)"
)

REFUSALS = [
    Refusal("record_event_no_update", "record_event", "UPDATE", "TRUE", "record_is_append_only"),
    Refusal("record_event_no_delete", "record_event", "DELETE", "TRUE", "record_is_append_only"),
    Refusal("personal_detail_no_update", "record_personaldetail", "UPDATE", "TRUE", "record_is_append_only"),
    Refusal(
        "personal_detail_kept_until_forgotten",
        "record_personaldetail",
        "DELETE",
        f"NOT {FORGOTTEN}",
        "record_is_append_only",
    ),
    Refusal("seal_never_changed", "record_seal", "UPDATE", "TRUE", "record_is_append_only"),
    Refusal("seal_never_deleted", "record_seal", "DELETE", "TRUE", "record_is_append_only"),
]
