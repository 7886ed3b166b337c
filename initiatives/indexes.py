"""What initiatives are read by at two million rows: each order of a union's list, and what else is looked for."""

from django.db.models import Index, Q

INDEXES = [
    Index(fields=["top", "-id"], name="initiative_of_top"),
    Index(fields=["branch", "-id"], name="initiative_of_branch"),
    Index(fields=["unit", "-id"], name="initiative_of_unit"),
    Index(fields=["name_key", "id"], name="initiative_by_name"),
    Index(fields=["top", "name_key", "id"], name="initiative_of_top_by_name"),
    Index(fields=["branch", "name_key", "id"], name="initiative_of_branch_by_name"),
    Index(fields=["unit", "name_key", "id"], name="initiative_of_unit_by_name"),
    Index(fields=["phone", "campaign"], name="initiative_of_phone"),
    Index(fields=["top", "unit_key", "status", "id"], condition=Q(unit=None), name="initiative_to_map"),
]
