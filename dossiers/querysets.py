from django.db import models
from django.db.models import Q


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National: all. Board: its own. Staff: the plans that their unions file to."""
        if not user.is_authenticated:
            return self.none()
        if user.is_national:
            return self
        boards = user.unions_as("BOARD")
        tops = [union.top for union in user.unions_as("STAFF")]
        return self.filter(union__in=[*boards, *tops])

    def target_of(self, campaign, union):
        """The number that a top union wants to reach in a campaign (R18); None where it has no plan."""
        return self.filter(campaign=campaign, union=union).values_list("target", flat=True).first()

    def decided_by(self, user):
        """The plans whose board this person sits on."""
        return self.filter(union__in=user.unions_as("BOARD")) if user.is_authenticated else self.none()


class OfPlanQuerySet(models.QuerySet):
    """Rows that belong to a plan: seen by national staff and by the plan's board."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.filter(plan__union__in=user.unions_as("BOARD"))


class DossierQuerySet(models.QuerySet):
    def filed_to_board(self):
        """Filed at least once, also when taken back since: before that, a dossier is its union's own affair."""
        return self.filter(filings__number=1)

    def visible_to(self, user):
        """Staff: their own union's. Board: those filed to it. National: all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_national:
            return self
        filed_here = Q(plan__union__in=user.unions_as("BOARD")) & Q(filings__number=1)
        return self.filter(Q(union__in=user.unions_as("STAFF")) | filed_here)

    def editable_by(self, user):
        """Those that this person prepares: their own union's, whatever its state (the deed refuses a filed one)."""
        return self.filter(union__in=user.unions_as("STAFF")) if user.is_authenticated else self.none()

    def judged_by(self, user):
        """Those filed to a board on which this person sits."""
        if not user.is_authenticated:
            return self.none()
        return self.filed_to_board().filter(plan__union__in=user.unions_as("BOARD"))


class EntryQuerySet(models.QuerySet):
    def standing(self):
        """In the dossier and counting against its quota, in their order (R10)."""
        return self.filter(removed_at=None).order_by("rank")

    def visible_to(self, user):
        """As their dossiers are."""
        from dossiers.models import Dossier  # noqa: PLC0415 (models.py imports this file)

        return self.filter(dossier__in=Dossier.objects.visible_to(user))


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As dossiers are prepared: by the staff of the union itself. National: all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.filter(union__in=user.unions_as("STAFF"))
