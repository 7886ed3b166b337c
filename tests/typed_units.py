"""What the tests of mapping share: a name as it is typed, the key it is known by, and where initiatives stand."""

from initiatives.models import Initiative

TYPED, KEY = "LĐLĐ h. Đại Từ", "lien doan lao dong huyen dai tu"


def units():
    """Return the unit of every initiative, in the order of sending."""
    return list(Initiative.objects.order_by("pk").values_list("unit", flat=True))
