"""One writing of a JSON value, for digests."""

import json

from django.core.serializers.json import DjangoJSONEncoder


def canonical(value):
    """Return one byte string for equal JSON values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder).encode()
