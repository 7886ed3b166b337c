from django.contrib.auth.models import UserManager as StockUserManager
from django.db import models
from django.db.models import Q


class UnionQuerySet(models.QuerySet):
    def tops(self):
        """The 63 provinces and 20 sectors that workplaces are picked from."""
        return self.filter(level="TOP", is_active=True)

    def provinces(self):
        return self.tops().filter(is_sector=False)

    def sectors(self):
        return self.tops().filter(is_sector=True)

    def by_code(self, code):
        """The union with this code, be it the national one or the one its province uses."""
        return self.filter(Q(code=code) | Q(local_code=code))

    def below(self, top):
        """All unions under a top union, without itself."""
        return self.filter(Q(parent=top) | Q(parent__parent=top))

    def pickable_below(self, top):
        """The unions under a top union that a workplace can be picked from."""
        return self.below(top).filter(is_active=True)

    def family_of(self, unions):
        """The given unions and all below them."""
        keys = [union.pk for union in unions]
        return self.filter(
            Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys) | Q(parent__parent__parent__in=keys)
        )

    def mapped_by(self, user):
        """The top unions for which this person tells what the typed names of units mean (R3)."""
        if not user.is_active:
            return self.none()
        if user.is_national:
            return self.filter(level="TOP")
        return self.filter(pk__in=[union.pk for union in user.unions_as("STAFF", "BOARD") if union.level == "TOP"])

    def staffed_by(self, user):
        """The unions for which this person invites staff and gives roles. National: all. Board: its own and below."""
        if not user.is_active:
            return self.none()
        return self.exclude(level="NATIONAL") if user.is_national else self.family_of(user.unions_as("BOARD"))

    def visible_to(self, user):
        """National: all. Board: its top union and below. Staff: their unions and below."""
        if not user.is_active:  # nor is a visitor who has not signed in
            return self.none()
        return self if user.is_national else self.family_of(user.unions_as("BOARD", "STAFF"))


class UserManager(StockUserManager):
    @classmethod
    def normalize_email(cls, email):
        """Small letters throughout: nobody has two mailboxes that differ in nothing else."""
        return super().normalize_email((email or "").strip()).lower()

    def managed_by(self, user):
        """The accounts that this person closes, opens and helps in; never the own one.

        National: all, administrators only by their like. Board: those who are staff of its unions and nothing else.
        """
        if not user.is_active:
            return self.none()
        others = self.exclude(pk=user.pk)
        if user.is_superuser:
            return others
        others = others.filter(is_superuser=False)
        if user.is_national:
            return others
        from accounts.models import Membership, Union  # noqa: PLC0415 (models.py imports this file)

        below = Union.objects.family_of(user.unions_as("BOARD"))
        here = Q(role="STAFF", union__in=below)
        elsewhere = Membership.objects.exclude(here).values("user")
        return others.filter(pk__in=Membership.objects.filter(here).values("user")).exclude(pk__in=elsewhere)

    def visible_to(self, user):
        """National: all. Board: staff of the unions below its own, and itself. Others: themselves."""
        if not user.is_active:
            return self.none()
        if user.is_national:
            return self.all()
        from accounts.models import Union  # noqa: PLC0415 (models.py imports this file)

        below = Union.objects.family_of(user.unions_as("BOARD"))
        return self.filter(Q(pk=user.pk) | Q(memberships__role="STAFF", memberships__union__in=below)).distinct()


class MembershipQuerySet(models.QuerySet):
    def revocable_by(self, user):
        """The roles of staff that this person may take back."""
        from accounts.models import Union  # noqa: PLC0415 (models.py imports this file)

        return self.filter(role="STAFF", union__in=Union.objects.staffed_by(user)).exclude(user=user.pk)

    def visible_to(self, user):
        """National: all. Board: staff of the unions it looks after. Others: their own."""
        if not user.is_active:
            return self.none()
        if user.is_national:
            return self
        from accounts.models import Union  # noqa: PLC0415 (models.py imports this file)

        return self.filter(Q(user=user) | Q(role="STAFF", union__in=Union.objects.family_of(user.unions_as("BOARD"))))
