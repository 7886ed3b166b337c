from config.triggers import Refusal

REFUSALS = [
    Refusal("record_event_no_update", "record_event", "UPDATE", "TRUE", "record_is_append_only"),
    Refusal("record_event_no_delete", "record_event", "DELETE", "TRUE", "record_is_append_only"),
]
