"""Nonsense in the environment stops the site at once, with one sentence that names the variable."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

LONG_KEY = "k" * 50
PUBLIC = {"ALLOWED_HOSTS": "sangkien.example.vn", "SECRET_KEY": LONG_KEY}
OURS = [
    "ALLOWED_HOSTS", "CACHE_URL", "CLOCK_ORIGIN", "CLOCK_START", "DATABASE_URL", "DEBUG", "EMAIL_URL", "SECRET_KEY",
    "STORAGE_URL", "TRUST_REQUEST_START",
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
    "another store": ("STORAGE_URL", {"STORAGE_URL": "s3://key:secret@store/bucket"}),
    "files without a whole path": ("STORAGE_URL", {"STORAGE_URL": "file://var/media"}),
}
TAKEN = {
    "nothing set": {},
    "a public site": PUBLIC,
    "a demonstration": {"CLOCK_START": "2021-04-01T08:00+07:00", "CLOCK_ORIGIN": "1617238800.5"},
    "an empty clock": {"CLOCK_START": ""},
    "switches": {"DEBUG": "Yes", "TRUST_REQUEST_START": "0"},
    "a server's database": {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c"},
}


@pytest.fixture(scope="module")
def checked():
    """{case: (exit code, last line of what it says)} of `manage.py check` under each environment."""
    cases = {name: environment for name, (_, environment) in REFUSED.items()} | TAKEN
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(cases, pool.map(check, cases.values()), strict=True))


def check(environment):
    """Only the settings are looked at: nothing is connected to and nothing but `manage.py check` is run."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, settings.BASE_DIR / "manage.py", "check", "--tag", "urls"]
    done = subprocess.run(command, env=clean | environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, (done.stderr.strip() or "nothing").splitlines()[-1]


@pytest.mark.parametrize("case", REFUSED)
def test_nonsense_is_refused_in_one_sentence_that_names_the_variable(checked, case):
    variable, _ = REFUSED[case]
    code, sentence = checked[case]

    assert code != 0
    assert sentence.startswith(f"django.core.exceptions.ImproperlyConfigured: {variable} ")
    assert sentence.endswith(".")


def test_no_sentence_tells_a_secret(checked):
    assert not [sentence for _, sentence in checked.values() if LONG_KEY[:-1] in sentence or "secret@" in sentence]


@pytest.mark.parametrize("case", TAKEN)
def test_what_makes_sense_is_taken(checked, case):
    assert checked[case][0] == 0, checked[case]
