"""Numbers that come with a request: the key of a page of a list, the version of a row that a page showed.

Lists are paged by key, not by number: page 10,000 costs what page 1 costs.
"""

from dataclasses import dataclass

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Rows of one page, newest first, and the keys that lead on (`None` where there is no such page)."""

    rows: list
    older: int | None
    newer: int | None


def page_of(queryset, parameters, size=PAGE_SIZE):
    """Return the Page of `queryset` asked for by `?truoc=<id>` (older than it) or `?sau=<id>` (newer than it)."""
    before, after = (key_in(parameters.get(name)) for name in ("truoc", "sau"))
    if after is not None:
        rows = list(queryset.filter(pk__gt=after).order_by("pk")[: size + 1])
        has_newer, has_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        rows = list((queryset.filter(pk__lt=before) if before is not None else queryset).order_by("-pk")[: size + 1])
        has_newer, has_older = before is not None, len(rows) > size
        rows = rows[:size]
    return Page(
        rows=rows,
        older=rows[-1].pk if rows and has_older else None,
        newer=rows[0].pk if rows and has_newer else None,
    )


def version_in(request):
    """Return the version of the row that a posted page showed; 0, which no row has, for nonsense."""
    return key_in(request.POST.get("version")) or 0


def key_in(text):
    """Return a positive key from a parameter, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
