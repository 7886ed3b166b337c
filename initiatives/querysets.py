from django.db import models
from django.db.models import Q

from config.text import fold
from initiatives import codes
from initiatives.limits import SEARCH_SHORTEST


def searchable(initiative):
    """Return the text in which `matching` looks for an initiative."""
    return fold(f"{initiative.title} {initiative.full_name} {initiative.workplace} {initiative.unit_other}")


class CampaignQuerySet(models.QuerySet):
    def running(self):
        return self.filter(is_running=True)

    def visible_to(self, user):
        """Campaigns are public."""
        return self


class InitiativeQuerySet(models.QuerySet):
    def standing(self):
        """Neither withdrawn nor rejected."""
        return self.exclude(status__in=["WITHDRAWN", "REJECTED"])

    def waiting(self):
        """Not yet screened."""
        return self.filter(status="SENT")

    def accepted(self):
        return self.filter(status="ACCEPTED")

    def under(self, union):
        """Sent from this union or any union below it."""
        if union.level == "NATIONAL":
            return self
        if union.level == "TOP":
            return self.filter(top=union)
        if union.parent.level == "TOP":
            return self.filter(branch=union)
        return self.filter(unit=union)

    def under_any(self, unions):
        """Sent from one of these unions or any union below them."""
        unions = list(unions)
        if len(unions) == 1:
            return self.under(unions[0])
        found = self.none()
        for union in unions:
            found |= self.model.objects.under(union)
        return self & found if unions else self.none()

    def visible_to(self, user):
        """Staff: their union and below. A board: its top union. National: all. Nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.under_any(user.unions_as("STAFF", "BOARD"))

    def screenable_by(self, user):
        """Those that this person may accept or reject: staff, from their own union and below."""
        if not user.is_authenticated:
            return self.none()
        return self.under_any(user.unions_as("STAFF"))

    def next_to_screen(self, initiative):
        """The waiting one that the list shows after this one, from its top again behind the last; None if none is."""
        waiting = self.waiting().exclude(pk=initiative.pk).order_by("-pk")
        return waiting.filter(pk__lt=initiative.pk).first() or waiting.first()

    def matching(self, text):
        """Those with every word of the text in title, author or workplace; case, tones and đ do not matter.

        A text shorter than SEARCH_SHORTEST finds nothing; a whole code finds its initiative.
        """
        if code := codes.read(text):
            return self.filter(Q(code=code))
        words = fold(text)[:200].split()
        if len("".join(words)) < SEARCH_SHORTEST:
            return self.none()
        for word in words:
            self = self.filter(search_text__contains=word)
        return self
