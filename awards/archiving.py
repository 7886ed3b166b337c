"""Put the whole record of a plan into one file: asked for and made on record, never more than its plan.

Small ones are made while one waits; with all files of the dossiers it is the queue's work. Parts are written one after
the other, and read by key: memory does not grow with the plan.
"""

import hashlib
import json
import logging
import tempfile
import zipfile

from django.core.files import File
from django.db import transaction
from django_q.tasks import async_task

from awards.archive_parts import parts_of
from awards.archives_models import ArchiveState
from awards.candidates import locked
from awards.models import PlanArchive
from config import clock
from record.writing import write

log = logging.getLogger(__name__)

MANIFEST = "muc-luc.json"
READ_BYTES = 1 << 20


def begin(plan, *, with_files, by):
    """Put on record that somebody takes the plan's record away, and make the archive, or have it made; return it."""
    with transaction.atomic():
        locked(plan)
        asked = PlanArchive.objects.making().filter(plan=plan, with_files=with_files, asked_by=by).first()
        if asked:
            return asked
        archive = PlanArchive.objects.create(plan=plan, with_files=with_files, asked_by=by, asked_at=clock.now())
        write(plan, "archive_asked", by=by, after={"with_files": with_files})
        if with_files:
            async_task("awards.archiving.make", archive.pk, save=False)
    if not with_files:
        make(archive.pk)
        archive.refresh_from_db()
    return archive


def make(archive_pk):
    """Write the file of an archive; the queue's task. Run again after a crash it begins anew."""
    archive = PlanArchive.objects.making().select_related("plan__union", "asked_by").filter(pk=archive_pk).first()
    if archive is None:
        return
    try:
        with tempfile.TemporaryFile() as target:
            write_zip(target, parts_of(archive.plan, with_files=archive.with_files))
            target.seek(0)
            archive.sha256 = hashlib.file_digest(target, "sha256").hexdigest()
            target.seek(0)
            archive.file.save(archive.download_name, File(target), save=False)
    except Exception:  # Whatever a file or a disk does: who asked is told, and the log says why.
        log.exception("archive %s failed", archive_pk)
        finish(archive, ArchiveState.FAILED)
    else:
        finish(archive, ArchiveState.DONE)


def finish(archive, state):
    with transaction.atomic():
        locked(archive.plan)
        archive.state = state
        archive.save()
        after = {"state": state, "sha256": archive.sha256}
        write(archive.plan, "archive_made", by=archive.asked_by, after=after)


def write_zip(target, parts):
    """Write (name, pieces of bytes) as the members of a ZIP, and at its end a list of them with their digests."""
    contents = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts:
            digest, size = hashlib.sha256(), 0
            with archive.open(name, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    digest.update(piece)
                    size += len(piece)
            contents.append({"name": name, "size": size, "sha256": digest.hexdigest()})
        archive.writestr(MANIFEST, json.dumps(contents, ensure_ascii=False, indent=1))


def drop_outdated():
    """Delete archives and their files once they are ARCHIVE_KEPT old; that they were made stays on record."""
    for archive in PlanArchive.objects.outdated():
        archive.file.delete(save=False)
        archive.delete()
