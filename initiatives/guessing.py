"""Find an initiative by its code and its author's phone, without letting anyone find one by trying."""

from django.db import transaction

from config.prepared import Prepared
from initiatives.limits import GUESSES_FROM_ADDRESS, GUESSES_OF_CODE, GUESSES_OF_PHONE, GUESSES_OF_PHONE_HERE
from initiatives.models import Initiative
from initiatives.tallies import count_each, network_of

of_code = Prepared(
    lambda campaign, code, phone: Initiative.objects.filter(campaign=campaign, code=code, phone=phone).order_by()
)


@transaction.atomic
def find(campaign, code, phone, *, address):
    """Return the initiative of this code and phone, or None. Raises ValidationError `too_many` after too many Nones.

    Each guess is counted before it is looked up, so that guesses sent at once are limited as well; a right one is
    uncounted again. The address comes last: its row is shared by a whole factory and is held the shortest time.
    """
    sender = network_of(address)
    count_each(
        [
            (GUESSES_OF_CODE, code),
            (GUESSES_OF_PHONE_HERE, f"{phone} {sender}"),
            (GUESSES_OF_PHONE, phone),
            (GUESSES_FROM_ADDRESS, sender),
        ]
    )
    found = of_code.first(campaign.pk, code, phone)
    if found:
        found.campaign = campaign
        transaction.set_rollback(True)
    return found
