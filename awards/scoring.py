"""Who marks what: seats, conflicts, what waits for whom, and how far a plan's council has come."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from awards.candidates import in_the_running
from awards.limits import LEAST_MARKS
from awards.models import CouncilMember, Duty, Recusal, ScoreSheet
from dossiers.models import DossierEntry

WITH_UNIONS = ["plan__union", "home_union__parent__parent", "user"]


def council_of(plan):
    """Return a plan's sitting members in order, with what `branches_of` reads."""
    return with_branches(CouncilMember.objects.filter(plan=plan).sitting().in_order())


def with_branches(members):
    return members.select_related(*WITH_UNIONS).prefetch_related("user__memberships__union__parent__parent")


def seat_of(user, plan):
    """Return the seat of a user in a plan's council, or None."""
    return with_branches(CouncilMember.objects.filter(plan=plan, user=user).sitting()).first()


def keeps_order(user, plan):
    """Whether a user of the board keeps the marking in order: chair, deputy, secretary, or who does not mark at all."""
    if plan.union not in user.unions_as("BOARD"):
        return False
    return not CouncilMember.objects.filter(plan=plan, user=user, duty=Duty.MEMBER).sitting().exists()


def branches_of(member):
    """Return the keys of the unions whose dossiers are a member's own affair: by home, and by work as staff.

    It is the union that files: a member's own, or the one above it. A union of the plan's own level files nothing.
    """
    unions = [member.home_union] if member.home_union else []
    if member.user:
        unions += [seat.union for seat in member.user.memberships.all() if seat.role == "STAFF"]
    return {union.branch.pk for union in unions if union.branch}


def has_conflict(member, entry):
    return entry.dossier.union_id in branches_of(member)


def entries_to_mark(member):
    """Return the entries that a member may still mark and has not: those that wait for a mark first.

    Entries of valid dossiers, also while a complaint holds them (it may prove groundless); without those of the own
    union, those stepped aside from, and, once marking is closed, those with enough marks.
    """
    own = ScoreSheet.objects.filter(entry=OuterRef("pk"), member=member)
    recused = Recusal.objects.filter(entry=OuterRef("pk"), member=member)
    enough = Exists(ScoreSheet.objects.enough_for(OuterRef("pk")))
    settled = Q(plan__scoring__closed_at__isnull=False) & enough
    counting = Q(sheets__submitted_at__isnull=False)
    return (
        in_the_running(member.plan)
        .exclude(dossier__union__in=branches_of(member))
        .exclude(Exists(recused))
        .exclude(Exists(own.handed_in()))
        .exclude(settled)
        .annotate(has_enough=enough, is_begun=Exists(own), marks=Count("sheets", filter=counting))
        .select_related("dossier__union", "initiative")
        .order_by("has_enough", "dossier__union__name", "rank", "pk")
    )


def marks_wanted(rules, totals):
    """Return how many more marks an entry wants that has these totals: up to the number, then a third on a wide gap."""
    wanted = LEAST_MARKS if rules.closed_at else rules.marks_wanted
    if len(totals) >= wanted and len(totals) == LEAST_MARKS and max(totals) - min(totals) > rules.gap:
        wanted = LEAST_MARKS + 1
    return max(0, wanted - len(totals))


@dataclass
class MemberProgress:
    """How far one member has come."""

    member: CouncilMember
    may_mark: int
    handed_in: int
    drafts: int
    recused: int
    own: int

    @property
    def to_mark(self):
        return self.may_mark - self.handed_in


@dataclass
class EntryProgress:
    """How far one entry has come; says nothing of points. `on_paper` are those whose paper may still come in."""

    entry: DossierEntry
    marks: int
    waits_for: int
    is_contested: bool
    markers: list
    on_paper: list


def progress_of(plan, rules):
    """Return ([MemberProgress], [EntryProgress]) of a plan in a constant number of queries."""
    entries = list(
        in_the_running(plan).select_related("dossier__union", "initiative").order_by("dossier__union__name", "rank")
    )
    sheets = list(ScoreSheet.objects.filter(entry__in=entries).select_related("member"))
    recused = set(Recusal.objects.filter(entry__in=entries).values_list("member", "entry"))
    council = list(council_of(plan))
    return (
        [of_member(member, entries, sheets, recused) for member in council],
        of_entries(entries, sheets, recused, rules, council),
    )


def of_member(member, entries, sheets, recused):
    branches = branches_of(member)
    own = {entry.pk for entry in entries if entry.dossier.union_id in branches}
    aside = {entry.pk for entry in entries if (member.pk, entry.pk) in recused}
    states = Counter(
        sheet.submitted_at is not None
        for sheet in sheets
        if sheet.member_id == member.pk and sheet.entry_id not in own | aside
    )
    return MemberProgress(member, len(entries) - len(own | aside), states[True], states[False], len(aside), len(own))


def of_entries(entries, sheets, recused, rules, council):
    on_paper = [(member, branches_of(member)) for member in council if member.user is None]
    counted = defaultdict(list)
    for sheet in sheets:
        if sheet.submitted_at and (sheet.member_id, sheet.entry_id) not in recused:
            counted[sheet.entry_id].append(sheet)
    found = []
    for entry in entries:
        totals = [sheet.total for sheet in counted[entry.pk]]
        waits = marks_wanted(rules, totals)
        is_contested = bool(waits) and len(totals) >= rules.marks_wanted
        markers = [sheet.member for sheet in counted[entry.pk]]
        may_come = [
            member
            for member, branches in on_paper
            if member not in markers and entry.dossier.union_id not in branches and (member.pk, entry.pk) not in recused
        ]
        found.append(EntryProgress(entry, len(totals), waits, is_contested, markers, may_come))
    return found


@dataclass(frozen=True)
class Part:
    """One entry in a member's own list; `state` is a code that the page has words for."""

    entry: DossierEntry
    state: str
    sheet: ScoreSheet | None = None
    wants_mark: bool = True


def own_part(member, rules):
    """Return the Parts of a member: to be marked first, then drafts, then the rest."""
    entries = in_the_running(member.plan).annotate(has_enough=Exists(ScoreSheet.objects.enough_for(OuterRef("pk"))))
    entries = entries.select_related("dossier__union", "initiative").order_by("dossier__union__name", "rank", "pk")
    sheets = {sheet.entry_id: sheet for sheet in ScoreSheet.objects.filter(member=member)}
    recused = set(Recusal.objects.filter(member=member).values_list("entry", flat=True))
    branches = branches_of(member)
    parts = [
        Part(
            entry,
            state_of_part(entry, sheets.get(entry.pk), entry.pk in recused, branches, rules),
            sheets.get(entry.pk),
            not entry.has_enough,
        )
        for entry in entries
    ]
    return sorted(parts, key=lambda part: (STATES.index(part.state), not part.wants_mark))


STATES = ["draft", "to_mark", "handed_in", "recused", "conflict", "closed"]


def state_of_part(entry, sheet, is_recused, branches, rules):
    if is_recused:
        return "recused"
    if sheet and sheet.submitted_at:
        return "handed_in"
    if entry.dossier.union_id in branches:
        return "conflict"
    if rules.closed_at and entry.has_enough:
        return "closed"
    return "draft" if sheet else "to_mark"
