from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from awards.limits import LEAST_MARKS
from dossiers.querysets import OfPlanQuerySet

ORDER_OF_DUTIES = ["CHAIR", "DEPUTY", "SECRETARY", "MEMBER"]


class CouncilMemberQuerySet(OfPlanQuerySet):
    def sitting(self):
        """Those who have not left."""
        return self.filter(left_at=None)

    def in_order(self):
        """The chair first, as councils are listed."""
        ranks = [When(duty=duty, then=Value(rank)) for rank, duty in enumerate(ORDER_OF_DUTIES)]
        return self.order_by(Case(*ranks), "pk")

    def able_to_mark(self, entry, user):
        """The seats of a user that may mark an entry (an OuterRef's prefix): sitting, not recused, no conflict."""
        from awards.models import Recusal  # noqa: PLC0415 (models.py imports this file)

        union = OuterRef(f"{entry}dossier__union")
        recused = Recusal.objects.filter(member=OuterRef("pk"), entry=OuterRef(OuterRef(f"{entry}pk")))
        own = Q(home_union__isnull=False) & (Q(home_union=union) | Q(home_union__parent=union))
        return self.sitting().filter(user=user, plan=OuterRef(f"{entry}plan")).exclude(Exists(recused)).exclude(own)


class ScoreSheetQuerySet(QuerySet):
    def handed_in(self):
        return self.filter(submitted_at__isnull=False)

    def counting(self):
        """Those that make the average of their entry: handed in, by members who have not stepped aside since."""
        from awards.models import Recusal  # noqa: PLC0415 (models.py imports this file)

        recused = Recusal.objects.filter(member=OuterRef("member"), entry=OuterRef("entry"))
        return self.handed_in().exclude(Exists(recused))

    def enough_for(self, entry):
        """The marks of an entry (an OuterRef) as one row where they are enough, none where another is wanted.

        Enough is the number that the plan wants (two once marking is closed), and a third where two differ by more
        than the plan's gap.
        """
        rules = "entry__plan__scoring__"
        closed = When(**{f"{rules}closed_at__isnull": False}, then=Value(LEAST_MARKS))
        needed = Case(closed, default=F(f"{rules}marks_wanted"), output_field=IntegerField())
        marks = self.counting().filter(entry=entry).order_by()
        marks = marks.annotate(needed=needed).values("entry", "needed", f"{rules}gap")
        marks = marks.annotate(number=Count("pk"), low=Min("total"), high=Max("total"))
        return marks.filter(number__gte=F("needed")).filter(
            Q(number__gt=LEAST_MARKS) | Q(high__lte=ExpressionWrapper(F("low") + F(f"{rules}gap"), IntegerField()))
        )

    def visible_to(self, user):
        """Who sees which sheet, in pages, papers, exports and choices alike.

        Members see their own. What others handed in on an entry they see once their own is in. Whoever of the board
        does not mark that entry sees it when enough are in; so does everybody of the board once marking is closed, for
        then nobody can mark it any more. Who keeps order sees what is being typed in from paper, on the same condition.
        Once the plan is published its board and national staff see all that was handed in; until then it is the
        council's deliberation.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        published = Q(submitted_at__isnull=False, entry__plan__publication__isnull=False)
        of_board = Q(entry__plan__union__in=user.unions_as("BOARD"))
        return self.filter((Q() if user.is_national else of_board) & published | of_board & self._while_marking(user))

    def _while_marking(self, user):
        from awards.models import CouncilMember, ScoreSheet  # noqa: PLC0415 (models.py imports this file)

        own_in = Exists(ScoreSheet.objects.handed_in().filter(entry=OuterRef("entry"), member__user=user))
        enough = Exists(ScoreSheet.objects.enough_for(OuterRef("entry")))
        conflicting = [union.branch.pk for union in user.unions_as("STAFF") if union.branch]
        marks_it = Exists(CouncilMember.objects.able_to_mark("entry__", user)) & ~Q(
            entry__dossier__union__in=conflicting
        )
        only_marks = Exists(
            CouncilMember.objects.sitting().filter(plan=OuterRef("entry__plan"), user=user, duty="MEMBER")
        )
        is_closed = Q(entry__plan__scoring__closed_at__isnull=False)
        is_in = Q(submitted_at__isnull=False)
        from_paper = Q(is_from_paper=True) & ~Q(only_marks)
        return (
            Q(member__user=user)
            | (is_in & (Q(own_in) | (Q(enough) & (is_closed | ~Q(marks_it)))))
            | (from_paper & (Q(own_in) | ~Q(marks_it)) & (~is_in | Q(entered_by=user)))
        )
