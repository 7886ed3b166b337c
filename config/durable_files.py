"""Files on this machine's disk: there to stay before anybody is told so, and whole or not at all."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableFiles(FileSystemStorage):
    """As Django's, but a stored file outlasts a power cut, as the row that names it does; a full disk keeps no part."""

    def _save(self, name, content):
        try:
            name = super()._save(name, content)
            self.write_through(Path(self.path(name)))
        except BaseException:
            self.delete(name)
            raise
        return name

    def write_through(self, path):
        """Have the disk take the file, and the names that lead to it from the storage's folder."""
        for each in [path, *path.parents]:
            handle = os.open(each, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if each == Path(self.location):
                return
