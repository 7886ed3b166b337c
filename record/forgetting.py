"""Forget the personal values on the record of one subject or many (R19). What happened, and when, stays."""

from record.models import Event, PersonalDetail
from record.writing import write, write_many


def forget(subject, *, by, after=None):
    """Write that the person behind `subject` is forgotten, then drop the personal values of its events.

    Call it inside the transaction of the deed, with the subject's row locked. The database lets personal values go
    only once the deed is written.
    """
    write(subject, "anonymised", by=by, after=after)
    PersonalDetail.objects.filter(event__in=Event.objects.of(subject)).delete()


def forget_many(subjects, *, reason):
    """The same for many subjects of one model, by nobody: the site does it, for this reason."""
    write_many("anonymised", [(subject, None, None, reason) for subject in subjects])
    kind = subjects[0]._meta.concrete_model._meta.model_name
    events = Event.objects.filter(subject_kind=kind, subject_id__in=[subject.pk for subject in subjects])
    PersonalDetail.objects.filter(event__in=events).delete()
