from django.db.models import Case, Value, When

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
