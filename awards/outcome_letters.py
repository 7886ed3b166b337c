"""The letters about a plan's decisions: one for each person, about all that concerns them (R17)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.template.loader import render_to_string
from django.utils import timezone

from awards.candidates import considered
from awards.limits import DECIDED_WAITS
from awards.models import Award, Kind
from config.text import clean
from dossiers.reminders import staff_of
from initiatives.letters_to_authors import OF_DECISIONS
from initiatives.models import Status
from outbox.models import Message
from outbox.posting import post, post_many
from record.models import Event
from record.writing import write

DECIDED = "decided"
AMENDED = "decision_amended"
NOT_CHOSEN = "đã được xét, lần này chưa được chọn khen thưởng"
WITHDRAWN = "tác giả đã rút, không xét"
OUTCOMES = {
    (True, False): "được khen thưởng",
    (True, True): "được khen thưởng và được đề nghị Tổng Liên đoàn biểu dương",
}


class Written(NamedTuple):
    """A letter as it is sent."""

    recipient: str
    subject: str
    body: str


@dataclass
class Letter:
    """What one address is told: about initiatives that its owner sent, and about dossiers that it prepares."""

    recipient: str
    names: set = field(default_factory=set)
    own: list = field(default_factory=list)
    filed: dict = field(default_factory=dict)

    @property
    def name(self):
        """Whom it greets: nobody by name where several people share the address."""
        return next(iter(self.names)) if len(self.names) == 1 else ""


def outcomes_of(plan):
    """Return [(entry, what became of it in words)] of all that was considered, in the order of their dossiers."""
    kinds = defaultdict(set)
    for entry, kind in Award.objects.standing().filter(plan=plan).values_list("entry", "kind"):
        kinds[entry].add(kind)
    entries = considered(plan).select_related("initiative", "dossier__union")

    def outcome(entry):
        if entry.initiative.status == Status.WITHDRAWN:
            return WITHDRAWN
        return OUTCOMES.get((Kind.PROVINCE in kinds[entry.pk], Kind.NATIONAL in kinds[entry.pk]), NOT_CHOSEN)

    return [(entry, outcome(entry)) for entry in entries.order_by("dossier__union__name", "rank", "pk")]


def letters_of(plan):
    """Return the Letters about a plan's decisions as they stand, {address: Letter}, in a constant number of queries."""
    letters = {}

    def letter_to(address):
        return letters.setdefault(address.casefold(), Letter(address))

    outcomes = outcomes_of(plan)
    staff = staff_of({entry.dossier.union for entry, _ in outcomes})
    for entry, outcome in outcomes:
        if entry.initiative.email and outcome != WITHDRAWN:
            letter = letter_to(entry.initiative.email)
            letter.names.add(entry.initiative.full_name)
            letter.own.append((entry, outcome))
        for address in staff.get(entry.dossier.union_id, []):
            letter_to(address).filed.setdefault(entry.dossier.union, []).append((entry, outcome))
    return letters


def written(plan, decision, letters=None):
    """Return the letters as they are sent, all or these; `decision` has decision_number and decision_date."""
    facts = {"plan": plan, "campaign": plan.campaign, "decision": decision, "site": settings.SITE_URL}
    subject = f"Kết quả xét chọn sáng kiến của {plan.union}"
    return [
        Written(
            letter.recipient, subject, clean(render_to_string("awards/mail/decided.txt", facts | {"letter": letter}))
        )
        for letter in (letters_of(plan).values() if letters is None else letters)
    ]


def about(plan, number=0):
    """Return what letters about a plan's decisions are filed under; amendments have numbers of their own."""
    return f"{OF_DECISIONS}{plan.pk}/{number}"


def of_plan(plan):
    """Return the letters about a plan's decisions that are in the outbox, sent or not."""
    return Message.objects.about(f"{OF_DECISIONS}{plan.pk}/").filter(kind__in=[DECIDED, AMENDED]).order_by("pk")


def unsent(plan):
    """Return the letters that may still be held back: not even tried."""
    return of_plan(plan).waiting().filter(tries=0)


def unsent_by_plan(plans):
    """Return a Counter of the letters that may still be held back, by plan."""
    of = {about(plan).rpartition("/")[0]: plan.pk for plan in plans}
    letters = Message.objects.about(*(f"{prefix}/" for prefix in of)).filter(kind__in=[DECIDED, AMENDED])
    found = letters.waiting().filter(tries=0).values_list("about", flat=True)
    return Counter(of[text.rpartition("/")[0]] for text in found)


def tell_decided(plan, publication):
    """Write the letters of a publication. They wait, so that the board can read them and hold them back."""
    written_to = of_plan(plan).filter(kind=DECIDED).values_list("recipient", flat=True)
    written_to = {address.casefold() for address in written_to}
    letters = [
        (about(plan), *letter)
        for letter in written(plan, publication)
        if letter.recipient.casefold() not in written_to  # however it is spelled
    ]
    post_many(DECIDED, letters, wait=DECIDED_WAITS)


@transaction.atomic
def hold_back(plan, *, by):
    """Take back the letters about the decisions that did not go out yet; returns how many.

    What tells of an amendment goes: nobody writes it anew for who read something else before.
    """
    count = unsent(plan).filter(kind=DECIDED).delete()[0]
    if count:
        write(plan, "letters_held", by=by, after={"letters": count})
    return count


@transaction.atomic
def send_now(plan, *, by):
    """Let the letters that wait go out with the next round; returns how many."""
    count = unsent(plan).update(next_try_at=timezone.now())
    if count:
        write(plan, "letters_sent", by=by, after={"letters": count})
    return count


@transaction.atomic
def write_anew(plan, publication, *, by):
    """Write the letters again after they were held back, for everybody who got none; returns how many wait now."""
    tell_decided(plan, publication)
    count = unsent(plan).count()
    write(plan, "letters_written", by=by, after={"letters": count})
    return count


def are_held(plan):
    """Tell whether letters were held back and not yet written anew."""
    last = Event.objects.of(plan).filter(deed__in=["letters_held", "letters_written"]).last()
    return last is not None and last.deed == "letters_held"


def tell_amendment(amendment):
    """Tell those whom an amendment concerns, once: in the letter that still waits, or else in one of its own.

    Whose letter is held back is told nothing before it: written anew, it says what holds then.
    """
    plan = amendment.publication.plan
    held = are_held(plan)
    concerned = [letter for letter in letters_of(plan).values() if concerns(letter, amendment.entry)]
    for recipient, subject, text in written(plan, amendment.publication, concerned):
        of_person = of_plan(plan).filter(recipient__iexact=recipient)
        if held and not of_person.filter(kind=DECIDED).exists():
            continue
        waiting = of_person.waiting()
        decided = waiting.filter(kind=DECIDED)
        if decided.filter(tries=0).update(body=text):
            continue
        # One that was tried may have arrived whatever the mail server said; sent again, it says what holds now.
        decided.update(body=text)
        facts = {"amendment": amendment, "plan": plan, "campaign": plan.campaign, "site": settings.SITE_URL}
        text = clean(render_to_string("awards/mail/amended.txt", facts))
        # Two letters that wait might overtake each other: what came later stands below what came before.
        if not waiting.filter(kind=AMENDED).update(body=Concat("body", Value(f"\n\n{text}"))):
            post(AMENDED, about(plan, amendment.pk), recipient, f"Điều chỉnh: {subject[0].lower()}{subject[1:]}", text)


def concerns(letter, entry):
    told = [*letter.own, *(pair for pairs in letter.filed.values() for pair in pairs)]
    return any(known == entry for known, _ in told)
