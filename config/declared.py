"""What each app says in a module of one name, `triggers.py` in their manner: lists that the apps below may ask for."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def declared(module, name):
    """Return everything that the apps list under `name` in their module of this name, in the order of the apps."""
    modules = [f"{app.name}.{module}" for app in apps.get_app_configs()]
    found = (import_module(path) for path in modules if find_spec(path))
    return [item for each in found for item in getattr(each, name, [])]
