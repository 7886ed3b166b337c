"""An encrypted stream of named parts: a tar within an age file. Nothing of it ever lies unencrypted on a disk.

The library that encrypts reads and writes files; what is to be encrypted is written, and what was decrypted is read, at
the other end of a pipe. Memory stays flat.
"""

import os
import tarfile
import threading
from contextlib import contextmanager

import pyrage

from backups.limits import READ_BYTES
from backups.refusing import BackupError


class Worker(threading.Thread):
    """Runs a function beside; `failure` is what it raised."""

    def __init__(self, function, *arguments):
        super().__init__(daemon=True)
        self.function, self.arguments, self.failure = function, arguments, None
        self.start()

    def run(self):
        try:
            self.function(*self.arguments)
        except BaseException as error:  # handed to the thread that waits
            self.failure = error


@contextmanager
def sealed(target, recipients):
    """Write parts into an open file, encrypted for these keys: yields a tarfile."""
    inward, outward = os.pipe()
    worker = Worker(encrypt, inward, target, recipients)
    try:
        with os.fdopen(outward, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as parts:
            yield parts
    except BrokenPipeError:
        if worker.failure is None:
            raise
    finally:
        worker.join()
    if worker.failure:
        raise BackupError(f"The backup could not be written: {worker.failure}.") from worker.failure


def encrypt(inward, target, recipients):
    with os.fdopen(inward, "rb") as pipe:
        pyrage.encrypt_io(pipe, target, recipients)


@contextmanager
def opened(path, identities):
    """Yield an iterator of the (name, file) of a backup's parts, each to be read before the next.

    Raises BackupError for a wrong key, and where the file was cut or changed: what was read until then is genuine, but
    whole it is only when the iterator has come to its end. Who stops earlier has read a genuine beginning.
    """
    inward, outward = os.pipe()
    try:
        source = open(path, "rb")  # noqa: SIM115 (closed by the worker)
    except OSError as error:
        raise BackupError(f"The backup cannot be read: {error}.") from error
    worker = Worker(decrypt, source, outward, identities)
    pipe = os.fdopen(inward, "rb")
    try:
        yield parts_of(pipe, worker)
    except (tarfile.TarError, EOFError) as error:
        worker.join()
        raise broken(worker) from error
    finally:
        pipe.close()
        worker.join()


def decrypt(source, outward, identities):
    with source, os.fdopen(outward, "wb") as pipe:
        pyrage.decrypt_io(source, pipe, identities)


def parts_of(pipe, worker):
    with tarfile.open(fileobj=pipe, mode="r|") as parts:
        for part in parts:
            yield part.name, parts.extractfile(part)
    while pipe.read(READ_BYTES):  # to the end: only there is it sure that nothing was cut off
        pass
    worker.join()
    if worker.failure:
        raise broken(worker) from worker.failure


def broken(worker):
    if isinstance(worker.failure, pyrage.DecryptError) and "No matching keys" in str(worker.failure):
        return BackupError("This private key does not open the backup: it was made for another one.")
    return BackupError("The backup is damaged: it was cut off or changed, or is none. Nothing of it is used.")
