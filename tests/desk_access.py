"""Who gets what on the desk, as a literal table, and the scene on which it is tried."""

from django.test import Client
from django.urls import reverse

from accounts.models import Level
from initiatives.exporting import begin
from tests.factories import (
    a_picture,
    make_alias,
    make_board,
    make_filed,
    make_initiative,
    make_invitation,
    make_national_user,
    make_staff,
    make_union,
)
from tests.pages import signed_in
from tests.papers import import_of, paper
from tests.world import pair_in

# What staff, board and national staff may do at the desk: status by page and person, in this order.
PEOPLE = ["stranger", "own", "below", "neighbour", "above", "board", "national"]
TABLE = """
    desk                  GET   302 200 200 200 200 200 200
    posters               GET   302 200 404 404 200 200 200
    posters_file          GET   302 200 404 404 200 200 200
    initiatives           GET   302 200 200 200 200 200 200
    initiative            GET   302 200 404 404 200 200 200
    accept_initiative     POST  302 302 404 404 302 404 404
    reject_initiative     POST  302 422 404 404 422 404 404
    undo_initiative       POST  302 422 404 404 422 404 404
    alike                 GET   302 200 404 404 200 200 200
    no_copy               POST  302 422 404 404 422 422 422
    look_again            POST  302 422 404 404 422 422 422
    screen_initiatives    POST  302 302 302 302 302 302 302
    pass_verdict          POST  302 302 302 302 302 302 302
    export_initiatives    POST  302 200 200 200 200 200 200
    export                GET   302 404 404 404 404 404 404
    export_file           GET   302 404 404 404 404 404 404
    imports               GET   302 200 200 200 200 200 200
    imports               POST  302 422 422 422 422 404 404
    import                GET   302 200 404 404 200 404 200
    confirm_import        POST  302 302 404 404 302 404 404
    import_template       GET   302 200 404 404 200 404 404
    import_codes          POST  302 200 404 404 200 404 200
    move_initiative       POST  302 404 404 404 302 302 302
    mapping               GET   302 404 404 404 302 302 200
    typed_names           GET   302 404 404 404 200 200 200
    map_name              GET   302 404 404 404 200 200 200
    map_name              POST  302 404 404 404 422 422 422
    known_names           GET   302 404 404 404 200 200 200
    forget_name           POST  302 404 404 404 302 302 302
    start_dossier         POST  302 302 404 404 404 404 404
    dossier               GET   302 200 404 404 404 404 404
    dossier_changes       GET   302 200 404 404 404 404 404
    reorder_entries       POST  302 422 404 404 404 404 404
    choose_initiatives    GET   302 302 404 404 404 404 404
    add_entry             POST  302 302 404 404 404 404 404
    edit_entry            GET   302 302 404 404 404 404 404
    edit_entry            POST  302 422 404 404 404 404 404
    remove_entry          POST  302 302 404 404 404 404 404
    move_entry_up         POST  302 302 404 404 404 404 404
    move_entry_down       POST  302 302 404 404 404 404 404
    letter_details        POST  302 422 404 404 404 404 404
    upload_letter         POST  302 422 404 404 404 404 404
    letter_file           GET   302 200 404 404 404 404 404
    letter_thumbnail      GET   302 200 404 404 404 404 404
    move_letter_file_up   POST  302 302 404 404 404 404 404
    move_letter_file_down POST  302 302 404 404 404 404 404
    remove_letter_file    POST  302 302 404 404 404 404 404
    summary_table         GET   302 200 404 404 404 404 404
    letter_draft          GET   302 200 404 404 404 404 404
    table_preview         GET   302 200 404 404 404 404 404
    union_profile         GET   302 200 404 404 404 404 404
    union_profile         POST  302 422 404 404 404 404 404
    file_dossier          GET   302 302 404 404 404 404 404
    file_dossier          POST  302 302 404 404 404 404 404
    filing_receipt        GET   302 200 404 404 404 404 404
    take_filing_back      POST  302 302 404 404 404 404 404
    compare_filings       GET   302 200 404 404 404 404 404
    filed_table           GET   302 200 404 404 404 404 404
    people                GET   302 404 404 404 404 200 200
    invite                GET   302 404 404 404 404 200 200
    invite                POST  302 404 404 404 404 422 422
    take_invitation_back  POST  302 404 404 404 404 302 302
    person                GET   302 404 404 404 404 200 200
    give_role             POST  302 404 404 404 404 422 422
    close_account         POST  302 404 404 404 404 302 302
    reopen_account        POST  302 404 404 404 404 302 302
    reset_second_factor   POST  302 404 404 404 404 302 302
    take_role             POST  302 404 404 404 404 302 302
"""
ROWS = {
    (name, method): [int(s) for s in statuses] for name, method, *statuses in map(str.split, TABLE.split("\n")[1:-1])
}


def make_scene():
    """A filed dossier of one union, with an initiative that is not in it: (dossier, {page: its address})."""
    dossier = make_filed(make_union(parent=make_union(Level.TOP)), scan=a_picture())
    union, entry = dossier.union, dossier.entries.get()
    initiative = make_initiative(union, dossier.plan.campaign)
    pair = pair_in(initiative)
    stored = import_of(union, [paper()])
    alias = make_alias(unit=union)
    export = begin(make_staff(union), "xlsx", "")
    person = make_staff(union)
    of_person = ["person", "give_role", "close_account", "reopen_account", "reset_second_factor"]
    arguments = {name: [person.pk] for name in of_person} | {
        "people": [],
        "invite": [],
        "take_invitation_back": [make_invitation(union).pk],
        "take_role": [person.pk, person.memberships.get().pk],
        "desk": [],
        "imports": [],
        "import": [stored.pk],
        "confirm_import": [stored.pk],
        "import_codes": [stored.pk],
        "import_template": [union.code],
        "posters": [union.code],
        "posters_file": [union.code],
        "initiatives": [],
        "screen_initiatives": [],
        "pass_verdict": [],
        "export_initiatives": [],
        "export": [export.pk],
        "export_file": [export.pk],
        "undo_initiative": [initiative.code],
        "initiative": [initiative.code],
        "accept_initiative": [initiative.code],
        "reject_initiative": [initiative.code],
        "move_initiative": [initiative.code],
        "alike": [initiative.code],
        "no_copy": [initiative.code, pair.pk],
        "look_again": [initiative.code, pair.pk],
        "mapping": [],
        "typed_names": [union.parent.code],
        "map_name": [union.parent.code],
        "known_names": [union.parent.code],
        "forget_name": [union.parent.code, alias.pk],
        "start_dossier": [dossier.plan_id, union.code],
        "add_entry": [dossier.pk, initiative.code],
        "union_profile": [union.code],
        "filed_table": [dossier.pk, 1],
        "filing_receipt": [dossier.pk, 1],
        "take_filing_back": [dossier.pk, 1],
        "compare_filings": [dossier.pk, 1, 1],
    }
    of_entry = {name: [dossier.pk, entry.pk] for name, _ in ROWS if name.split("_")[0] in ("edit", "remove", "move")}
    letter = dossier.letters.get()
    of_letter = {name: [dossier.pk, letter.pk, 1] for name, _ in ROWS if "letter_file" in name or "thumb" in name}
    of_dossier = {name: [dossier.pk] for name, _ in ROWS}
    arguments = of_dossier | of_entry | of_letter | arguments
    addresses = {name: reverse(name, args=args) for name, args in arguments.items()}
    return dossier, addresses | {"map_name": f"{addresses['map_name']}?ten={alias.key}"}


def visitor(person, dossier):
    union = dossier.union
    make = {
        "own": lambda: make_staff(union),
        "below": lambda: make_staff(make_union(Level.GRASSROOTS, union)),
        "neighbour": lambda: make_staff(make_union(parent=union.parent)),
        "above": lambda: make_staff(union.parent),
        "board": lambda: make_board(union.parent),
        "national": make_national_user,
    }
    return Client() if person == "stranger" else signed_in(make[person]())


def ask(client, method, address):
    response = client.get(address) if method == "GET" else client.post(address, {"version": "1"})
    if response.streaming:
        assert response.getvalue()  # reading a file to its end closes it
    return response
