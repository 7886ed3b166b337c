"""Reading the environment: a value that makes no sense stops the site with one sentence that names the variable."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def on_or_off(name, default):
    """Return the boolean of an environment variable; anything but a clear yes or no is refused."""
    text = env.str(name, default="on" if default else "off").strip().lower()
    if text in {"1", "true", "on", "yes"}:
        return True
    if text in {"0", "false", "off", "no", ""}:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}: say on or off.")


def one_of(name, *choices):
    """Return the choice that an environment variable names; the first where it is not set."""
    text = env.str(name, default=choices[0]).strip().lower() or choices[0]
    if text not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}: say {' or '.join(choices)}.")
    return text


def parsed(name, parse, help_text, **more):
    """Return `parse(name, **more)`; whatever goes wrong becomes one sentence that names the variable."""
    try:
        return parse(name, **more)
    except Exception as error:  # each kind of value fails in its own way; all are the same answer
        if str(error).startswith(name):
            raise
        raise ImproperlyConfigured(f"{name} cannot be read ({error}): {help_text}") from error


def aware_moment(name, default=""):
    """Return the datetime with zone of an ISO text, or None when it is empty."""
    text = env.str(name, default=default)
    moment = datetime.fromisoformat(text) if text else None
    if moment and moment.tzinfo is None:
        raise ImproperlyConfigured(f"{name} has no time zone: write it like 2021-04-01T08:00+07:00.")
    return moment


def database(name, default):
    """Return Django's settings of a database address."""
    settings = env.db_url(name, default=default)
    if "ENGINE" not in settings:
        raise ValueError("it names no kind of database")
    return settings


def folder(name, default):
    """Return the folder that a file:// address names."""
    address = env.str(name, default=f"file://{default}")
    if not address.startswith("file:///"):
        raise ImproperlyConfigured(f"{name} must be file:///a/folder: no other store is supported yet.")
    return Path(address.removeprefix("file://"))


def inside_address(name):
    """Return a path of this site that begins and ends with a slash, or nothing."""
    path = env.str(name, default="")
    if path and (path.strip("/") == "" or not path.startswith("/") or not path.endswith("/")):
        raise ValueError("it has no slash at both ends")
    return path


def site_address(name, hosts):
    """Return the site's address as scheme and host, https://sangkien.example.vn; from its public hosts if not given."""
    default = f"https://{hosts[0].lstrip('.')}" if hosts else "http://127.0.0.1:8000"
    address = urlsplit(env.str(name, default=default))
    if address.scheme not in {"http", "https"} or not address.hostname or "*" in address.netloc:
        raise ValueError("it is no address")
    if address.path.strip("/") or address.query or address.fragment or address.username:
        raise ValueError("it has more than scheme and host")
    return f"{address.scheme}://{address.netloc}"
