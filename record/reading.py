"""Say in words what an event changed: what each value is called, what it was before, what after.

A field says its own name and its choices; what is on the record under another name has its words as `FACTS` in the
`facts.py` of the app that writes it: {name: (words, choices or None)}.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware, localtime

from config.declared import declared

NOTHING = "(trống)"
# Digests are for machines; who checks them reads the events themselves.
UNSAID = {"sha256", "content"}
# What stands for choices where a value is the number of a row.
KEY = ()


@dataclass(frozen=True)
class Change:
    """One value: what it is called, and how it read before and after; "" where the event does not say."""

    label: str
    before: str
    after: str


def changes_of(event):
    """Return the Changes that an event tells; personal values are kept apart and stay there."""
    names = {**event.before, **event.after}
    return [
        Change(label_of(event.subject_kind, name), *(shown(event, side, name) for side in (event.before, event.after)))
        for name in names
        if name not in UNSAID and event.before.get(name, NOTHING) != event.after.get(name, NOTHING)
    ]


def shown(event, side, name):
    return value_of(event.subject_kind, name, side[name]) if name in side else ""


@cache
def facts():
    return {name: words for each in declared("facts", "FACTS") for name, words in each.items()}


@cache
def model_named(kind):
    return next((model for model in apps.get_models() if model._meta.model_name == kind), None)


def field_named(kind, name):
    """Return the field of this kind of subject that the record calls so, or None."""
    try:
        field = model_named(kind)._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return None
    return field if field.concrete else None


def label_of(kind, name):
    """Return what a value is called; the name itself where nobody says."""
    if field := field_named(kind, name):
        return str(field.verbose_name)
    return facts()[name][0] if name in facts() else name


def value_of(kind, name, value):
    """Return a value of the record as people write it."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_of(kind, name, item) for item in value)
    field = field_named(kind, name)
    choices = dict(field.flatchoices) if field else dict(facts().get(name, ("", None))[1] or [])
    if value in choices:
        return str(choices[value])
    return shown_moment(value) if isinstance(value, str) else f"số {value}" if is_key(field, name) else str(value)


def is_key(field, name):
    return bool(field and field.is_relation) or (field is None and name in facts() and facts()[name][1] is KEY)


def shown_moment(text):
    """Return a moment or a day as people write it; any other text as it is."""
    try:
        found = parse_datetime(text) if "T" in text else parse_date(text)
    except ValueError:
        found = None
    if isinstance(found, datetime):
        return f"{localtime(found) if is_aware(found) else found:%H:%M:%S %d/%m/%Y}"
    return f"{found:%d/%m/%Y}" if isinstance(found, date) else text
