"""Whose a dossier is: nobody but the staff of its own union opens, changes or downloads anything of it."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.quota import take_out
from tests.factories import make_board, make_dossier, make_filed, make_national_user, make_staff, make_union, make_user
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("who", ["neighbour", "above", "board", "national"])
def test_a_dossier_is_prepared_by_its_own_union_alone(who):
    dossier = make_filed()
    entry, letter = dossier.entries.get(), dossier.letters.get()
    top = dossier.plan.union
    user = {
        "neighbour": lambda: make_staff(make_union(parent=top)),
        "above": lambda: make_staff(top),
        "board": lambda: make_board(top),
        "national": make_national_user,
    }[who]()
    client = signed_in(user)

    for name, more in PAGES.items():
        arguments = [
            {"entry": entry.pk, "letter": letter.pk, "code": entry.initiative.code}.get(key, key) for key in more
        ]
        for ask in (client.get, client.post):
            assert ask(reverse(name, args=[dossier.pk, *arguments])).status_code in (404, 405), name
        assert 404 in {
            ask(reverse(name, args=[dossier.pk, *arguments])).status_code for ask in (client.get, client.post)
        }, name


PAGES = {
    "dossier": [], "dossier_changes": [], "reorder_entries": [],
    "choose_initiatives": [], "add_entry": ["code"], "edit_entry": ["entry"], "remove_entry": ["entry"],
    "move_entry_up": ["entry"], "move_entry_down": ["entry"], "letter_details": [], "upload_letter": [],
    "letter_file": ["letter", 1], "letter_thumbnail": ["letter", 1], "move_letter_file_up": ["letter", 1],
    "move_letter_file_down": ["letter", 1], "remove_letter_file": ["letter", 1],
    "summary_table": [], "file_dossier": [], "filed_table": [1],
    "filing_receipt": [1], "take_filing_back": [1], "compare_filings": [1, 1],
}  # fmt: skip


@pytest.mark.parametrize("name", ["edit_entry", "remove_entry", "move_entry_up", "move_entry_down"])
def test_an_entry_of_another_dossier_or_one_taken_out_is_not_in_this_one(name):
    dossier, foreign = make_dossier(entries=2), make_dossier(entries=1).entries.get()
    gone = dossier.entries.get(rank=2)
    take_out(gone, by=make_user())
    client = signed_in(make_staff(dossier.union))

    # What was typed for an entry taken out meanwhile is kept: see below.
    for pk in (foreign.pk, 0, "9" * 30, *([] if name == "edit_entry" else [gone.pk])):
        assert client.post(f"/cong-doan/ho-so/{dossier.pk}/muc/{pk}/{PATHS[name]}").status_code == 404
    assert foreign.rank == 1
    assert Dossier.objects.get(pk=dossier.pk).entries.standing().count() == 1


PATHS = {"edit_entry": "", "remove_entry": "bo/", "move_entry_up": "len/", "move_entry_down": "xuong/"}


def test_what_was_typed_for_an_entry_that_a_colleague_took_out_is_kept():
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    take_out(entry, by=make_user())
    client = signed_in(make_staff(dossier.union))

    values = {"summary": "Hai mươi phút gõ.", "block": "enterprise", "field": "production", "version": dossier.version}
    response = client.post(f"/cong-doan/ho-so/{dossier.pk}/muc/{entry.pk}/", values)

    assert response.status_code == 422
    assert "Hai mươi phút gõ." in response.content.decode()
