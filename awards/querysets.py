from collections import defaultdict

from django.db import models
from django.db.models import Exists, OuterRef

from dossiers.querysets import OfPlanQuerySet
from initiatives.querysets import CampaignQuerySet


class FindingQuerySet(models.QuerySet):
    def latest_of(self, filings):
        """The findings that count on each condition of these filings, as {key of a filing: {condition: Finding}}."""
        latest = defaultdict(dict)
        for finding in self.filter(filing__in=filings).select_related("found_by").order_by("pk"):
            latest[finding.filing_id][finding.condition] = finding
        return latest


class ComplaintQuerySet(models.QuerySet):
    def holding(self):
        """Those that keep their initiative from being chosen: open, or found to be right."""
        return self.exclude(state__in=["DISMISSED", "UNADMITTED"])

    def open(self):
        return self.filter(state="OPEN")

    def waiting(self):
        """Open, and still of consequence: nothing is decided yet about its initiative, or it was chosen."""
        from awards.models import Award, Publication  # noqa: PLC0415 (models.py imports this file)

        decided = Publication.objects.filter(
            plan__union=OuterRef("initiative__top"), plan__campaign=OuterRef("initiative__campaign")
        )
        chosen = Award.objects.standing().filter(entry__initiative=OuterRef("initiative"))
        return self.open().filter(~Exists(decided) | Exists(chosen))

    def visible_to(self, user):
        """National: all. Board: about initiatives of its top union. Nobody else: a complainant stays private."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.filter(initiative__top__in=user.unions_as("BOARD"))


class AwardQuerySet(OfPlanQuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(taken_back_at=None)


class PublicationQuerySet(OfPlanQuerySet):
    def of(self, campaign):
        """What is published in a campaign; this much is public."""
        return self.filter(plan__campaign=campaign).select_related("plan__union").order_by("published_at")


class AmendmentQuerySet(models.QuerySet):
    def of(self, publications):
        """The amendments of these publications, oldest first; as public as these."""
        return self.filter(publication__in=publications).select_related("entry__initiative").order_by("pk")


class CertificateQuerySet(models.QuerySet):
    def published(self):
        """Those whose decision is public."""
        return self.filter(award__plan__publication__isnull=False)

    def visible_to(self, user):
        """As their awards are; what is published is public under its code."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_national else self.filter(award__plan__union__in=user.unions_as("BOARD"))


class ShortlistQuerySet(OfPlanQuerySet):
    def newest_first(self):
        return self.order_by("-version")

    def of_plan_of(self, initiative):
        """The lists of the plan by which an initiative's top union chooses."""
        return self.filter(plan__union=initiative.top_id, plan__campaign=initiative.campaign_id)


class NominationsQuerySet(CampaignQuerySet):
    def visible_to(self, user):
        """Campaigns are public; what all federations nominated in them together is the General Confederation's."""
        return self if user.is_active and user.is_national else self.none()


class HonourQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(taken_back_at=None)

    def waiting(self):
        """Marked, and not yet public."""
        return self.standing().filter(decision=None)

    def published(self):
        return self.standing().exclude(decision=None)

    def of(self, campaign):
        return self.filter(award__plan__campaign=campaign)

    def visible_to(self, user):
        """National: all. Boards: their own, once they are public (R17)."""
        if not user.is_active:
            return self.none()
        if user.is_national:
            return self
        return self.filter(award__plan__union__in=user.unions_as("BOARD")).exclude(decision=None)


class HonourDecisionQuerySet(models.QuerySet):
    def of(self, campaign):
        """What is published in a campaign, with the public page's lines; this much is public."""
        return self.filter(campaign=campaign).order_by("pk")

    def visible_to(self, user):
        """National: all. Boards: all too, they are public."""
        if not user.is_active:
            return self.none()
        return self if user.is_national or user.unions_as("BOARD") else self.none()
