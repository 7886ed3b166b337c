"""R20: whoever takes a file with personal data away is on the record: who, which file, of what."""

import pytest
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse

from awards.archiving import begin
from initiatives.exporting import begin_later, write_file
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_board, make_filed, make_staff
from tests.lists import make_objection
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def letter_of_the_desk():
    dossier = make_filed()
    address = reverse("letter_file", args=[dossier.pk, dossier.letters.get().pk, 1])
    return make_staff(dossier.union), address, dossier


def table_of_the_desk():
    dossier = make_filed()
    return make_staff(dossier.union), reverse("summary_table", args=[dossier.pk]), dossier


def draft_of_the_desk():
    dossier = make_filed()
    return make_staff(dossier.union), reverse("letter_draft", args=[dossier.pk]), dossier


def filed_table_of_the_desk():
    dossier = make_filed()
    return make_staff(dossier.union), reverse("filed_table", args=[dossier.pk, 1]), dossier


def letter_of_the_board():
    dossier = make_filed()
    return make_board(dossier.plan.union), reverse("admin:awards_letter", args=[dossier.pk, 1, 1]), dossier


def table_of_the_board():
    dossier = make_filed()
    return make_board(dossier.plan.union), reverse("admin:awards_table", args=[dossier.pk, 1]), dossier


def archive():
    plan = make_filed().plan
    board = make_board(plan.union)
    made = begin(plan, with_files=False, by=board)
    return board, reverse("admin:awards_archive", args=[plan.pk, made.pk]), plan


def export():
    staff = make_staff(make_filed().union)
    export = begin_later(staff, "")
    write_file(export.pk)
    return staff, reverse("export_file", args=[export.pk]), export


def complaint_file():
    complaint = make_objection().complaint
    file = ContentFile(b"%PDF-1.4", name="don.pdf")
    complaint.files.create(place=1, extension="pdf", size=8, sha256="0" * 64, file=file)
    address = reverse("admin:awards_complaint_file", args=[complaint.pk, 1])
    return make_board(complaint.initiative.top), address, complaint


FILES = [
    letter_of_the_desk, table_of_the_desk, draft_of_the_desk, filed_table_of_the_desk, letter_of_the_board,
    table_of_the_board, archive, export, complaint_file,
]  # fmt: skip


@pytest.mark.parametrize("make", FILES)
def test_who_took_which_file_is_on_the_record(make):
    person, address, subject = make()
    client = signed_in(person)

    shut(client.head(address))
    assert not Event.objects.filter(deed="file_taken")
    answer = client.get(address)

    event = Event.objects.of(subject).get(deed="file_taken")
    assert answer.status_code == 200
    assert event.by == person
    assert event.after["file"] in answer["Content-Disposition"]
    shut(answer)
    assert list(broken_links()) == []


def shut(answer):
    """Close the file of an answer, and not the connection of the test, as the end of a request does with an old one."""
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def test_who_does_not_get_a_file_leaves_no_trace():
    _, address, _ = letter_of_the_desk()

    assert signed_in(make_staff(make_filed().union)).get(address).status_code == 404
    assert not Event.objects.filter(deed="file_taken")
