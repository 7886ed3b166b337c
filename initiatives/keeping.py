"""In the rush a form that was judged is kept by one statement, and written into the book as soon as there is time.

It is in by its arrival, however long that takes (R1). A submission is in one place at a time: the database refuses to
keep what is stored, and to store what is kept (R7).
"""

import json
import logging
import time
import uuid
from contextlib import nullcontext
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from accounts.models import Union
from config import clock
from config.prepared import insert
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative
from initiatives.sending import ANSWERS, refuse_wrong, send

log = logging.getLogger(__name__)
# How long the address of a kept form leads to the receipt.
ADDRESS_HOLDS = timedelta(days=7)
SIGNER = signing.Signer(salt=__name__)
# The queue writes what it can for so long, each minute: letters wait meanwhile.
WRITING_SECONDS = 40
WRITTEN_TOGETHER = 5000
KNOWN = """SELECT 1 FROM initiatives_keptform WHERE submission_id = %s
UNION ALL SELECT 1 FROM initiatives_initiative WHERE submission_id = %s"""


def receive(campaign, submission_id, answers, *, arrived_at, in_rush):
    """Take a form that was judged; return the path of its receipt, or in the rush of the page that becomes it.

    Raises what `send` raises.
    """
    if in_rush and campaign.takes_at(arrived_at):
        try:
            return keep(campaign, submission_id, answers, arrived_at)
        except IntegrityError:
            pass  # It is kept or stored already.
    try:
        return send(campaign, submission_id, answers, arrived_at=arrived_at).private_path
    except ValidationError:
        kept = KeptForm.objects.filter(submission_id=submission_id).first()
        if kept and kept.answers == as_kept(answers):
            return waiting_path(kept)
        raise


def keep(campaign, submission_id, answers, arrived_at):
    refuse_wrong(answers, campaign)
    kept = KeptForm(campaign=campaign, submission_id=submission_id, answers=as_kept(answers), arrived_at=arrived_at)
    kept.kept_at = clock.now()
    # One statement is a transaction by itself; within another one, its refusal must not end that.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        insert(kept)
    return waiting_path(kept)


def is_known(number):
    """Whether a submission of this number, as it was sent, is kept or stored."""
    try:
        number = uuid.UUID(number)
    except ValueError:
        return False
    number = Initiative._meta.get_field("submission_id").get_db_prep_value(number, connection)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [number, number])
        return cursor.fetchone() is not None


def as_kept(answers):
    """Return clean answers as they read when they come back from the database."""
    plain = {name: value.pk if isinstance(value, models.Model) else value for name, value in answers.items()}
    return json.loads(json.dumps(plain, cls=DjangoJSONEncoder))


def answers_of(kept):
    """Return the clean answers of a kept form, as `send` takes them; a union that is gone raises DoesNotExist."""
    return {name: restored(Initiative._meta.get_field(name), kept.answers[name]) for name in ANSWERS}


def restored(field, value):
    if field.is_relation:
        return None if value is None else Union.objects.select_related("parent__parent").get(pk=value)
    return field.to_python(value)


# --- The page that becomes the receipt --------------------------------------------------------------


def waiting_path(kept):
    """Return the address of a kept form: signed, so that it can tell when the form came without asking the database."""
    told = [kept.submission_id.hex, kept.arrived_at.timestamp()]
    return reverse("arrived", args=[kept.campaign.slug, SIGNER.sign_object(told)])


def told_by(secret):
    """Return (hex of the submission, Unix seconds of its arrival) of an address, or None when it is not ours or old."""
    try:
        submission_id, moment = SIGNER.unsign_object(secret)
    except signing.BadSignature:
        return None
    is_old = clock.now().timestamp() - moment > ADDRESS_HOLDS.total_seconds()
    return None if is_old else (submission_id, moment)


# --- Writing ----------------------------------------------------------------------------------------


@transaction.atomic
def write_down(submission_id):
    """Write a kept form into the book and let it go; returns its initiative.

    Returns None when somebody else is doing so or has, or when it cannot be written: then its row says why.
    """
    skip = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    locked = KeptForm.objects.select_for_update(of=("self",), **skip).select_related("campaign")
    kept = locked.filter(submission_id=submission_id).first()
    if kept is None:
        return None
    key = kept.pk
    try:
        with transaction.atomic():
            kept.delete()
            return send(kept.campaign, kept.submission_id, answers_of(kept), arrived_at=kept.arrived_at)
    except (ValidationError, ObjectDoesNotExist) as refusal:
        sentence = " ".join(getattr(refusal, "messages", ["Đơn vị đã chọn không còn trong danh sách."]))
        KeptForm.objects.filter(pk=key).update(tried_at=clock.now(), refusal=sentence)
        log.error("Kept form %s cannot be written: %s", submission_id, sentence)
        return None


def write_all(seconds=WRITING_SECONDS):
    """Write what is kept, the earliest arrival first. Run by the queue each minute; returns how many were written."""
    ends_at, written = time.monotonic() + seconds, 0
    for number in list(KeptForm.objects.due().values_list("submission_id", flat=True)[:WRITTEN_TOGETHER]):
        if time.monotonic() > ends_at:
            break
        written += write_down(number) is not None
    return written
