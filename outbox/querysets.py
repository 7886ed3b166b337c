from django.db import models
from django.utils import timezone

WAITING = models.Q(sent_at=None, given_up_at=None)


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        """Neither sent nor given up."""
        return self.filter(WAITING)

    def due(self):
        """Waiting, and their next try has come. Mail runs on real time, also in a demonstration."""
        return self.waiting().filter(next_try_at__lte=timezone.now())

    def about(self, *codes):
        """Those that say to be about one of these: the code itself, or it and something more behind it."""
        found = self.none()
        for code in codes:
            found |= self.filter(about__startswith=code)
        return found

    def visible_to(self, user):
        return self if user.is_active and user.is_national else self.none()
