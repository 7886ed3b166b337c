from django.db import models


class EventQuerySet(models.QuerySet):
    def of(self, subject):
        """The events of one object, oldest first; a proxy's are those of the model behind it."""
        return self.of_row(subject._meta.concrete_model._meta.model_name, subject.pk)

    def of_row(self, kind, key):
        """The same for the kind and the key of the object."""
        return self.filter(subject_kind=kind, subject_id=key).order_by("number")

    def last_of(self, subjects):
        """Return {key: the last event} of objects of one model."""
        if not subjects:
            return {}
        kind = subjects[0]._meta.concrete_model._meta.model_name
        found = self.filter(subject_kind=kind, subject_id__in=[subject.pk for subject in subjects])
        return {event.subject_id: event for event in found.only("subject_id", "number", "digest").order_by("number")}

    def visible_to(self, user):
        """National staff and administrators read it whole; others meet it on the pages of what they may see."""
        return self if user.is_active and user.is_national else self.none()
