"""One encrypted backup of database and files, and the empty site that becomes the same by it."""

import io
import re
import resource
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import default_storage
from django.db import connection
from pyrage import x25519

from awards.archiving import begin as begin_archive
from awards.archiving import make
from backups import on_postgresql, taking
from backups.forgotten import LIST, write_list
from backups.keys import identities, make_pair, recipients
from backups.limits import LETTERS_SKIPPED
from backups.reading import read_through
from backups.refusing import BackupError
from backups.taking import back_up
from dossiers.forgetting import carry_out
from dossiers.letters import upload_files, upload_letter
from initiatives import exporting
from initiatives.exports import Export
from initiatives.forgetting import ask_removal
from outbox.models import Message
from record.sealing import seal
from tests import stores
from tests.factories import a_pdf, make_dossier, make_filed, make_initiative, make_staff, make_user
from tests.restored import empty_site, own_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key(tmp_path):
    """The file of a private key; `key.public` beside it."""
    path = tmp_path / "key"
    (tmp_path / "key.public").write_text(make_pair(path))
    return path


@pytest.fixture
def backups(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def taken(backups, key):
    return back_up(backups, recipients([key.with_name("key.public").read_text()]))


def world():
    """A site in the middle of its work: a filed dossier, letters, an export, an archive, mail, a seal, a session."""
    dossier = make_filed()
    staff = make_staff(dossier.union)
    initiative = make_initiative(unit=dossier.union, email="hoa@example.vn")
    export = exporting.begin_later(staff, "")
    exporting.write_file(export.pk)
    make(begin_archive(dossier.plan, with_files=True, by=staff).pk)
    seal()
    session = SessionStore()
    session["who"] = "staff"
    session.save()
    return initiative


def own_files():
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(path, change):
    """Return a file beside a backup that holds its bytes, changed."""
    content = bytearray(path.read_bytes())
    other = path.with_name(f"{uuid.uuid4().hex}.age")
    other.write_bytes(change(content))
    return other


def flipped(at):
    def flip(content):
        content[at] ^= 1
        return content

    return flip


def test_a_restored_site_is_the_same_to_the_last_row_and_file_and_a_damaged_backup_leaves_nothing(
    key, backups, tmp_path
):
    initiative, administrator = world(), make_user()
    backup = taken(backups, key)
    before, files = own_rows(), own_files()
    carry_out(ask_removal(initiative), by=administrator)
    write_list(backups / LIST)
    assert re.fullmatch(rf"{initiative.code} \d+\n", (backups / LIST).read_text()), "codes and numbers only"

    with empty_site(tmp_path / "site") as site:
        damaged = changed(backup.path, flipped(-20))
        done = site.manage("restore", damaged, "--identity", key)
        assert (done.returncode, "damaged" in done.stderr) == (1, True), done.stderr
        assert (site.rows(), site.files()) == ({}, {})

        done = site.manage("restore", backup.path, "--identity", key, "--without-forgotten")
        assert done.returncode == 0, done.stderr
        after = site.rows()
        assert before.pop("django_session") != [] == after.pop("django_session"), "who was signed in signs in again"
        assert after == before
        assert site.files() == files
        assert {name.partition("/")[0] for name in files} == {"archives", "exports", "letters", "tables"}
        assert (backup.rows, backup.files) == (sum(map(len, before.values())), len(files))
        assert not backup.missing + backup.gone

        done = site.manage("restore", backup.path, "--identity", key)
        assert "The database has tables" in done.stderr
        assert site.rows()["initiatives_initiative"] == before["initiatives_initiative"]

        done = site.manage("forget_again", backups / LIST)
        assert "Forgotten again: 1." in done.stdout, done.stderr
        assert "hoa@example.vn" in str(before["initiatives_initiative"])
        assert "hoa@example.vn" not in str(site.rows())

        told = site.manage("shell", "-v0", "-c", LOOKING).stdout
        assert "The record holds" in told
        assert '"rules": true' in told
        assert int(re.search(r"letter (\d+)", told)[1]) > LETTERS_SKIPPED


# Its record and its files hold, its rules stand, and no letter has the Message-ID of one that was lost.
LOOKING = """
from django.core.management import call_command
from django.test import Client
from outbox.models import Message
call_command("verify_record", files=True)
print(Client(headers={"host": "localhost"}).get("/suc-khoe/").content.decode())
print("letter", Message.objects.create(kind="a", about="b", recipient="c@d.vn", subject="e", body="f").pk)
"""


def test_a_backup_opens_with_its_own_key_only_and_shows_any_change(key, backups, tmp_path):
    make_initiative()
    path = taken(backups, key).path
    read_through(path, identities(key))

    make_pair(tmp_path / "another")
    with pytest.raises(BackupError, match="made for another"):
        read_through(path, identities(tmp_path / "another"))
    size = path.stat().st_size
    damages = [flipped(at) for at in (5, 150, size // 2, size - 1)] + [lambda c: c + b"x"]
    damages += [lambda c, end=end: c[:end] for end in (0, 100, size // 2, size - 1)]
    for damage in damages:
        with pytest.raises(BackupError, match="damaged"):
            read_through(changed(path, damage), identities(key))
    assert path.stat().st_mode & 0o777 == key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", ["folder", "S3"])
def test_a_missing_file_is_told_and_one_whose_time_was_over_is_told_apart(
    key, backups, monkeypatch, settings, request, where
):
    if where == "S3":
        stores.use(settings, request.getfixturevalue("store"))
    there = upload_letter(make_dossier(), a_pdf(), by=make_user()).files.get()
    letter = upload_files(make_dossier(), [io.BytesIO(a_pdf())], by=make_user())
    lost = letter.files.get().file.name
    default_storage.delete(lost)
    export = exporting.begin_later(make_user(), "")
    exporting.write_file(export.pk)
    export.refresh_from_db()
    add = taking.add_file

    def dropped_meanwhile(parts, name, digests):
        if name == export.file.name:
            default_storage.delete(name)
            Export.objects.all().delete()
        add(parts, name, digests)

    monkeypatch.setattr(taking, "add_file", dropped_meanwhile)
    backup = taken(backups, key)

    assert (backup.missing, backup.gone, backup.files) == ([lost], [export.file.name], 1)
    _, digests = read_through(backup.path, identities(key))
    assert digests["missing"] == sorted([lost, export.file.name])
    assert digests["files"] == {there.file.name: {"size": there.size, "sha256": there.sha256}}


def test_what_cannot_be_ended_leaves_no_backup_and_nothing_is_overwritten(key, backups, monkeypatch):
    path = taken(backups, key).path
    public = recipients([key.with_name("key.public").read_text()])
    with pytest.raises(BackupError, match="there already"):
        back_up(path, public)

    monkeypatch.setattr("backups.taking.named_files", lambda cursor: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        back_up(backups / "broken.age", public)
    assert list(backups.iterdir()) == [path]


def test_a_full_disk_leaves_no_backup(key, backups):
    """A limit on the size of files breaks writing in the middle, as a full disk does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(BackupError, match=r"could not be (copied|written)"):
            taken(backups, key)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert list(backups.iterdir()) == []


def test_a_key_is_not_overwritten_and_nonsense_is_no_key(key, tmp_path):
    with pytest.raises(BackupError, match="cannot be written"):
        make_pair(key)
    (tmp_path / "nonsense").write_text("AGE-SECRET-KEY-1NONSENSE\n")
    (tmp_path / "empty").write_text("# nothing\n")
    for name in ("nonsense", "empty", "absent"):
        with pytest.raises(BackupError, match="private key"):
            identities(tmp_path / name)
    with pytest.raises(BackupError, match="public key"):
        recipients([str(x25519.Identity.generate())])


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("which", "version", "sentence"),
    [(None, "", "pg_dump is missing"), ("/bin/echo", "9", "install postgresql-client")],
)
def test_client_tools_that_are_missing_or_too_old_are_named(monkeypatch, tmp_path, which, version, sentence):
    monkeypatch.setattr(on_postgresql.shutil, "which", lambda name: which)
    monkeypatch.setattr(on_postgresql.subprocess, "run", lambda *_, **__: type("Done", (), {"stdout": version}))

    with pytest.raises(BackupError, match=sentence):
        on_postgresql.tool("pg_dump")


@pytest.mark.postgresql
def test_what_comes_while_a_backup_is_made_is_not_in_it(key, backups, monkeypatch):
    """The rows, the counts and the names of files are of one moment."""
    make_initiative()
    tool = on_postgresql.tool

    def after_another(*options):
        make_initiative()
        return tool(*options)

    monkeypatch.setattr(on_postgresql, "tool", after_another)
    facts, _ = read_through(taken(backups, key).path, identities(key))

    assert facts["tables"]["initiatives_initiative"] == 1
    assert connection.vendor == facts["database"]
    assert Message.objects.count() == facts["tables"]["outbox_message"]
