"""Who was forgotten since a backup was made: a list beside the backups, nothing personal in it, to forget again (R19).

A line is the code of an initiative and the number of the account that carried the removal out. Lines are only added:
an initiative that is not in the site any more may still be in another backup.
"""

import os

from accounts.models import User
from backups.refusing import BackupError
from dossiers.forgetting import carry_out
from initiatives.codes import read
from initiatives.forgetting import ask_removal
from initiatives.models import Initiative
from initiatives.removals import RemovalRequest, RemovalState

LIST = "forgotten.txt"


def write_list(path):
    """Add whoever was forgotten to the list in a file, which is made when it is not there; return how many it has."""
    done = RemovalRequest.objects.filter(state=RemovalState.DONE).values_list("initiative__code", "answered_by")
    codes = (listed(path) if path.exists() else {}) | dict(done.iterator())
    new = path.with_name(f"{path.name}.part")
    try:
        with open(new, "w", encoding="utf-8") as file:
            file.writelines(f"{code} {by}\n" for code, by in sorted(codes.items()))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise BackupError(f"The list of those who were forgotten cannot be written: {error}.") from error
    return len(codes)


def listed(path):
    """Return {code: number of the account} of a list."""
    try:
        pairs = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        codes = {code: int(by) for code, by in pairs}
    except (OSError, ValueError) as error:
        raise BackupError(f"{path} cannot be read as a list of those who were forgotten.") from error
    if strange := next((code for code in codes if read(code) != code), None):
        raise BackupError(f"{path} cannot be read as a list of those who were forgotten: {strange} is no code.")
    return codes


def forget_again(codes):
    """Forget whoever of {code: number of the account} is back; return their codes."""
    back = Initiative.objects.filter(code__in=codes, anonymised_at=None).order_by("pk")
    again = []
    for initiative in back.iterator():
        carry_out(ask_removal(initiative), by=answerable(codes[initiative.code]))
        again.append(initiative.code)
    return again


def answerable(number):
    """Return the account that carried a removal out; where a restore lost it, the first administrator's."""
    found = User.objects.filter(pk=number).first() or User.objects.filter(is_superuser=True).order_by("pk").first()
    if found is None:
        raise BackupError("Nobody can answer for forgetting again: make an administrator, then run forget_again.")
    return found
