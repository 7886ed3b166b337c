"""An author who lost the code has the private links sent to the e-mail address on record.

The request does the same whether the phone is known or not: it counts, and leaves a task for the queue. So neither its
answer nor the time it takes tells anything.
"""

import uuid
from itertools import groupby
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django_q.tasks import async_task

from initiatives.letters_to_authors import LOST_CODE, text_of
from initiatives.limits import (
    LOST_CODES_FROM_ADDRESS,
    LOST_CODES_OF_PHONE,
    LOST_CODES_OF_PHONE_A_DAY,
    LOST_CODES_TO_MAILBOX,
    MOST_LINKS_IN_A_LETTER,
)
from initiatives.models import Initiative
from initiatives.tallies import count, network_of
from outbox.posting import post


@transaction.atomic
def ask_for_links(campaign, phone, *, address):
    """Have the links of this phone's initiatives sent to their authors, unless that was asked for a moment ago.

    Raises ValidationError `too_many` for an address that asks without end.
    """
    count(LOST_CODES_FROM_ADDRESS, network_of(address))
    try:
        with transaction.atomic():
            count(LOST_CODES_OF_PHONE, f"{campaign.pk} {phone}")
            count(LOST_CODES_OF_PHONE_A_DAY, f"{campaign.pk} {phone}")
    except ValidationError:
        return  # The letter is on its way, or three came today: the page says so to everyone.
    async_task("initiatives.lost_code.write_letters", campaign.pk, phone, str(uuid.uuid4()), save=False)


@transaction.atomic
def write_letters(campaign_id, phone, request_id):
    """Write one letter to each address that this phone's initiatives name; it lists those that name this address.

    Only those: whoever sends an initiative under another's phone must not get that one's links. Run again by the queue
    after a crash, it writes nothing twice: letters are written once for a request.
    """
    for email, initiatives in groupby(initiatives_of(campaign_id, phone), attrgetter("email")):
        try:
            with transaction.atomic():
                count(LOST_CODES_TO_MAILBOX, email)
                write_letter(email, list(initiatives), request_id)
        except ValidationError:
            continue  # A mailbox named by very many phones is rather a victim than an author.


def initiatives_of(campaign_id, phone):
    """Return those of this phone that name an address, grouped by it, the newest first; without their long texts."""
    found = Initiative.objects.filter(campaign=campaign_id, phone=phone).exclude(email="").select_related("campaign")
    return found.defer("description", "effect", "search_text").order_by("email", "-pk")


def write_letter(email, initiatives, request_id):
    newest, more = initiatives[:MOST_LINKS_IN_A_LETTER], initiatives[MOST_LINKS_IN_A_LETTER:]
    text = text_of("lost_code", newest[0], initiatives=newest, left_out=len(more))
    post(LOST_CODE, request_id, email, "Đường dẫn riêng tới sáng kiến của bạn", text)
