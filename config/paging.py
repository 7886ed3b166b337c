"""Numbers that come with a request: the key of a page of a list, the version of a row that a page showed.

Lists are paged by key, not by number: page 10,000 costs what page 1 costs.
"""

from dataclasses import dataclass, replace

from config.looking import LONG_WALK, Sought
from config.text import dotted

PAGE_SIZE = 50


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by one field and the key, or by the key alone; and what the ways back and on are called."""

    back: str
    on: str
    by: str = ""
    falls: bool = False

    @property
    def column(self):
        return self.by or "pk"

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

    def beyond(self, rows, row, *, backwards=False):
        """Return the rows behind `row`; all of them, sorted, where it is None."""
        return self.sort(rows, backwards=backwards) if row is None else self.behind(rows, row, backwards=backwards)

    def up_to(self, rows, key, value, *, backwards=False):
        """Return the rows up to and with the one that has this key and this value in the order's column."""
        within, beyond = ("gte", "lt") if self.falls != backwards else ("lte", "gt")
        rows = rows.filter(**{f"{self.column}__{within}": value})
        return rows.exclude(**{self.by: value, f"pk__{beyond}": key}) if self.by else rows


NEWEST = Order(back="← Mới hơn", on="Cũ hơn →", falls=True)


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the keys that lead on and back (`None` where there is no such page).

    `is_cut`: the look for rows that fit stopped before the page was full; the key leads on from there.
    """

    rows: list
    older: int | None
    newer: int | None
    order: Order = NEWEST
    is_cut: bool = False

    @property
    def looked_at(self):
        """How many rows a look that was cut has seen, in words."""
        return dotted(LONG_WALK)


def page_of(listed, parameters, size=PAGE_SIZE, *, order=NEWEST, among=None):
    """Return the Page of `listed` behind the row of `?truoc=<id>`, or before the one of `?sau=<id>`.

    `listed` is a queryset, or a Sought where millions of rows are narrowed by filters that few may fit.
    Where the order goes by more than the key, that row is looked up `among` those that this person may see.
    """
    sought = listed if isinstance(listed, Sought) else Sought(listed, listed)
    before, after = (row_at(parameters.get(name), sought.rows, order, among) for name in ("truoc", "sau"))
    start, backwards = (before, False) if after is None else (after, True)
    rows, stop = sought.first(order, size + 1, behind=start, backwards=backwards)
    goes_on, rows = len(rows) > size, rows[:size]
    farthest = stop or (rows[-1].pk if goes_on else None)
    nearest = start and (rows[0].pk if rows else stop and start.pk)
    if stop:
        order = replace(order, **({"back": "← Tìm tiếp"} if backwards else {"on": "Tìm tiếp →"}))
    if backwards:
        return Page(rows[::-1], older=nearest, newer=farthest, order=order, is_cut=stop is not None)
    return Page(rows, older=farthest, newer=nearest, order=order, is_cut=stop is not None)


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
