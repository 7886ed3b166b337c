"""What the tests of national honours share."""

from awards.models import Award, Kind
from awards.publishing import publish
from awards.selection import choose
from config import clock
from initiatives.models import Initiative
from tests.factories import make_plan, make_user, make_valid


def make_nominated(plan=None, *, email="", entries=1, published=True):
    """Nominations of a plan, published: the awards of kind NATIONAL, in the order of their keys."""
    plan = plan or make_plan()
    dossier, by = make_valid(None, plan, entries=entries), make_user()
    for entry in dossier.entries.all():
        for kind in (Kind.PROVINCE, Kind.NATIONAL):
            choose(plan, entry, kind, by=by)
    Initiative.objects.filter(entries__dossier=dossier).update(email=email)
    if published:
        publish(plan, "12/QĐ", clock.today(), by=by)
    return list(Award.objects.filter(plan=plan, kind=Kind.NATIONAL).order_by("pk"))
