"""The letters that a filing writes, and what is left of one that goes wrong."""

import pytest
from django.core.files.storage import default_storage

from dossiers import filing as filing_module
from dossiers.filing import file_dossier
from dossiers.letters import upload_letter
from dossiers.models import Filing, SignedLetter
from outbox.models import Message
from tests.factories import IN_TIME, a_pdf, make_board, make_dossier, make_filed, make_ready, make_staff, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def stored_files():
    return {name for folder in ("letters", "tables") if default_storage.exists(folder)
            for name in default_storage.listdir(folder)[1]}  # fmt: skip


def test_filing_writes_to_the_mailbox_of_the_plan_and_a_receipt_to_the_union():
    by, dossier = make_user(email="cong-doan@example.vn"), make_ready(mailbox="ho-so@example.vn")

    filing = file_dossier(dossier, by=by, arrived_at=IN_TIME)

    copy, receipt = Message.objects.order_by("kind")
    assert (copy.kind, copy.recipient) == ("dossier_filed", "ho-so@example.vn")
    assert [path for _, path in copy.attachments] == [filing.letter.files.get().file.name, filing.table.name]
    assert (receipt.kind, receipt.recipient, receipt.attachments) == ("dossier_receipt", "cong-doan@example.vn", [])
    for message in (copy, receipt):
        assert filing.receipt_number in message.subject
        assert filing.sha256 in message.body
        assert "08:00:00 ngày 01/04/2021" in message.body


def test_every_member_of_the_staff_with_an_address_gets_the_receipt_once():
    dossier = make_ready()
    by = make_staff(dossier.union)
    colleague, board = make_staff(dossier.union), make_board(dossier.plan.union)
    make_user(dossier.union, "STAFF", email="")

    file_dossier(dossier, by=by, arrived_at=IN_TIME)

    told = Message.objects.values_list("recipient", flat=True)
    assert sorted(told) == sorted([by.email, colleague.email])
    assert board.email not in told


@pytest.mark.parametrize(("more", "attached"), [(0, 2), (1, 1)])
def test_a_letter_too_heavy_for_a_mail_is_not_attached_and_that_is_said(monkeypatch, more, attached):
    dossier = make_ready(mailbox="ho-so@example.vn")
    monkeypatch.setattr(filing_module, "MAIL_FILES_LIMIT", dossier.current_letter.files.get().size - more)

    file_dossier(dossier, by=make_user(email=""), arrived_at=IN_TIME)

    message = Message.objects.get()
    assert len(message.attachments) == attached
    assert ("quá nặng" in message.body) == (attached == 1)


def test_without_mailbox_and_address_no_letter_is_written():
    file_dossier(make_ready(), by=make_user(email=""), arrived_at=IN_TIME)

    assert not Message.objects.exists()


@pytest.mark.parametrize("step", ["write", "send_copies", "content_of"])
def test_a_filing_that_fails_leaves_no_row_no_file_and_no_letter(monkeypatch, step):
    dossier = make_ready(mailbox="ho-so@example.vn")
    before = stored_files()

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(filing_module, step, fail)
    with pytest.raises(OSError, match="disk full"):
        file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)

    assert stored_files() == before
    assert not Filing.objects.exists()
    assert not Message.objects.exists()
    dossier.refresh_from_db()
    assert (dossier.state, dossier.plan.frozen_at) == ("DRAFT", None)


def test_a_letter_whose_transaction_fails_leaves_no_file(monkeypatch):
    dossier = make_dossier()

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("dossiers.letters.write", fail)
    with pytest.raises(OSError, match="disk full"):
        upload_letter(dossier, a_pdf(), by=make_user())

    assert stored_files() == set()
    assert not SignedLetter.objects.exists()


def test_a_letter_for_a_filed_dossier_is_refused_and_not_stored():
    dossier = make_filed()
    before = stored_files()

    with refused("dossier_closed"):
        upload_letter(dossier, a_pdf(), by=make_user())

    assert stored_files() == before
