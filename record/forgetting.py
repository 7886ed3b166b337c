"""Forget the personal values on the record of one subject (R19). What happened, and when, stays."""

from record.models import Event, PersonalDetail
from record.writing import write


def forget(subject, *, by, after=None):
    """Write that the person behind `subject` is forgotten, then drop the personal values of its events.

    Call it inside the transaction of the deed, with the subject's row locked. The database lets personal values go
    only once the deed is written.
    """
    write(subject, "anonymised", by=by, after=after)
    PersonalDetail.objects.filter(event__in=Event.objects.of(subject)).delete()
