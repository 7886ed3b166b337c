"""The yardstick of `make bench` is fair: a bare Django project with the site's middleware, less the site's own."""

import ast

from django.conf import settings

from initiatives.forms import InitiativeForm

OURS = ("config.", "accounts.")
# What of the site's own stands where Django's stands on the floor.
IN_PLACE_OF = {
    "config.headers.HeadersMiddleware": "csp.middleware.CSPMiddleware",
    "config.compression.CompressedPagesMiddleware": "django.middleware.gzip.GZipMiddleware",
    "accounts.middleware.SignInMiddleware": "django.contrib.auth.middleware.LoginRequiredMiddleware",
}


def floor_setting(name):
    module = ast.parse((settings.BASE_DIR / "bench/floor/settings.py").read_text())
    (value,) = [node.value for node in module.body if isinstance(node, ast.Assign) and node.targets[0].id == name]
    return ast.literal_eval(value)


def test_the_floor_has_the_sites_middleware_less_the_sites_own():
    source = ast.parse((settings.BASE_DIR / "config/settings.py").read_text())
    (site,) = [
        ast.literal_eval(node.value)
        for node in source.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MIDDLEWARE"
    ]
    shared = [IN_PLACE_OF.get(name, name) for name in site]

    assert floor_setting("MIDDLEWARE") == [name for name in shared if not name.startswith(OURS)]


def test_the_floors_form_has_as_many_fields_as_the_sites():
    module = ast.parse((settings.BASE_DIR / "bench/floor/models.py").read_text())
    (entry,) = [node for node in module.body if isinstance(node, ast.ClassDef)]
    fields = {node.targets[0].id for node in entry.body if isinstance(node, ast.Assign)}

    assert fields - {"secret", "sent_at"} == set(InitiativeForm.base_fields)
