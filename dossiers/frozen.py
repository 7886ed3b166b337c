"""Verify what filing froze (R8): the content of each filing, its letter, and that no filing went or came."""

import hashlib
from collections import defaultdict

from dossiers.models import Dossier, Filing
from dossiers.signed_letters import digest_of
from record.models import Event, canonical

READ_AT_ONCE = 200


def broken_filings(plan=None, *, files=False):
    """Yield (filing or dossier, what is wrong); `files` reads the stored files of the letters too."""
    dossiers = Dossier.objects.filter(plan=plan) if plan else Dossier.objects.all()
    dossiers = dossiers.select_related("union").order_by("pk")
    chunk = list(dossiers[:READ_AT_ONCE])
    while chunk:
        yield from broken_among(chunk, files=files)
        chunk = list(dossiers.filter(pk__gt=chunk[-1].pk)[:READ_AT_ONCE])


def broken_among(dossiers, *, files):
    recorded, filed = digests_on_record(dossiers), defaultdict(set)
    filings = Filing.objects.filter(dossier__in=dossiers).select_related("dossier__union", "letter")
    for filing in filings.prefetch_related("letter__files").order_by("dossier", "number").iterator(READ_AT_ONCE):
        filed[filing.dossier_id].add(filing.number)
        if wrong := wrong_with(filing, recorded[filing.dossier_id].get(filing.number)):
            yield filing, wrong
        elif files and (lost := next((file for file in filing.letter.files.all() if not reads_as_kept(file)), None)):
            yield filing, f"the file {lost} is missing or was changed"
    for dossier in dossiers:
        if missing := recorded[dossier.pk].keys() - filed[dossier.pk]:
            yield dossier, f"filing {min(missing)} is on the record and no longer here"


def digests_on_record(dossiers):
    """Return {dossier: {number of the filing: the digest that its event keeps}}."""
    digests = defaultdict(dict)
    events = Event.objects.filter(subject_kind="dossier", subject_id__in=[d.pk for d in dossiers], deed="filed")
    for subject, after in events.values_list("subject_id", "after"):
        digests[subject][after["filing"]] = after["sha256"]
    return digests


def wrong_with(filing, recorded):
    """Return what is wrong with a filing; "" where nothing is."""
    if hashlib.sha256(canonical(filing.content)).hexdigest() != filing.sha256:
        return "its content was changed"
    if recorded is None:
        return "it is not on the record"
    if recorded != filing.sha256:
        return "the record keeps another digest of it"
    if filing.content["letter"]["sha256"] != filing.letter.sha256:
        return "its letter is another one"
    if digest_of(list(filing.letter.files.all())) != filing.letter.sha256:
        return "the files of its letter are others"
    return ""


def reads_as_kept(file):
    try:
        with file.file.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


CHECKS = [broken_filings]
