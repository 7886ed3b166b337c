"""Reading the environment: a value that makes no sense stops the site with one sentence that names the variable."""

from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
STORES = "write file:///a/folder or s3://KEY:SECRET@host/bucket?region=…&prefix=…&secure=on."


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


# A PostgreSQL server that does not answer is given up after 2 s, a network that takes nothing more after 2.5 s: then
# the page that says "busy" comes instead of nothing. That a server is gone while it was asked shows in 25 s.
PATIENCE = {
    "connect_timeout": 2,
    "tcp_user_timeout": 2500,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
# A cache that does not answer is done without after half a second.
CACHE_PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def database(name, default):
    """Return Django's settings of a database address; what the address says itself (`?connect_timeout=5`) holds."""
    settings = env.db_url(name, default=default)
    if "ENGINE" not in settings:
        raise ValueError("it names no kind of database")
    if settings["ENGINE"].endswith("postgresql"):
        settings["OPTIONS"] = PATIENCE | settings.get("OPTIONS", {})
    return settings


def cache(name, default):
    """Return Django's settings of a cache address."""
    settings = env.cache_url(name, default=default)
    if settings["BACKEND"].endswith("RedisCache"):
        settings["OPTIONS"] = CACHE_PATIENCE | settings.get("OPTIONS", {})
    return settings


def storage(name, default):
    """Return Django's settings of the store that a file:// or s3:// address names, and its folder ("" for s3).

    s3://KEY:SECRET@host[:port]/bucket?region=…&prefix=…&secure=off; what is special in a part is percent-encoded.
    No sentence of a refusal quotes the address: it holds a secret.
    """
    address = env.str(name, default=f"file://{default}")
    if address.startswith("file:///"):
        folder = Path(address.removeprefix("file://"))
        return {"BACKEND": "config.durable_files.DurableFiles"}, folder
    if not address.startswith("s3://"):
        raise ValueError("it names neither a whole path nor a store")
    return {"BACKEND": "config.private_store.PrivateStore", "OPTIONS": s3_options(address)}, ""


def s3_options(address):
    """Return the options of django-storages for an s3:// address; raise ValueError for one that is incomplete."""
    try:
        parts = urlsplit(address)
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    except ValueError:  # its own words would quote a secret with a slash as the port
        raise ValueError("its host or port cannot be told: percent-encode the key and the secret") from None
    more = dict(parse_qsl(parts.query, keep_blank_values=True))
    bucket = parts.path.strip("/")
    if not (host and parts.username and parts.password and bucket) or "/" in bucket or parts.fragment:
        raise ValueError("it lacks a key, a secret, a host or one bucket")
    if set(more) - {"region", "prefix", "secure"} or more.get("secure", "on") not in {"on", "off"}:
        raise ValueError("behind ? there may be region, prefix, and secure=on or secure=off")
    scheme = "http" if more.get("secure") == "off" else "https"
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"{scheme}://{host}",
        "bucket_name": bucket,
        "region_name": more.get("region", "us-east-1"),
        "location": more.get("prefix", "").strip("/"),
    }


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
