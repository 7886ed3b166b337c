"""Fill the index of prints for very many initiatives at once: what a walk of `manage.py find_copies` begins with.

Prints are reckoned by as many processes as there are processors and stored in large blocks. Pairs are not looked for
here: the signatures say UNPAIRED, so `sign_missed` comes by each once more, finds its prints there, and looks.
"""

from django.db import transaction
from django.db.models import Max, Min

from config.filling import by_processes, columns_of, fill, made_ready
from initiatives.copies import METHOD, Words
from initiatives.copies_index import OF_TEXT, digest_of, locked_sweep, packed, text_of
from initiatives.copies_models import Fingerprint, Signature
from initiatives.models import Initiative

FILLED_TOGETHER = 5000
# From so many unsigned initiatives on other processes are worth starting.
MANY = 20_000


def fill_prints(*, told=lambda key, last, filled: None):
    """Store the prints of all initiatives that were never signed; stopped at any moment, the next call goes on.

    `told` is called after each block with the key reached, the last key, and how many were stored.
    """
    ends = Initiative.objects.filter(signature=None).aggregate(first=Min("pk"), last=Max("pk"))
    first, last, filled = ends["first"] or 1, ends["last"] or 0, 0
    for reached, rows in reckoned(first, last):
        filled += store(rows)
        told(reached, last, filled)
    return filled


def unsigned(first, last):
    return Initiative.objects.filter(pk__gt=first, pk__lte=last, signature=None).order_by("pk")


def reckoned(first, last):
    """Yield (the key reached, [(key, digest, runs, prints)]) from the first key to the last."""
    texts = (
        (
            min(start + FILLED_TOGETHER, last),
            [(row.pk, text_of(row)) for row in unsigned(start, start + FILLED_TOGETHER).only(*OF_TEXT)],
        )
        for start in range(first - 1, last, FILLED_TOGETHER)
    )
    if last - first < MANY:
        yield from ((reached, signed(rows)) for reached, rows in texts)
        return
    yield from by_processes(signed, ((reached, (rows,)) for reached, rows in texts))


def signed(rows):
    """Return [(key, digest, runs as they are kept, prints)] for [(key, text)]."""
    ready = ((key, Words(text)) for key, text in rows)
    return [(key, digest_of(words), packed(words.runs), words.prints) for key, words in ready]


@transaction.atomic
def store(rows):
    """Store what was reckoned of those initiatives that nobody has signed meanwhile; return of how many."""
    locked_sweep()
    keys = [key for key, *_ in rows]
    there = set(Signature.objects.filter(pk__in=keys).values_list("pk", flat=True))
    rows = [row for row in rows if row[0] not in there]
    signatures = [
        Signature(pk=key, version=Signature.UNPAIRED, method=METHOD, digest=digest, runs=runs)
        for key, digest, runs, _ in rows
    ]
    # In the order of the index: neighbours go to the same page.
    prints = sorted((number, key) for key, *_, prints in rows for number in prints)
    fingerprints = [Fingerprint(number=number, initiative_id=key) for number, key in prints]
    for model, new in ((Signature, signatures), (Fingerprint, fingerprints)):
        fields = columns_of(model)
        fill(model, fields, made_ready(new, fields))
    return len(rows)
