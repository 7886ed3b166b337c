"""Publish a plan's decisions, at one moment, with number and date (R17). Until then nobody outside sees them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from awards.candidates import candidates, considered, eligible, lock_plan
from awards.issuing import issue
from awards.line import line_of
from awards.models import Award, Complaint, Kind, Publication, Shortlist
from awards.outcome_letters import tell_decided
from awards.ranking import standings
from awards.selection import places
from config import clock
from config.text import clean_line, says_something
from dossiers.models import Dossier, DossierEntry, State
from initiatives.models import Initiative, Status
from record.writing import write

OUTCOMES = {Kind.PROVINCE: "awarded", Kind.NATIONAL: "nominated"}


@dataclass(frozen=True)
class LeftUndone:
    """What a publication closes for good: dossiers not judged, complaints still open, [(kind, taken, limit)].

    `open_list` is the list that lies open for objections for a while yet; `unlisted` is how many are chosen that stood
    on no list, where there was one (R13).
    """

    dossiers: int
    complaints: int
    places: list
    open_list: Shortlist | None = None
    unlisted: int = 0

    @property
    def has_places(self):
        return any(taken < limit for _, taken, limit in self.places)

    def __bool__(self):
        return bool(self.dossiers or self.complaints or self.has_places or self.open_list or self.unlisted)


def left_undone(plan):
    lists = list(Shortlist.objects.filter(plan=plan).newest_first())
    listed = {row["entry"] for shortlist in lists for row in shortlist.entries}
    chosen = Award.objects.standing().filter(plan=plan, kind=Kind.PROVINCE)
    return LeftUndone(
        Dossier.objects.filter(plan=plan, state=State.FILED).count(),
        Complaint.objects.open().filter(initiative__entries__in=candidates(plan)).count(),
        places(plan),
        lists[0] if lists and clock.now() < lists[0].closes_at else None,
        chosen.exclude(entry__in=listed).count() if lists else 0,
    )


def refuse_unless_decided(decision_number, decision_date):
    """Refuse a decision without number or date, or of a day to come."""
    if not says_something(decision_number):
        raise ValidationError("Hãy ghi số quyết định.", code="number_missing")
    if not decision_date:
        raise ValidationError("Hãy ghi ngày quyết định.", code="date_missing")
    if decision_date > clock.today():
        raise ValidationError("Ngày quyết định chưa tới. Hãy xem lại.", code="date_in_future")


def refuse_unless_ready(plan, decision_number, decision_date):
    refuse_unless_decided(decision_number, decision_date)
    awards = Award.objects.standing().filter(plan=plan)
    if not awards.exists():
        raise ValidationError("Chưa chọn sáng kiến nào.", code="nothing_chosen")
    fallen = awards.exclude(entry__in=eligible(plan)).select_related("entry").first()
    if fallen:
        raise ValidationError(
            f"Sáng kiến “{fallen.entry.title}” đã được chọn nhưng nay đang có đơn hoặc tác giả đã rút. "
            "Hãy giải quyết đơn hoặc bỏ chọn trước khi công bố.",
            code="held_entry_chosen",
        )
    unexplained = next(iter(without_reason(plan, awards)), None)
    if unexplained:
        raise ValidationError(
            f"“{unexplained.entry.title}” được chọn khi chưa tới lượt theo thứ hạng, hoặc bằng điểm ở suất cuối, mà "
            "chưa có lý do. Hãy bỏ chọn, rồi chọn lại và ghi lý do.",
            code="reason_missing",
        )


def without_reason(plan, awards):
    """Return the standing awards that the marks as they are now do not give, and that have no reason (R15)."""
    found = standings(plan)
    lines = {kind: line_of(plan, kind, found) for kind in Kind}
    chosen = awards.filter(reason="").select_related("entry")
    return [award for award in chosen if lines[award.kind].wants_reason(award.entry)]


def chosen_entries(plans):
    """Return the chosen entries of these plans as they are published: nominated ones first, with `is_nominated`."""
    awards = Award.objects.standing().filter(entry=OuterRef("pk"))
    return (
        DossierEntry.objects.filter(Exists(awards), plan__in=plans)
        .annotate(is_nominated=Exists(awards.filter(kind=Kind.NATIONAL)))
        .select_related("dossier__union", "initiative")
        .order_by("-is_nominated", "dossier__union__name", "title", "pk")
    )


def mark_of(entries):
    """Return a short text that is another one as soon as the list of chosen entries is another one."""
    return salted_hmac(
        "awards.list", repr([(entry.pk, entry.is_nominated) for entry in entries]), algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def publish(plan, decision_number, decision_date, *, by, seen=None, aware=True):
    """Make the decisions public and tell each considered initiative's record its outcome.

    `seen` is the `mark_of` the list that the person was shown before confirming; `aware` is whether they said to know
    what is left undone. Raises ValidationError: `published`, `list_changed`, `number_missing`, `date_missing`,
    `date_in_future`, `nothing_chosen`, `held_entry_chosen`, `not_aware`.
    """
    plan = lock_plan(plan)
    decision_number = clean_line(decision_number)
    lock_considered(plan)
    if seen is not None and seen != mark_of(chosen_entries([plan])):
        raise ValidationError("Danh sách vừa thay đổi. Hãy xem lại rồi công bố.", code="list_changed")
    refuse_unless_ready(plan, decision_number, decision_date)
    if not aware and left_undone(plan):
        raise ValidationError("Chưa công bố. Hãy đánh dấu “Tôi đã biết và vẫn công bố”.", code="not_aware")
    publication = Publication.objects.create(
        plan=plan,
        decision_number=decision_number,
        decision_date=decision_date,
        published_at=clock.now(),
        published_by=by,
    )
    issue(plan, by=by)
    write(
        plan,
        "published",
        by=by,
        after={"decision_number": decision_number, "decision_date": decision_date},
    )
    Initiative.objects.filter(entries__in=considered(plan)).update(decided_at=publication.published_at)
    tell_outcomes(plan, publication, by)
    tell_decided(plan, publication)
    return publication


def lock_considered(plan):
    """Lock a plan's dossiers, then the initiatives in them: no judgement, complaint or withdrawal slips in between."""
    list(Dossier.objects.select_for_update(no_key=True).filter(plan=plan).order_by("pk"))
    list(Initiative.objects.select_for_update(no_key=True).filter(entries__in=considered(plan)).order_by("pk"))


def tell_outcomes(plan, publication, by):
    """Write to every considered initiative's record what became of it: the author's page shows it from now on.

    Whoever withdrew knows already, and was not passed over.
    """
    kinds = {}
    for award in Award.objects.standing().filter(plan=plan).order_by("kind"):
        kinds.setdefault(award.entry_id, set()).add(award.kind)
    for entry in considered(plan).exclude(initiative__status=Status.WITHDRAWN):
        deeds = [deed for kind, deed in OUTCOMES.items() if kind in kinds.get(entry.pk, ())] or ["not_chosen"]
        for deed in deeds:
            write(entry.initiative, deed, by=by, reason=str(publication))
