"""Nonsense in the environment stops the site at once, with one sentence that names the variable."""

import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

pytestmark = pytest.mark.once

LONG_KEY = "k" * 50
PUBLIC = {"ALLOWED_HOSTS": "sangkien.example.vn", "SECRET_KEY": LONG_KEY}
OURS = [
    "ALLOWED_HOSTS", "CACHE_URL", "CLOCK_ORIGIN", "CLOCK_START", "DATABASE_POOLED", "DATABASE_URL", "DEBUG",
    "EMAIL_URL", "LOG_FORMAT", "PRIVATE_FILES", "SECRET_KEY", "SITE_URL", "STORAGE_URL", "TRUST_REQUEST_START",
]  # fmt: skip
REFUSED = {
    "debug neither on nor off": ("DEBUG", {"DEBUG": "maybe"}),
    "debug on a public host": ("DEBUG", PUBLIC | {"DEBUG": "on"}),
    "trust neither on nor off": ("TRUST_REQUEST_START", {"TRUST_REQUEST_START": "2"}),
    "database nonsense": ("DATABASE_URL", {"DATABASE_URL": "nonsense"}),
    "database mysql": ("DATABASE_URL", {"DATABASE_URL": "mysql://a:b@localhost/c"}),
    "database of an unknown kind": ("DATABASE_URL", {"DATABASE_URL": "mongodb://localhost/c"}),
    "database port": ("DATABASE_URL", {"DATABASE_URL": "postgres://a@localhost:port/c"}),
    "cache nonsense": ("CACHE_URL", {"CACHE_URL": "nonsense"}),
    "mail nonsense": ("EMAIL_URL", {"EMAIL_URL": "nonsense"}),
    "clock without zone": ("CLOCK_START", {"CLOCK_START": "2021-04-01T08:00"}),
    "clock garbage": ("CLOCK_START", {"CLOCK_START": "tomorrow"}),
    "clock on a public host": ("CLOCK_START", PUBLIC | {"CLOCK_START": "2021-04-01T08:00+07:00"}),
    "clock origin garbage": ("CLOCK_ORIGIN", {"CLOCK_ORIGIN": "yesterday"}),
    "public without key": ("SECRET_KEY", {"ALLOWED_HOSTS": "sangkien.example.vn"}),
    "public with a short key": ("SECRET_KEY", PUBLIC | {"SECRET_KEY": LONG_KEY[:-1]}),
    "every host without key": ("SECRET_KEY", {"ALLOWED_HOSTS": "*"}),
    "every host without an address": ("SITE_URL", PUBLIC | {"ALLOWED_HOSTS": "*"}),
    "address without a scheme": ("SITE_URL", {"SITE_URL": "sangkien.example.vn"}),
    "address of another kind": ("SITE_URL", {"SITE_URL": "ftp://sangkien.example.vn"}),
    "address with a path": ("SITE_URL", {"SITE_URL": "https://sangkien.example.vn/trang"}),
    "another store": ("STORAGE_URL", {"STORAGE_URL": "gs://key:s3cr3t@store/bucket"}),
    "store without a secret": ("STORAGE_URL", {"STORAGE_URL": "s3://key@store/bucket"}),
    "store without a bucket": ("STORAGE_URL", {"STORAGE_URL": "s3://key:s3cr3t@store/"}),
    "store with a folder": ("STORAGE_URL", {"STORAGE_URL": "s3://key:s3cr3t@store/bucket/folder"}),
    "store with a slash in its secret": ("STORAGE_URL", {"STORAGE_URL": "s3://key:s3cr3t/more@store/bucket"}),
    "store with another word": ("STORAGE_URL", {"STORAGE_URL": "s3://key:s3cr3t@store/bucket?acl=public-read"}),
    "store perhaps secure": ("STORAGE_URL", {"STORAGE_URL": "s3://key:s3cr3t@store/bucket?secure=perhaps"}),
    "log of an unknown form": ("LOG_FORMAT", {"LOG_FORMAT": "xml"}),
    "private files at the site's root": ("PRIVATE_FILES", {"PRIVATE_FILES": "/"}),
    "private files without a slash": ("PRIVATE_FILES", {"PRIVATE_FILES": "/kho-rieng"}),
    "pooled neither on nor off": ("DATABASE_POOLED", {"DATABASE_POOLED": "2", "DATABASE_URL": "postgres://a@b/c"}),
    "files without a whole path": ("STORAGE_URL", {"STORAGE_URL": "file://var/media"}),
}
TAKEN = {
    "nothing set": {},
    "a public site": PUBLIC,
    "a demonstration": {"CLOCK_START": "2021-04-01T08:00+07:00", "CLOCK_ORIGIN": "1617238800.5"},
    "an empty clock": {"CLOCK_START": ""},
    "switches": {"DEBUG": "Yes", "TRUST_REQUEST_START": "0"},
    "every host, with an address": PUBLIC | {"ALLOWED_HOSTS": "*", "SITE_URL": "https://sangkien.example.vn"},
    "two servers' database": {"DATABASE_URL": "postgres://a:b@one:5432,two:5433/c?target_session_attrs=read-write"},
    "a server's database": {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c"},
}


@pytest.fixture
def read(monkeypatch):
    """Read the settings file under an environment."""

    def read_under(environment):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))

    return read_under


@pytest.mark.parametrize("case", REFUSED)
def test_nonsense_is_refused_in_one_sentence_that_names_the_variable(read, case):
    variable, environment = REFUSED[case]

    with pytest.raises(ImproperlyConfigured) as refusal:
        read(environment)

    sentence = str(refusal.value)
    assert sentence.startswith(f"{variable} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not [secret for secret in (LONG_KEY[:-1], "s3cr3t") if secret in sentence]


@pytest.mark.parametrize("case", TAKEN)
def test_what_makes_sense_is_taken(read, case):
    assert read(TAKEN[case])["ROOT_URLCONF"] == "config.urls"


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        (PUBLIC, "https://sangkien.example.vn"),
        (PUBLIC | {"ALLOWED_HOSTS": "localhost,.example.vn,b.example.vn"}, "https://example.vn"),
        (PUBLIC | {"SITE_URL": "https://www.example.vn/"}, "https://www.example.vn"),
        ({"SITE_URL": "http://127.0.0.1:8103"}, "http://127.0.0.1:8103"),
    ],
)
def test_letters_call_the_site_by_its_public_name(read, environment, address):
    assert read(environment)["SITE_URL"] == address


def test_a_database_of_several_hosts_is_asked_for_the_one_that_writes(read):
    address = "postgres://a:b@one:5432,two:5433/c?target_session_attrs=read-write&connect_timeout=7"

    database = read({"DATABASE_URL": address})["DATABASES"]["default"]

    assert (database["HOST"], database["PORT"], database["NAME"]) == ("one,two", "5432,5433", "c")
    assert database["OPTIONS"]["target_session_attrs"] == "read-write"
    assert database["OPTIONS"]["connect_timeout"] == 7


def test_what_vanished_without_a_word_is_given_up_within_seconds(read):
    settings = read({"DATABASE_URL": "postgres://a:b@one/c", "CACHE_URL": "redis://cache:6379/0?socket_timeout=2"})

    database, cache = settings["DATABASES"]["default"]["OPTIONS"], settings["CACHES"]["default"]["OPTIONS"]
    assert database["connect_timeout"] == 2
    idle, more = database["keepalives_idle"], database["keepalives_interval"] * database["keepalives_count"]
    assert idle + more <= 25
    assert database["tcp_user_timeout"] < 3000
    assert (cache["socket_connect_timeout"], cache["socket_timeout"]) == (0.5, 2)


def test_a_store_is_read_from_its_address(read):
    stored = read({"STORAGE_URL": "s3://key:s3%2Fcr3t@store:9000/bucket?region=vn-1&secure=off&prefix=site/files/"})

    assert stored["STORAGES"]["default"] == {
        "BACKEND": "config.private_store.PrivateStore",
        "OPTIONS": {
            "access_key": "key",
            "secret_key": "s3/cr3t",
            "endpoint_url": "http://store:9000",
            "bucket_name": "bucket",
            "region_name": "vn-1",
            "location": "site/files",
        },
    }
    plain = read({"STORAGE_URL": "s3://key:s3cr3t@store.vn/bucket"})["STORAGES"]["default"]["OPTIONS"]
    assert (plain["endpoint_url"], plain["location"]) == ("https://store.vn", "")


def test_behind_a_pooler_no_session_is_relied_on(read, monkeypatch):
    monkeypatch.setattr("sys.argv", ["gunicorn"])
    address = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c"}

    pooled, plain = (read(address | more)["DATABASE"] for more in ({"DATABASE_POOLED": "on"}, {}))

    assert pooled["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "options" not in pooled.get("OPTIONS", {})
    assert plain["DISABLE_SERVER_SIDE_CURSORS"] is False
    assert "statement_timeout" in plain["OPTIONS"]["options"]


def test_files_are_open_to_the_front_server_only_where_it_hands_them_out(read):
    assert read({})["FILE_UPLOAD_PERMISSIONS"] == 0o600
    assert read({"PRIVATE_FILES": "/kho-rieng/"})["FILE_UPLOAD_PERMISSIONS"] == 0o640


def test_a_public_site_is_shut_tight_and_a_local_one_runs_plainly(read):
    public, local = read(PUBLIC), read({})

    for name in (
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    ):
        assert public[name] is True
        assert name not in local
    assert public["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert (public["DEBUG"], local["DEBUG"], public["CLOCK_START"]) == (False, False, None)
    assert (local["DEPLOYED"], public["DEPLOYED"]) == (False, True)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe': say on or off."),
        ({"ALLOWED_HOSTS": "sangkien.example.vn"}, "SECRET_KEY is missing: a site with a public host needs its own"),
        ({"ALLOWED_HOSTS": "localhost"}, None),
    ],
)
def test_every_command_ends_at_once_with_that_sentence(environment, sentence):
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "check", "--tag", "urls"]

    done = subprocess.run(command, env=clean | environment, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode != 0) is (sentence is not None)
    if sentence:
        assert f"ImproperlyConfigured: {sentence}" in done.stderr.strip().splitlines()[-1]
