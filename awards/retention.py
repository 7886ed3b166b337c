"""When a campaign's time for personal data is over, personal data goes and every count stays (R19).

Carried out by the queue or `manage.py forget_after_time`, never in a request. A portion is what stands in a stretch of
keys, forgotten in one transaction: a crash loses no more than that, and whoever begins anew passes by what is done.
Untouched stay whoever has an award, whoever has asked and waits for an answer, what is under an open complaint, and
what stands in a dossier whose plan has published nothing yet.
"""

import time

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django_q.tasks import async_task

from awards.models import Award, Complaint
from config import clock
from dossiers.forgetting import blank
from dossiers.models import Dossier, DossierEntry
from dossiers.quota import touch
from initiatives.forgetting import letters_to_author
from initiatives.limits import RETENTION_PORTION, RETENTION_SECONDS, RETENTION_WARNING
from initiatives.models import Campaign, Initiative
from initiatives.removals import RemovalRequest
from initiatives.retention import anonymise_all, drop_lost_codes


def over():
    """Return the campaigns whose time for personal data is over; those with forms still to be written down wait."""
    ended = Campaign.objects.filter(personal_until__lt=clock.today(), closes_at__lte=clock.now())
    return ended.filter(kept_forms=None).order_by("pk")


def ending():
    """Return the campaigns whose time for personal data is over soon, or has ended a short while ago."""
    today = clock.today()
    soon = Q(personal_until__gte=today, personal_until__lte=today + RETENTION_WARNING)
    return Campaign.objects.filter(soon | Q(pk__in=over())).order_by("personal_until")


def is_kept():
    """Return whether something keeps an initiative from being forgotten with its campaign, as a condition."""
    of_this = Q(initiative=OuterRef("pk"))
    reasons = [
        RemovalRequest.objects.open().filter(of_this),
        Complaint.objects.open().filter(of_this),
        Award.objects.filter(entry__initiative=OuterRef("pk")),
        DossierEntry.objects.filter(of_this, rank__isnull=False, plan__publication=None),
    ]
    return Q(*map(Exists, reasons), _connector=Q.OR)


def kept(rows):
    return rows.filter(is_kept(), anonymised_at=None)


def to_forget(rows):
    return rows.filter(~is_kept(), anonymised_at=None)


def begin():
    """Have the queue forget what is due; its task of each day."""
    for campaign in over():
        async_task("awards.retention.go_on", campaign.pk, 0, save=False)


def go_on(campaign_key, after):
    """Forget for a while from a key on, then let other tasks come first; run again after a crash it does the same."""
    campaign = over().filter(pk=campaign_key).first()
    if campaign is None:
        return
    until = time.monotonic() + RETENTION_SECONDS
    while after is not None and time.monotonic() < until:
        after, _ = forget_portion(campaign, after)
    if after is not None:
        async_task("awards.retention.go_on", campaign_key, after, save=False)


def forget_all(campaign, *, told=lambda done, number: None):
    """Forget whoever is due, portion by portion; `told(last key, number so far)` after each. Return their number."""
    after, number = 0, 0
    while after is not None:
        after, forgotten = forget_portion(campaign, after)
        number += forgotten
        told(after, number)
    return number


def forget_portion(campaign, after):
    """Forget who is due in the next RETENTION_PORTION keys; return (the last of these or None at the end, how many)."""
    first = Initiative.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True).first()
    if after == 0:
        drop_lost_codes(campaign)
    if first is None:
        return None, 0
    last = first + RETENTION_PORTION - 1
    return last, forget_between(campaign, first, last)


@transaction.atomic
def forget_between(campaign, first, last):
    """Lock, then look, then forget. Dossiers first, as everywhere; what somebody holds is left for another day."""
    # The sum keeps the database from reading an index of the whole campaign beside the stretch of keys.
    rows = Initiative.objects.alias(of=F("campaign_id") + 0).filter(of=campaign.pk, pk__gte=first, pk__lte=last)
    keys = list(to_forget(rows).values_list("pk", flat=True))
    if not keys:
        return 0
    dossiers = Dossier.objects.select_for_update(of=("self",), no_key=True).filter(entries__initiative__in=keys)
    dossiers = {dossier.pk: dossier for dossier in dossiers.order_by("pk")}
    free = Initiative.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk__in=keys)
    locked = [one.pk for one in free.order_by("pk").only("pk")]
    elsewhere = DossierEntry.objects.filter(initiative=OuterRef("pk")).exclude(dossier__in=dossiers)
    # Asked anew: a complaint or an entry that came in between was written under these locks.
    found = list(to_forget(Initiative.objects.filter(pk__in=locked)).exclude(Exists(elsewhere)).order_by("pk"))
    forget_copies(found, dossiers)
    anonymise_all(found)
    return len(found)


def forget_copies(initiatives, dossiers):
    """Blank the copies of these in dossiers, which are locked, and delete the letters about decisions on them."""
    copies = DossierEntry.objects.filter(initiative__in=initiatives).select_related("initiative").order_by("pk")
    for entry in copies:
        blank(entry, by=None)
        letters_to_author(entry.initiative).delete()
    for key in dict.fromkeys(entry.dossier_id for entry in copies):
        touch(dossiers[key])
