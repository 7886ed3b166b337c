"""The key pair of backups, in the form of the `age` tool: whoever backs up needs only the public half."""

import os
from datetime import UTC, datetime
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from backups.refusing import BackupError


def make_pair(path):
    """Write a new private key into a file that is not there yet, for its owner alone; return the public key."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")
    except OSError as error:
        raise BackupError(f"The key cannot be written: {error}.") from error
    with file:
        file.write(f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {public}\n{identity}\n")
    return public


def recipients(texts):
    """Return the public keys of these texts ("age1…")."""
    try:
        return [x25519.Recipient.from_str(text.strip()) for text in texts]
    except RecipientError as error:
        raise BackupError("A public key reads age1… as `manage.py backup_keys` printed it.") from error


def identities(path):
    """Return the private keys in a file."""
    try:
        lines = [line.strip() for line in Path(path).read_text().splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, IdentityError) as error:
        raise BackupError(f"The private key cannot be read from {path}.") from error
    if not found:
        raise BackupError(f"There is no private key in {path}.")
    return found
