"""The facts of a signed letter: its files in their order. They belong to models.py, which has them all."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.file_names import file_name
from dossiers.scanned_files import ScannedFile

USER = settings.AUTH_USER_MODEL


def letter_path(letter_file, filename):
    """Store under a random name: nothing of the uploaded name reaches the file system."""
    return f"letters/{uuid.uuid4().hex}.{letter_file.extension}"


def thumbnail_path(letter_file, filename):
    return f"thumbnails/{uuid.uuid4().hex}.jpg"


class SignedLetter(models.Model):
    """The scan of the signed proposal letter. Every change makes a new one; the last counts, those before are kept."""

    dossier = models.ForeignKey("Dossier", models.PROTECT, verbose_name="hồ sơ", related_name="letters")
    sha256 = models.CharField("dấu SHA-256", max_length=64)
    # The dossier's mark when the paper was scanned (marks.py); a letter whose pages are only arranged keeps it.
    mark = models.CharField("mã đối chiếu khi tải lên", max_length=20, blank=True)
    uploaded_by = models.ForeignKey(USER, models.PROTECT, verbose_name="người tải lên", related_name="+")
    uploaded_at = models.DateTimeField("tải lên lúc")

    class Meta:
        verbose_name = "tờ trình đã ký"
        verbose_name_plural = "tờ trình đã ký"

    def __str__(self):
        return file_name("to-trinh", self.dossier.union, self.pk, extension="")


class LetterFile(ScannedFile):
    """One file of a letter: a PDF, or the picture of a page. Letters that share it have a row of their own each."""

    letter = models.ForeignKey(SignedLetter, models.PROTECT, verbose_name="tờ trình", related_name="files")
    file = models.FileField("tệp", upload_to=letter_path, max_length=200)
    thumbnail = models.FileField("ảnh nhỏ", upload_to=thumbnail_path, max_length=200, blank=True)

    class Meta:
        verbose_name = "tệp của tờ trình"
        verbose_name_plural = "tệp của tờ trình"
        ordering = ["letter", "place"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "place"], name="letter_file_placed_once"),
            models.CheckConstraint(
                name="letter_file_known",
                condition=Q(place__gte=1, extension__in=["pdf", "jpg", "png"]),
            ),
        ]

    def __str__(self):
        return self.download_name

    @property
    def download_name(self):
        number = [self.place] if self.place > 1 else []
        return file_name("to-trinh", self.letter.dossier.union, self.letter_id, *number, extension=self.extension)

    def copied(self, letter, place):
        """Return a row, not stored, for the same file at a place of another letter."""
        kept = ("file", "thumbnail", "extension", "size", "sha256", "pages")
        return LetterFile(letter=letter, place=place, **{name: getattr(self, name) for name in kept})


def digest_of(files):
    """Return the digest of a letter: that of its only file, or of its files' digests, one a line."""
    digests = [file.sha256 for file in files]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
