"""Stored files are nobody's but those who may see them: a view says who, and the front server reads the file out.

Where `PRIVATE_FILES` names its address of the folder, an answer holds that address (X-Accel-Redirect) and no worker is
busy while a slow phone takes the file. Elsewhere, and for what lies in no folder, the site reads it out itself.
"""

from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header


def file_answer(file, *, filename, content_type, as_attachment=True):
    """Return the answer that hands out a file: a stored one (FieldFile), or any other that is open for reading."""
    if not is_the_front_servers(file):
        return FileResponse(file, as_attachment=as_attachment, filename=filename, content_type=content_type)
    file.close()
    answer = HttpResponse(content_type=content_type)
    answer["X-Accel-Redirect"] = settings.PRIVATE_FILES + quote(file.name)
    if disposition := content_disposition_header(as_attachment, filename):
        answer["Content-Disposition"] = disposition
    return answer


def is_the_front_servers(file):
    return bool(settings.PRIVATE_FILES) and isinstance(file, FieldFile) and isinstance(file.storage, FileSystemStorage)
