"""Writes to what stands about a filing, which the database itself must refuse."""

from functools import partial

from dossiers.models import TakingBack
from tests.attacks import MICROSECOND, delete, make_chosen, update
from tests.factories import IN_TIME, make_filed, make_ready, make_user, make_valid
from tests.filings import make_letter_file, make_paper_copy, make_remark, make_taking_back


def take_back_what_was_judged():
    filing = make_valid().last_filing
    TakingBack.objects.create(filing=filing, arrived_at=IN_TIME, deadline=filing.deadline, taken_by=make_user())


def become_a_draft_again():
    update(make_filed(), state="DRAFT")


def become_a_draft_after_judgement():
    dossier = make_taking_back().filing.dossier
    update(dossier, state="VALID")
    update(dossier, state="DRAFT")


def return_what_is_chosen_from():
    update(make_chosen()[1][0].dossier, state="RETURNED")


def done_to(make, attack):
    return lambda: attack(make())


# What neither changes nor goes once it is there → a row of it, and another value.
KEPT = {
    "signedletter": (lambda: make_ready().current_letter, {"sha256": "0" * 64}),
    "letterfile": (make_letter_file, {"file": "letters/khac.pdf"}),
    "takingback": (make_taking_back, {"arrived_at": IN_TIME - MICROSECOND}),
    "remark": (make_remark, {"text": "Khác."}),
    "papercopy": (make_paper_copy, {"arrived_on": "2021-04-02"}),
}
ATTACKS = {
    **{f"{name}_never_deleted": ("never_deleted", done_to(make, delete)) for name, (make, _) in KEPT.items()},
    **{
        f"{name}_never_changed": ("never_changed", done_to(make, partial(update, **values)))
        for name, (make, values) in KEPT.items()
    },
    "taking_back_what_is_filed": ("wrong_state", take_back_what_was_judged),
    "dossier_draft_when_taken_back": ("not_taken_back", become_a_draft_again),
    "dossier_valid_while_chosen": ("chosen", return_what_is_chosen_from),
}
