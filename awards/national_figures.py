"""Totals of all federations in a campaign, with a few queries however many there are.

Until a plan's publication only its state and how many dossiers it has are told here (R17): what its board chooses from
day to day is no result, and a total that mixes it with results would be one that nobody decided.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Level, Union
from awards.models import Award, Honour, Kind, Publication
from dossiers.models import Dossier, Plan, State
from initiatives.statistics import figures_of


@dataclass(frozen=True)
class Federation:
    """One federation's line; `plan` is None where it has none, numbers of a plan that is not published are None."""

    union: Union
    initiatives: int
    plan: Plan | None = None
    publication: Publication | None = None
    filed: int = 0
    valid: int = 0
    awarded: int | None = None
    nominated: int | None = None
    honoured: int | None = None

    @property
    def state(self):
        if self.plan is None:
            return "Chưa có kế hoạch"
        if self.publication:
            return "Đã công bố"
        return "Đang nhận và xét hồ sơ" if self.filed else "Chưa có hồ sơ nộp"


def federations_of(campaign):
    """Return the Federations in the order of their names."""
    plans = {plan.union_id: plan for plan in Plan.objects.filter(campaign=campaign)}
    publications = {found.plan_id: found for found in Publication.objects.filter(plan__campaign=campaign)}
    dossiers = counted(Dossier.objects.filter(plan__campaign=campaign), "plan", "state")
    awards = counted(Award.objects.standing().filter(plan__in=publications), "plan", "kind")
    honours = counted(Honour.objects.standing().filter(award__plan__in=publications), "award__plan")
    initiatives = {row["code"]: row["count"] for row in figures_of(campaign)["by_top"]}

    def line(top):
        plan = plans.get(top.pk)
        if plan is None:
            return Federation(top, initiatives.get(top.code, 0))
        key, publication = plan.pk, publications.get(plan.pk)
        filed = sum(number for (of, state), number in dossiers.items() if of == key and state != State.DRAFT)
        numbers = {"plan": plan, "publication": publication, "filed": filed, "valid": dossiers[key, State.VALID]}
        if publication:
            numbers["awarded"], numbers["nominated"] = awards[key, Kind.PROVINCE], awards[key, Kind.NATIONAL]
            numbers["honoured"] = honours[(key,)]
        return Federation(top, initiatives.get(top.code, 0), **numbers)

    return [line(top) for top in Union.objects.filter(level=Level.TOP, is_active=True).order_by("name")]


def counted(rows, *names):
    """Return a Counter of rows by the values of these columns."""
    found = rows.order_by().values_list(*names).annotate(number=Count("pk"))
    return Counter({tuple(values): number for *values, number in found})


def totals_of(federations):
    """Return the sums of the lines, and how many federations have a plan and have published."""

    def total(name):
        return sum(getattr(line, name) or 0 for line in federations)

    sums = {name: total(name) for name in ("initiatives", "filed", "valid", "awarded", "nominated", "honoured")}
    planned, published = sum(bool(f.plan) for f in federations), sum(bool(f.publication) for f in federations)
    return sums | {"federations": len(federations), "planned": planned, "published": published}
