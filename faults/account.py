"""The account after the last kill: what people were told against what is there, and whether that is whole."""

from collections import Counter

from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from dossiers.models import Dossier, Filing, State
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative
from outbox.models import Message
from outbox.sending import email_of
from record.models import Event

# The column of a summary table that names the initiative.
CODE = -1


def half_initiatives(rows):
    """Yield what is wrong with what is stored: without its event or its letter, or an event without its row."""
    on_record = Counter(
        Event.objects.filter(subject_kind="initiative", deed="sent").values_list("subject_id", flat=True)
    )
    written = set(Message.objects.filter(kind="private_link").values_list("about", flat=True))
    for row in rows:
        if on_record.pop(row.pk, 0) != 1:
            yield f"initiative {row.code} stands without its event"
        if (row.code in written) != bool(row.email):
            yield f"initiative {row.code} stands without its letter"
    yield from (f"an event tells of the initiative {key}, which is not there" for key in on_record)


def account_of_sendings(sent):
    """Return (found: the receipts that hold, lost, doubled), each a list of sentences or Sendings."""
    rows = {str(row.submission_id): row for row in Initiative.objects.all()}
    # Those in dossiers were there before anybody came.
    numbers = Counter(Initiative.objects.filter(entries=None).values_list("workplace", flat=True))
    found = [one for one in sent if one.submission_id in rows and rows[one.submission_id].title in one.titles]
    lost = [f"the receipt of {one.submission_id} was shown, and it is not there" for one in sent if one not in found]
    lost += half_initiatives(rows.values())
    lost += [f"a form is still kept: {kept.submission_id}" for kept in KeptForm.objects.all()]
    doubled = [f"{many} initiatives of {number}" for number, many in numbers.items() if many > 1]
    return found, lost, doubled


def account_of_filings(filed):
    """Return (found: keys of `filed` that hold, lost). Letters' files and digests are the business of the record."""
    filings = {(filing.dossier_id, filing.number): filing for filing in Filing.objects.select_related("dossier")}
    found = [key for key in filed if key in filings]
    lost = [f"filing {key} was confirmed, and it is not there" for key in filed if key not in filings]
    lost += [f"filing {key} is without its table: {wrong}" for key, one in filings.items() if (wrong := bad_table(one))]
    receipts = set(Message.objects.filter(kind="dossier_receipt").values_list("about", flat=True))
    lost += [f"filing {key} has no letter" for key, one in filings.items() if one.receipt_number not in receipts]
    for dossier in Dossier.objects.all():
        last = Event.objects.filter(subject_kind="dossier", subject_id=dossier.pk, deed__startswith="fil").last()
        if last and (last.deed == "filed") != (dossier.state == State.FILED):
            lost.append(f"the record says {last.deed} of {dossier}, which is {dossier.state}")
    return found, lost


def bad_table(filing):
    """Return why the stored table cannot be read, or "" when it has a row for each entry."""
    try:
        with filing.table.open("rb") as file:
            cells = {str(cell.value) for row in load_workbook(file).active.iter_rows() for cell in row}
    except Exception as error:  # whatever is wrong with it, it is not whole
        return f"{type(error).__name__}: {error}"
    codes = [row[CODE] for row in filing.content["entries"]]
    return "" if codes and cells.issuperset(codes) else "an entry is missing"


def account_of_letters(taken):
    """Return (letters that left once or more, lost, {Message-ID: how often} of those that left twice or more)."""
    letters = {email_of(one).extra_headers["Message-ID"]: one for one in Message.objects.all()}
    lost = [f"the letter {one.pk} did not leave" for key, one in letters.items() if not (one.sent_at and taken[key])]
    lost += [f"a letter left that is not in the outbox: {key}" for key in taken if key not in letters]
    return len(letters), lost, {key: many for key, many in taken.items() if many > 1}


def broken_record():
    """Return what `verify_record` finds, files included: nothing, or one sentence."""
    try:
        call_command("verify_record", files=True, verbosity=0)
    except CommandError as broken:
        return [str(broken)]
    return []
