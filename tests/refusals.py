"""How tests say "this is refused": by a deed with its code, by the database with the rule's name."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction

from config import triggers


def codes_of(refusal):
    """Return the codes of a ValidationError, in order."""
    return [error.code for error in refusal.error_list]


@contextmanager
def refused(*codes):
    """The deed within is refused for exactly these reasons."""
    with pytest.raises(ValidationError) as refusal:
        yield refusal
    assert codes_of(refusal.value) == list(codes)
    assert all(message.strip() for message in refusal.value.messages)


@contextmanager
def database_refuses(*words):
    """The database refuses the write within, and says one of these words; the transaction around goes on."""
    with pytest.raises((IntegrityError, DataError)) as refusal, transaction.atomic():
        yield
    assert any(word in str(refusal.value) for word in words), f"{refusal.value} says none of {words}"


def drop_triggers():
    """Take down every rule that config.triggers put up, on either database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
        for refusal in triggers.declared():
            on = f" ON {refusal.table}" if connection.vendor == "postgresql" else ""
            for name in (refusal.name, f"{refusal.name}_truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def without_triggers():
    """Somebody with the database's own password at work: no trigger stands in the way."""
    drop_triggers()
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.put_up()
