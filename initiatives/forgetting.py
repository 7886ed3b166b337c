"""An author asks to be forgotten (R19): the request, its answer, and what an initiative then loses.

`dossiers.forgetting.carry_out` does the whole: it also knows the copies in dossiers.
"""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from config import clock
from config.declared import declared
from config.text import clean, dotted, fold, says_something
from initiatives.changing import locked, refuse_forgotten
from initiatives.codes import new_secret
from initiatives.letters_to_authors import LOST_CODE, OF_DECISIONS, OF_HONOURS
from initiatives.limits import REASON_LIMIT, REMOVAL_HOURS
from initiatives.personal import FORGOTTEN
from initiatives.removals import RemovalRequest, RemovalState, digest_of_link
from outbox.models import Message
from record.forgetting import forget
from record.writing import AUTHOR, write

# What stays although its author may have written a name into it. What others wrote about it and everybody may read is
# listed by the apps above, as `KEPT_TEXTS` in their kept_texts.py: functions of an initiative.
KEPT_TEXTS = ["title", "description", "effect", "status_reason", "unit_other", "workplace"]


@transaction.atomic
def ask_removal(initiative, reason=""):
    """Ask for the removal of personal data; asking again while a request is open returns that one."""
    initiative = locked(initiative)
    if asked := initiative.removal_requests.open().first():
        return asked
    refuse_forgotten(initiative)
    now = clock.now()
    request = RemovalRequest.objects.create(
        initiative=initiative, reason=fitting(reason), asked_at=now, due_at=now + timedelta(hours=REMOVAL_HOURS)
    )
    after = {"initiative": initiative.code, "due_at": request.due_at, "reason": request.reason}
    write(request, "removal_asked", by_name=AUTHOR, after=after, is_first=True)
    return request


@transaction.atomic
def take_removal_back(request):
    """Its author thinks better of it. `already_answered` when an administrator was faster."""
    request = open_locked(request)
    answer(request, RemovalState.TAKEN_BACK)
    write(request, "removal_taken_back", by_name=AUTHOR)
    return request


@transaction.atomic
def refuse_removal(request, reason, *, by):
    """Answer that nothing is removed, and why: `reason_missing`, `reason_too_long`, `already_answered`."""
    reason = fitting(reason)
    if not says_something(reason):
        raise ValidationError("Hãy ghi lý do không xóa: tác giả sẽ đọc được.", code="reason_missing")
    request = open_locked(request)
    request.answer = reason
    answer(request, RemovalState.REFUSED, by=by)
    write(request, "removal_refused", by=by, reason=reason)
    return request


def open_locked(request):
    """Return the request afresh, the rows of its initiative and itself locked; refuse one that was answered."""
    initiative = locked(request.initiative)
    request = RemovalRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if not request.is_open:
        raise ValidationError("Yêu cầu này đã được giải quyết hoặc đã rút.", code="already_answered")
    request.initiative = initiative
    return request


def answer(request, state, *, by=None):
    request.state, request.answered_at, request.answered_by = state, clock.now(), by
    request.save()


def anonymise(request, *, by):
    """Blank what an initiative, its requests, its letters and their records keep of a person. Needs the locks."""
    initiative = request.initiative
    letters_to_author(initiative).delete()
    request.link_digest = digest_of_link(initiative.secret)
    for name, value in FORGOTTEN.items():
        setattr(initiative, name, value)
    # A new secret ends the private link, and takes with it what could test a guess against the record's digest.
    initiative.secret, initiative.anonymised_at = new_secret(), clock.now()
    initiative.version += 1
    initiative.save(update_fields=[*FORGOTTEN, "secret", "anonymised_at", "version"])
    forget(initiative, by=by, after={"removal_request": request.pk})
    request.reason = ""
    answer(request, RemovalState.DONE, by=by)
    initiative.removal_requests.update(reason="")
    for asked in initiative.removal_requests.all():
        forget(asked, by=by)


def fitting(reason):
    reason = clean(reason)
    if len(reason) > REASON_LIMIT:
        raise ValidationError(
            f"Lý do dài {dotted(len(reason))}/{REASON_LIMIT} ký tự. Hãy viết ngắn hơn.", code="reason_too_long"
        )
    return reason


def letters_to_author(initiative):
    """Return the letters of the outbox that were written to the author of an initiative."""
    about = Message.objects.about(initiative.code, initiative.shown_code)
    decided = Message.objects.about(OF_DECISIONS, OF_HONOURS).filter(body__contains=initiative.shown_code)
    # A letter with lost codes may lead to several initiatives of one mailbox; it is this one's if it leads here.
    lost = Message.objects.filter(kind=LOST_CODE, body__contains=initiative.secret)
    return about | lost | (decided.filter(recipient__iexact=initiative.email) if initiative.email else decided.none())


def mentions(initiative):
    """Return what the texts are called that stay and in which the author's name, phone or e-mail stands."""
    names = [fold(text) for text in (initiative.full_name, initiative.email) if text]
    name = re.compile("|".join(rf"\b{re.escape(text)}\b" for text in names))
    phone = initiative.phone.removeprefix("+84")
    texts = [(str(initiative._meta.get_field(name).verbose_name), getattr(initiative, name)) for name in KEPT_TEXTS]
    texts += [pair for texts_of in declared("kept_texts", "KEPT_TEXTS") for pair in texts_of(initiative)]
    found = [called for called, text in texts if name.search(fold(text)) or phone in re.sub(r"\D", "", text)]
    return list(dict.fromkeys(found))
