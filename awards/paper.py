"""Note when the paper of a filed dossier reached the board."""

from django.core.exceptions import ValidationError
from django.db import transaction

from config import clock
from dossiers.models import PaperCopy
from dossiers.quota import lock
from record.writing import write


@transaction.atomic
def note_paper(filing, arrived_on, *, by):
    """Note the day on which a filing's paper came; a wrong note is corrected by a later one, which counts."""
    if arrived_on > clock.today():
        raise ValidationError("Ngày nhận bản giấy chưa tới. Hãy xem lại.", code="date_in_future")
    dossier = lock(filing.dossier)
    note = PaperCopy.objects.create(filing=filing, arrived_on=arrived_on, noted_by=by, noted_at=clock.now())
    write(dossier, "paper_arrived", by=by, after={"filing": filing.number, "arrived_on": arrived_on})
    return note
