"""What lies beside the backups: which of them are kept, and who was forgotten since; and files in another store."""

from datetime import datetime, timedelta
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from backups import restoring
from backups.envelope import sealed
from backups.facts import facts_of
from backups.forgotten import LIST, forget_again, listed, write_list
from backups.keys import identities, make_pair
from backups.parts import Digested, add, add_database, add_values
from backups.refusing import BackupError
from backups.restoring import compare_files, keeper, refuse_strange, refuse_unless_empty, verify
from backups.rotation import drop_surplus
from dossiers.forgetting import carry_out
from initiatives.forgetting import ask_removal
from initiatives.models import Initiative
from record.models import Event
from tests import stores
from tests.factories import make_initiative, make_user
from tests.refusals import without_triggers

NEWEST = datetime(2021, 4, 20, 2)


def folder_of(folder, moments):
    for moment in moments:
        (folder / f"sang-kien-{moment:%Y%m%d-%H%M%S}.age").touch()
    return folder


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ((7, 0, 0), ["0414", "0415", "0416", "0417", "0418", "0419", "0420"]),
        ((1, 3, 0), ["0411", "0418", "0420"]),
        ((1, 0, 3), ["0228", "0331", "0420"]),
        ((0, 0, 0), ["0420"]),
    ],
)
def test_the_last_backup_of_each_day_week_and_month_is_kept(tmp_path, kept, left):
    hours = [NEWEST - timedelta(hours=12 * number) for number in range(2 * 80)]
    folder = folder_of(tmp_path, hours)
    (folder / LIST).touch()

    dropped = drop_surplus(folder, *kept)

    assert sorted(path.name[14:18] for path in folder.glob("*.age")) == left
    assert len(dropped) + len(left) == len(hours)
    assert (folder / LIST).exists()


@pytest.mark.django_db
def test_who_was_forgotten_is_forgotten_again_and_stays_on_the_list(tmp_path, unit):
    kept, forgotten, back = (make_initiative(unit=unit) for _ in range(3))
    by = make_user()
    for initiative in (forgotten, back):
        carry_out(ask_removal(initiative), by=by)
    path = tmp_path / LIST
    assert write_list(path) == 2
    assert path.read_text() == "".join(sorted(f"{i.code} {by.pk}\n" for i in (forgotten, back)))

    codes = {back.code: by.pk, kept.code: 10**6}  # as if both had come back, one with an account that is lost
    with pytest.raises(BackupError, match="make an administrator"):
        forget_again({kept.code: 10**6})
    administrator = make_user(is_superuser=True)
    assert forget_again(codes) == [kept.code]
    assert forget_again(codes) == []
    assert kept.removal_requests.get().answered_by == administrator
    assert Initiative.objects.get(pk=kept.pk).phone == ""

    path.write_text(path.read_text() + f"{make_initiative(unit=unit).code} 7\n")
    assert write_list(path) == 4, "whoever is on it stays, and whoever is new is added"


@pytest.mark.parametrize("text", ["ABC 7\n", "nonsense\n", "0000-0000 x\n"])
def test_a_list_that_cannot_be_read_is_refused(tmp_path, text):
    (tmp_path / LIST).write_text(text)

    with pytest.raises(BackupError, match="cannot be read as a list"):
        listed(tmp_path / LIST)


def test_a_restore_without_a_word_on_the_forgotten_is_refused(tmp_path):
    call_command("backup_keys", tmp_path / "key", stdout=StringIO(), stderr=StringIO())

    with pytest.raises(CommandError, match="--without-forgotten"):
        call_command("restore", tmp_path / "a.age", identity=tmp_path / "key")


@pytest.mark.django_db
def test_a_backup_of_a_newer_site_or_of_another_kind_of_database_is_refused(monkeypatch):
    facts = {"database": restoring.connection.vendor, "migrations": [["record", "0001_initial"]]}
    refuse_strange(facts)

    with pytest.raises(BackupError, match="of a newer version"):
        refuse_strange(facts | {"migrations": [["record", "9999_of_tomorrow"]]})
    with pytest.raises(BackupError, match="The backup is of oracle"):
        refuse_strange(facts | {"database": "oracle"})
    with pytest.raises(BackupError, match="has tables"):
        refuse_unless_empty()


@pytest.mark.once
@pytest.mark.django_db
def test_files_are_restored_into_an_empty_store_under_their_own_names(settings, store, monkeypatch):
    stores.use(settings, store)
    monkeypatch.setattr(restoring.connection.introspection, "table_names", list)
    refuse_unless_empty()
    stored = []
    keep, file = keeper(stored), Digested(BytesIO(b"%PDF-1.7" * 200_000))

    keep("letters/a.pdf", file)

    assert (stores.names(), stored) == ({"letters/a.pdf"}, ["letters/a.pdf"])
    compare_files({"letters/a.pdf": file.told})
    with pytest.raises(BackupError, match="reads otherwise"):
        compare_files({"letters/a.pdf": file.told | {"sha256": ""}})
    with pytest.raises(BackupError, match="could not get its name"):
        keep("letters/a.pdf", file)
    with pytest.raises(BackupError, match=r"The store holds files \(letters/"):
        refuse_unless_empty()


@pytest.mark.django_db
def test_a_restored_database_is_compared_with_what_its_backup_tells(unit):
    initiative = make_initiative(unit=unit)
    with restoring.connection.cursor() as cursor:
        facts = facts_of(cursor)
    verify(facts)

    tables = facts["tables"] | {"initiatives_initiative": 2}
    for other in ({"tables": tables}, {"head": {"event": [[1, "x"]], "seal": []}}, {"migrations": []}):
        with pytest.raises(BackupError, match=f"has other {next(iter(other))}"):
            verify(facts | other)
    with without_triggers():
        Event.objects.of(initiative).update(deed="accepted")
        with pytest.raises(BackupError, match="lacks its rules"):
            verify(facts)
    with pytest.raises(BackupError, match="record is broken"):
        verify(facts)


@pytest.mark.django_db
def test_what_does_not_verify_is_taken_away_again(tmp_path, monkeypatch):
    make_pair(tmp_path / "key")
    keys, done = identities(tmp_path / "key"), []
    facts = {"format": 1, "database": restoring.connection.vendor, "migrations": []}
    with (tmp_path / "a.age").open("wb") as file, sealed(file, [keys[0].to_public()]) as parts:
        add_values(parts, "facts.json", facts)
        database, letter = add_database(parts, BytesIO(b"rows")), Digested(BytesIO(b"%PDF"))
        add(parts, "files/letters/a.pdf", letter, 4)
        add_values(
            parts, "digests.json", {"database": database, "files": {"letters/a.pdf": letter.told}, "missing": []}
        )

    def load(pieces):
        done.extend(pieces)
        assert default_storage.exists("letters/a.pdf")

    monkeypatch.setattr(restoring, "engine", lambda: SimpleNamespace(load=load, clear=lambda: done.append("cleared")))
    monkeypatch.setattr(restoring, "refuse_unless_empty", lambda: None)
    with pytest.raises(BackupError, match="has other migrations"):
        restoring.restore(tmp_path / "a.age", keys)

    assert done == [b"rows", "cleared"]
    assert not default_storage.exists("letters/a.pdf")
