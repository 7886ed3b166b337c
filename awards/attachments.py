"""What is attached to a complaint: checked by its content, kept for the board."""

import hashlib
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from awards.limits import COMPLAINT_MOST_FILES
from awards.models import ComplaintFile
from dossiers.scans import checked


def refuse_too_many(files):
    if len(files) > COMPLAINT_MOST_FILES:
        raise ValidationError(
            f"Bạn chọn {len(files)} tệp, tối đa {COMPLAINT_MOST_FILES}. Hãy gộp các trang thành một tệp PDF.",
            code="too_many_files",
        )


def looked_into(files):
    """Return [(content, Scan)] of open files; one that is refused refuses all, by its number."""
    refuse_too_many(files)
    looked = []
    for place, file in enumerate(files, start=1):
        content = file.read()
        try:
            looked.append((content, checked(content, what="giấy tờ")))
        except ValidationError as refusal:
            which = f"Tệp thứ {place}: " if len(files) > 1 else ""
            raise ValidationError(which + refusal.messages[0], code=refusal.code) from refusal
    return looked


@contextmanager
def stored_files(looked):
    """Put files that were looked into into the storage; give their rows, which belong to no complaint yet.

    What fails within takes the stored files away again.
    """
    stored = []
    try:
        for place, (content, scan) in enumerate(looked, start=1):
            stored.append(stored_file(place, content, scan))
        yield stored
    except BaseException:
        for kept in stored:
            kept.file.storage.delete(kept.file.name)
        raise


def stored_file(place, content, scan):
    digest = hashlib.sha256(content).hexdigest()
    kept = ComplaintFile(place=place, extension=scan.kind, size=len(content), sha256=digest, pages=scan.pages)
    kept.file.save("complaint", ContentFile(content), save=False)
    return kept
