"""Writes to published lists and to complaints, which the database itself must refuse."""

from functools import partial

from awards.complaints import conclude
from awards.models import Shortlist
from awards.publishing import publish
from awards.selection import choose
from config import clock
from tests.attacks import MICROSECOND, delete, insert, update
from tests.attacks_on_filings import done_to
from tests.factories import IN_TIME, make_user
from tests.lists import make_listed, make_objection, make_shortlist
from tests.rows import make_attached, make_hearing, make_held


def list_after_the_decision():
    shortlist, entries = make_listed()
    choose(shortlist.plan, entries[0], "PROVINCE", by=make_user())
    publish(shortlist.plan, "12/QĐ", clock.today(), by=make_user())
    insert(Shortlist.objects.get(pk=shortlist.pk), version=2, reason="Thiếu một sáng kiến.")


def reopen_what_was_concluded():
    complaint = conclude(make_held(), "DISMISSED", "Không có căn cứ.", by=make_user())
    update(complaint, state="OPEN", closed_at=None, outcome="")


# What neither changes nor goes once it is there → a row of it, and another value.
KEPT = {
    "shortlist": (make_shortlist, {"content": {"entries": []}}),
    "objection": (make_objection, {"arrived_at": IN_TIME - MICROSECOND}),
    "complaintfile": (make_attached, {"file": "complaints/khac.pdf"}),
    "hearing": (make_hearing, {"said": "Khác."}),
}
ATTACKS = {
    **{f"{name}_never_deleted": ("never_deleted", done_to(make, delete)) for name, (make, _) in KEPT.items()},
    **{
        f"{name}_never_changed": ("never_changed", done_to(make, partial(update, **values)))
        for name, (make, values) in KEPT.items()
    },
    "shortlist_before_the_decision": ("published", list_after_the_decision),
    "complaint_stays_as_received": (
        "complaint_is_kept",
        done_to(make_held, partial(update, text="Tôi không phản ánh gì.")),
    ),
    "complaint_concluded_once": ("already_concluded", reopen_what_was_concluded),
}
MORE_ATTACKS = [
    ("complaint_is_kept", done_to(make_held, partial(update, kind="CONTENT"))),
    ("complaint_is_kept", done_to(make_held, partial(update, is_late=True))),
    ("never_changed", done_to(make_shortlist, partial(update, sha256="0" * 64))),
    ("never_changed", done_to(make_shortlist, partial(update, closes_at=IN_TIME))),
]
