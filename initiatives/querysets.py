from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.timezone import make_aware

from accounts.models import Union
from config import clock
from config.text import fold
from initiatives import codes
from initiatives.copies_models import Resemblance
from initiatives.gaps import gaps
from initiatives.limits import SEARCH_SHORTEST

SHORTEST_INDEXED = 3


def searchable(initiative):
    """Return the text in which `matching` looks for an initiative."""
    return fold(f"{initiative.title} {initiative.full_name} {initiative.workplace} {initiative.unit_other}")


def words_of(text):
    """Return the words that are looked for, as `searchable` has them."""
    return fold(text)[:200].split()


def outermost(unions):
    """Return these unions, each once, without those below another of them."""
    keys = {union.pk for union in unions}

    def is_below(union):
        return union.level not in {"NATIONAL", "TOP"} and (union.parent_id in keys or is_below(union.parent))

    return [union for union in dict.fromkeys(unions) if not is_below(union)]


def midnight_of(day):
    """Return the moment at which a day begins here."""
    return make_aware(datetime.combine(day, time.min))


class CampaignQuerySet(models.QuerySet):
    def called(self, slug):
        """The one of this address, with `is_consent_kept`: whether the text of its version is kept already (R19)."""
        texts = self.model.consent_texts.rel.related_model.objects
        kept = texts.filter(campaign=OuterRef("pk"), version=OuterRef("consent_version"))
        return self.filter(slug=slug).order_by().annotate(is_consent_kept=Exists(kept))

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

    def of_secret(self, campaign_key, secret):
        """The one that its author's private link opens, with what its page says of other rows: `unit_shown`, the name
        of its unit, and `asks_removal`, whether its author waits for an answer (R19)."""
        requests = self.model.removal_requests.rel.related_model.objects.filter(initiative=OuterRef("pk"), state="OPEN")
        found = self.filter(campaign=campaign_key, secret=secret).order_by()
        return found.annotate(unit_shown=F("unit__name"), asks_removal=Exists(requests))

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
        unions = outermost(unions)
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

    def incomplete(self):
        """Those that lack something that a dossier asks for."""
        return self.filter(gaps())

    def looking_copied(self):
        """Those with text of an earlier one, which nobody has looked at yet."""
        return self.filter(Exists(Resemblance.objects.unsaid().filter(later=OuterRef("pk"))))

    def with_likeness(self):
        """Annotate `likeness`: by how many per cent it is like an earlier one, where nobody has looked at that yet."""
        unsaid = Resemblance.objects.unsaid().filter(later=OuterRef("pk")).order_by("-percent")
        return self.annotate(likeness=Subquery(unsaid.values("percent")[:1]))

    def arrived_between(self, first, last):
        """Those that arrived from the first day to the end of the last one; None leaves that side open."""
        if first:
            self = self.filter(arrived_at__gte=midnight_of(first))
        if last:
            self = self.filter(arrived_at__lt=midnight_of(last + timedelta(days=1)))
        return self

    def in_a_dossier(self):
        """Those that a union puts forward: they have a place in a dossier."""
        return self.filter(entries__rank__isnull=False)

    def without_unit(self, top):
        """Those whose author typed a unit that is not in the list of this top union, still to be mapped (R3)."""
        return self.standing().filter(top=top, unit=None)

    def known_by(self, key):
        """Those whose typed unit has this key (`accounts.abbreviations.name_key`)."""
        return self.filter(unit_key=key)

    def mapped_by(self, user):
        """Those that this person may move to another unit of their top union."""
        return self.filter(top__in=Union.objects.mapped_by(user))

    def typed_names(self, *, after=""):
        """Per name, from the key after this one on: `unit_key`, `number` of initiatives, their `first` and `last`."""
        names = self.filter(unit_key__gt=after).order_by("unit_key").values("unit_key")
        return names.annotate(number=Count("pk"), first=Min("pk"), last=Max("pk"))

    def matching(self, text):
        """Those with every word of the text in title, author or workplace; case, tones and đ do not matter.

        A text shorter than SEARCH_SHORTEST finds nothing; a whole code finds its initiative. Rows are compared one by
        one, never found by the index of words: who looks through millions of them bounds the look (config/looking.py).
        """
        if code := codes.read(text):
            return self.filter(Q(code=code))
        words = words_of(text)
        if len("".join(words)) < SEARCH_SHORTEST:
            return self.none()
        for word in words:
            self = self.filter(GreaterThan(StrIndex("search_text", Value(word)), 0))
        return self

    def with_words(self, text):
        """Those with the words of the text that the index of words knows, found by it; None where it knows none."""
        words = [word for word in words_of(text) if len(word) >= SHORTEST_INDEXED]
        return self.filter(*(Q(search_text__contains=word) for word in words)) if words else None


class RemovalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state="OPEN")

    def overdue(self):
        return self.open().filter(due_at__lte=clock.now())

    def visible_to(self, user):
        """National staff and administrators carry them out; a board or a union has no business with them."""
        return self if user.is_active and user.is_national else self.none()
