"""What everybody may see of decisions: those that are published, as they were corrected since (R17)."""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Amendment, Honour, HonourDecision, Publication
from awards.publishing import chosen_entries
from config.text import fold
from initiatives.models import Field

# So many results are shown on one page; more are found by search or by federation.
SHOWN = 60


@dataclass(frozen=True)
class Decision:
    """One published decision with its chosen entries, nominated ones first, and its amendments, oldest first."""

    publication: Publication
    entries: list
    amendments: list

    @property
    def union(self):
        return self.publication.plan.union


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for: words in any order, without case and tone marks, and a field."""

    text: str = ""
    field: str = ""

    @classmethod
    def of(cls, parameters):
        field = parameters.get("field", "")
        return cls(parameters.get("q", "").strip()[:200], field if field in Field.values else "")

    def __bool__(self):
        return bool(self.text or self.field)

    def fits(self, entry):
        if self.field and entry.field != self.field:
            return False
        known = fold(" ".join([entry.title, entry.authors, entry.position, entry.dossier.union.name]))
        return all(word in known for word in fold(self.text).split())


def decisions_of(publications):
    """Return the Decisions of these publications, in a constant number of queries."""
    publications = list(publications)
    entries, amendments = defaultdict(list), defaultdict(list)
    for entry in chosen_entries([publication.plan_id for publication in publications]):
        entries[entry.plan_id].append(entry)
    for amendment in Amendment.objects.of(publications):
        amendments[amendment.publication_id].append(amendment)
    return [Decision(one, entries[one.plan_id], amendments[one.pk]) for one in publications]


def found_in(decisions, wanted):
    """Return [(Decision, the entries of it that fit)] where any does; nothing wanted fits all."""
    found = ((decision, [entry for entry in decision.entries if wanted.fits(entry)]) for decision in decisions)
    return [(decision, entries) for decision, entries in found if entries or not wanted]


def honours_of(campaign):
    """Return [(decision, the honours of it that stand, those corrected since)] of the General Confederation."""
    standing, corrected = defaultdict(list), defaultdict(list)
    honours = (
        Honour.objects.of(campaign)
        .exclude(decision=None)
        .select_related("award__entry__dossier__union", "award__plan__union")
    )
    for honour in honours.order_by("award__plan__union__name", "award__entry__title", "pk"):
        (corrected if honour.taken_back_at else standing)[honour.decision_id].append(honour)
    decisions = HonourDecision.objects.of(campaign)
    return [(decision, standing[decision.pk], corrected[decision.pk]) for decision in decisions]
