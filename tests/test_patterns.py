"""No pattern of ours takes more than a moment for 30,000 hostile letters: one that tries again from everywhere would
take minutes, one with repetition in repetition years."""

import os
import re
import resource
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
# Seconds of computing for all together; each one alone takes a hundredth of that.
SECONDS = 60


def tried(*command):
    """Run Python in the site's folder with so much computing and no more; returns how it ended."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_pattern_ends_soon_whatever_is_typed():
    done = tried("-m", "tests.patterns")

    assert done.returncode == 0, f"it did not get past this one: {done.stdout.splitlines()[-1:]} {done.stderr[-500:]}"
    assert int(re.search(r"(\d+) patterns", done.stdout)[1]) > 40


def test_a_careless_pattern_would_be_noticed():
    code = "import re; re.compile('(a+)+b').search('a' * 100_000)"

    assert tried("-c", f"import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1)); {code}").returncode != 0
