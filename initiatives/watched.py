"""What is watched of sending: what became of forms, why some were refused, and what the queue has still to do."""

from django.db.models import Max
from prometheus_client import Counter

from config.metrics import Gauge
from initiatives.copies_models import Sweep
from initiatives.kept_forms import KeptForm
from record.models import Event

SENDINGS = Counter("sangkien_sendings", "Forms that were sent: taken, kept, refused or late.", ["outcome"])
TAKEN, KEPT, REFUSED, LATE = (SENDINGS.labels(outcome) for outcome in ("taken", "kept", "refused", "late"))
REFUSALS = Counter("sangkien_refusals", "Why forms were refused, each reason of a form once.", ["field", "code"])
MOST_COUNTED = 100_000


def count_refusals(form):
    """Count what is wrong with a form, by field and code; nothing of what was typed."""
    REFUSED.inc()
    reasons = {(field, error.code or "other") for field, errors in form.errors.as_data().items() for error in errors}
    for field, code in reasons:
        REFUSALS.labels(field, code).inc()


def events_ahead():
    """Return how many events of the record the search for copies has still to follow."""
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return newest - (Sweep.objects.aggregate(last=Max("last_event"))["last"] or 0)


def kept_forms():
    return KeptForm.objects.all()[:MOST_COUNTED].count()


GAUGES = [
    Gauge("copies_events_ahead", "Events of the record that the search for copies has still to follow.", events_ahead),
    Gauge("kept_forms", "Forms that came in the rush and wait to be written down.", kept_forms),
]
