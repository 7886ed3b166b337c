"""What the tests of the board's pages share."""

from datetime import date

from django.test import Client

from awards.complaints import receive
from awards.models import Complaint
from tests.factories import make_staff


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def hold(entry, kind="AUTHORSHIP"):
    """Receive a complaint about an entry's initiative."""
    complaint = Complaint(
        initiative=entry.initiative,
        kind=kind,
        text="Sáng kiến này là của tôi.",
        complainant="Lê Thị Đơn",
        contact="0912 345 678",
        received_on=date(2021, 4, 1),
    )
    return receive(complaint, by=make_staff(entry.dossier.union))
