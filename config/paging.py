"""Numbers that come with a request: the key of a page of a list, the version of a row that a page showed.

Lists are paged by key, not by number: page 10,000 costs what page 1 costs.
"""

from dataclasses import dataclass

PAGE_SIZE = 50


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by one field and the key, or by the key alone; and what the ways back and on are called."""

    back: str
    on: str
    by: str = ""
    falls: bool = False

    def sort(self, rows, *, backwards=False):
        sign = "-" if self.falls != backwards else ""
        return rows.order_by(*(f"{sign}{name}" for name in (self.by, "pk") if name))

    def behind(self, rows, row, *, backwards=False):
        """Return the rows that come behind `row` (backwards: before it), the nearest first."""
        beyond, not_beyond = ("lt", "gt") if self.falls != backwards else ("gt", "lt")
        if self.by:
            value = getattr(row, self.by)
            rows = rows.filter(**{f"{self.by}__{beyond}e": value})
            rows = rows.exclude(**{self.by: value, f"pk__{not_beyond}e": row.pk})
        else:
            rows = rows.filter(**{f"pk__{beyond}": row.pk})
        return self.sort(rows, backwards=backwards)


NEWEST = Order(back="← Mới hơn", on="Cũ hơn →", falls=True)


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the keys that lead on and back (`None` where there is no such page)."""

    rows: list
    older: int | None
    newer: int | None
    order: Order = NEWEST


def page_of(queryset, parameters, size=PAGE_SIZE, *, order=NEWEST, among=None):
    """Return the Page of `queryset` behind the row of `?truoc=<id>`, or before the one of `?sau=<id>`.

    Where the order goes by more than the key, that row is looked up `among` those that this person may see.
    """
    before, after = (row_at(parameters.get(name), queryset, order, among) for name in ("truoc", "sau"))
    if after is not None:
        rows = list(order.behind(queryset, after, backwards=True)[: size + 1])
        has_newer, has_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        rows = order.sort(queryset) if before is None else order.behind(queryset, before)
        rows = list(rows[: size + 1])
        has_newer, has_older = before is not None, len(rows) > size
        rows = rows[:size]
    return Page(
        rows=rows,
        older=rows[-1].pk if rows and has_older else None,
        newer=rows[0].pk if rows and has_newer else None,
        order=order,
    )


def row_at(text, queryset, order, among):
    """Return the row with this key, as far as `order` asks for it; None where there is none."""
    key = key_in(text)
    if key is None or not order.by:
        return queryset.model(pk=key) if key else None
    return (queryset if among is None else among).only(order.by).order_by().filter(pk=key).first()


def version_in(request):
    """Return the version of the row that a posted page showed; 0, which no row has, for nonsense."""
    return key_in(request.POST.get("version")) or 0


def key_in(text):
    """Return a positive key from a parameter, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
