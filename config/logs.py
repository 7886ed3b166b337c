"""What the log says, in lines for people or as JSON (`LOG_FORMAT`): nothing of a person, and the number of the request.

An address of ours can hold a secret, and what a database says of a refused row holds the row. Neither gets into a line.
"""

import json
import logging
import time
import traceback
from contextvars import ContextVar

from config.environment import one_of

LINE, JSON = "line", "json"
# The number of the request that is being served; empty outside requests.
NUMBER = ContextVar("number", default="")
# What addresses name that is no secret and no person's; see `path_of`.
PLAIN_NAMES = {
    "campaign_slug", "top_code", "union_code", "slug", "picture_slug", "pk", "object_id", "number", "place", "version",
    "plan_pk", "letter_pk", "entry_pk", "award_pk", "member_pk", "meeting_pk", "honour_pk", "archive_pk", "seat_pk",
    "kind", "which", "deed", "verdict", "condition", "other", "key", "app_label",
}  # fmt: skip
# What LogRecord has of itself, and what Django adds that is an object of a program.
OF_EVERY_RECORD = {*vars(logging.makeLogRecord({})), "message", "asctime", "request", "server_time", "request_number"}


def path_of(request):
    """Return a request's path without its query; the pattern of its route where the path may hold a secret or a code.

    What no route fits may be a secret link that was cut off: of that nothing is told.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "-"
    return request.path if PLAIN_NAMES.issuperset(match.kwargs) else f"/{match.route}"


def log_settings():
    """Return Django's LOGGING, its lines as LOG_FORMAT wants them; each request has one in JSON only."""
    kind = one_of("LOG_FORMAT", LINE, JSON)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "config.logs.Discreet"}},
        "formatters": {
            LINE: {
                "()": "config.logs.LineFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s [%(request_number)s] %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            },
            JSON: {"()": "config.logs.JsonFormatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": kind, "filters": ["discreet"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "security": {"level": "INFO"},
            "django-q": {"level": "WARNING", "handlers": ["console"], "propagate": False},
            "requests": {"level": "INFO" if kind == JSON else "WARNING"},
            **{name: {"level": "ERROR"} for name in ("axes", "django.request")},  # of the rush, too
        },
    }


class Discreet(logging.Filter):
    """Name the request in each line, and put its route where Django would write its path."""

    def filter(self, record):
        record.request_number = NUMBER.get() or "-"
        request = getattr(record, "request", None)
        if path := getattr(request, "path", None):
            record.args = tuple(path_of(request) if part == path else part for part in record.args or ())
        return True


def traced(error):
    """Return the traceback of an error and of what led to it; of each error's words the first line only.

    PostgreSQL writes the values of a refused row into the lines below.
    """
    parts = []
    while error is not None:
        words = str(error).partition("\n")[0]
        parts.append("".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__qualname__}: {words}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n-- which came from --\n".join(parts)


class LineFormatter(logging.Formatter):
    def formatException(self, exc_info):
        return traced(exc_info[1])


class JsonFormatter(LineFormatter):
    """One JSON object a line: time (UTC), level, logger, message, request, and what the caller gave as `extra`."""

    default_time_format, default_msec_format = "%Y-%m-%dT%H:%M:%S", "%s.%03dZ"

    @staticmethod
    def converter(seconds):
        return time.gmtime(seconds)

    def format(self, record):
        said = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": record.request_number,
            **{name: value for name, value in vars(record).items() if name not in OF_EVERY_RECORD},
        }
        if record.exc_info and record.exc_info[1]:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)
