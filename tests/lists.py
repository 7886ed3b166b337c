"""Published lists and objections to them, as tests need them."""

import uuid

from awards.objecting import object_to
from awards.shortlisting import publish_shortlist
from config import clock
from tests.factories import make_board, make_valid

ANSWERS = {
    "kind": "AUTHORSHIP",
    "text": "Sáng kiến này tôi làm từ năm 2020.",
    "complainant": "Lý Văn Tố",
    "contact": "ly.to@example.vn",
}


def make_listed(entries=2, *, days=15, plan=None, union=None):
    """A valid dossier of so many entries whose plan has a published list: (Shortlist, its entries)."""
    dossier = make_valid(union, plan, entries=entries)
    shortlist = publish_shortlist(dossier.plan, days, by=make_board(dossier.plan.union))
    return shortlist, list(dossier.entries.standing().select_related("initiative", "dossier__union"))


def send_objection(shortlist, entry, *, submission_id=None, files=(), address="10.0.0.1", arrived_at=None, **values):
    return object_to(
        entry,
        shortlist,
        submission_id or uuid.uuid4(),
        ANSWERS | values,
        files,
        address=address,
        arrived_at=arrived_at or clock.now(),
    )


def make_objection(**values):
    shortlist, entries = make_listed()
    return send_objection(shortlist, entries[0], **values)


def make_shortlist():
    return make_listed()[0]
