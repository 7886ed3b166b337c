"""The facts of one file that was scanned or photographed, by whoever uploaded it."""

from django.db import models


class ScannedFile(models.Model):
    """A PDF or a picture, known by its content; a subclass says where it is stored."""

    KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}

    place = models.PositiveSmallIntegerField("thứ tự")
    extension = models.CharField("loại", max_length=4, choices=[(kind, kind.upper()) for kind in KINDS])
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("dấu SHA-256", max_length=64)
    pages = models.PositiveSmallIntegerField("số trang", null=True)

    class Meta:
        abstract = True

    @property
    def content_type(self):
        return self.KINDS[self.extension]
