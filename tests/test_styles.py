"""The styles are light, and none that a page uses is left out of the built Bootstrap."""

import re
from pathlib import Path

import brotli
import crispy_bootstrap5
import pytest
from django.conf import settings

pytestmark = pytest.mark.once

STATIC = settings.BASE_DIR / "static"
BUILT = STATIC / "vendor" / "bootstrap" / "bootstrap.min.css"
OURS = [path for path in (STATIC / "css").glob("*.css") if path.name != "admin.css"]
HEAVIEST_PAGE = [BUILT, STATIC / "css" / "site.css", STATIC / "css" / "staff.css"]
BOOTSTRAP = set((settings.BASE_DIR / "styles" / "classes.txt").read_text().split())
CRISPY = Path(crispy_bootstrap5.__file__).parent / "templates"
# What `{{ form|crispy }}` and `{{ field|as_crispy_field }}` render.
CRISPY_USED = ["uni_form", "errors", "field"]
MADE_OF_PARTS = {"alert-success", "alert-info", "alert-warning", "alert-danger"}  # alert-{{ message.level_tag }}
MOST_BYTES = 10_000


def used_in(template):
    """Return the words of all class attributes, whatever the template's conditions say."""
    attributes = re.findall(r'\bclass="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', template)
    return set(re.sub(r"\{[%{].*?[%}]\}", " ", " ".join(attributes)).split())


def set_by(script):
    return {word for line in re.findall(r"class(?:List|Name)\b.*", script) for word in re.findall(r"[a-z][\w-]+", line)}


def styled(paths):
    return {word for path in paths for word in re.findall(r"\.([a-z][\w-]*)", path.read_text())}


def crispy_template(name):
    own = settings.BASE_DIR / "templates" / "bootstrap5" / f"{name}.html"
    return own if own.exists() else CRISPY / "bootstrap5" / f"{name}.html"


def test_every_class_of_bootstrap_that_a_page_uses_is_in_the_built_file():
    templates = [path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "admin" not in path.parts]
    templates += [crispy_template(name) for name in CRISPY_USED]
    used = MADE_OF_PARTS.union(*(used_in(path.read_text()) for path in templates))
    used = used.union(*(set_by(path.read_text()) for path in STATIC.glob("js/*.js")))

    assert {"btn", "alert-danger", "form-control", "mb-3"} <= used & BOOTSTRAP, "the search finds nothing any more"
    assert (used & BOOTSTRAP) - styled([BUILT, *OURS]) == set(), "add it to styles/bootstrap.scss, then `make styles`"


def test_the_styles_of_a_page_are_light_over_the_wire():
    sizes = {path.name: len(brotli.compress(path.read_bytes())) for path in HEAVIEST_PAGE}

    assert sum(sizes.values()) <= MOST_BYTES, sizes
