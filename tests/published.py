"""A plan whose decisions are published, and what is corrected on it afterwards."""

from awards.amending import revoke
from awards.models import Kind
from awards.publishing import publish
from awards.selection import choose
from config import clock
from tests.factories import IN_TIME, make_plan, make_staff, make_user, make_valid

NUMBER = "12/QĐ-LĐLĐ"
LATER = ("Chép của người khác.", "15/QĐ-LĐLĐ", IN_TIME.date())


def make_decided(entries=3, awarded=1, nominated=0, **plan):
    """Return the Publication of a plan with one dossier, the first of its entries chosen, and the entries."""
    plan = make_plan(**plan)
    entries = list(make_valid(plan=plan, entries=entries).entries.order_by("rank").select_related("initiative"))
    make_staff(entries[0].dossier.union)
    for entry in entries[:awarded]:
        choose(plan, entry, Kind.PROVINCE, by=make_user())
    for entry in entries[:nominated]:
        choose(plan, entry, Kind.NATIONAL, by=make_user())
    return publish(plan, NUMBER, clock.today(), by=make_user()), entries


def make_amendment():
    publication, entries = make_decided()
    return revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())
