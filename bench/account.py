"""The account of the last minute: who arrived, who is in, who is out; and how long everybody waited."""

import statistics
from datetime import UTC, datetime

from bench.senders import PUT_OFF

LONGEST_ANSWER = 30


def stored_since(begun):
    """Return {submission: (code, stamp, whether it is whole)} of what is stored since then (Unix seconds).

    Whole: its record is there, and a letter exactly when its author gave an address.
    """
    from initiatives.models import Initiative  # noqa: PLC0415 (Django is set up by now)
    from outbox.models import Message  # noqa: PLC0415
    from record.models import Event  # noqa: PLC0415

    rows = Initiative.objects.filter(stored_at__gte=datetime.fromtimestamp(begun, UTC))
    on_record = set(Event.objects.filter(subject_kind="initiative", deed="sent").values_list("subject_id", flat=True))
    written = set(Message.objects.filter(kind="private_link").values_list("about", flat=True))
    return {
        str(row.submission_id): (
            row.code,
            round(row.arrived_at.timestamp(), 6),
            row.pk in on_record and (row.code in written) == bool(row.email),
        )
        for row in rows
    }


def account(sendings, rows, closes_at):
    """Return (the lines of the account, what does not agree), from Sendings, what `stored_since` found, and closing."""
    sent = {one.submission_id: one for one in sendings if one.right_stamps}
    in_time = {key for key, one in sent.items() if min(one.right_stamps) < closes_at}
    late = sent.keys() - in_time
    receipts = {key for key, one in sent.items() if one.outcome == "receipt"}
    left = {key for key, one in sent.items() if one.outcome == "left"}
    refused = {key for key, one in sent.items() if one.outcome == "refused as late"}
    mistaken = {
        key
        for key, (code, stamp, is_whole) in rows.items()
        if key in sent
        and (
            code != (sent[key].code or code)
            or stamp not in sent[key].right_stamps
            or stamp >= closes_at
            or not is_whole
        )
    }
    wrong = [
        *(f"in time, without receipt: {key} {sent[key].outcome}" for key in in_time - receipts - left),
        *(f"in time, not stored: {key}" for key in in_time - rows.keys()),
        *(f"late, not refused: {key} {sent[key].outcome}" for key in late - refused),
        *(f"stored, though late or never sent: {key}" for key in rows.keys() - in_time),
        *(f"stored with another code or stamp, or without record or letter: {key}" for key in mistaken),
        *(f"broken: {one.submission_id}" for one in sendings if one.outcome == "broken"),
    ]
    closed = [one.begun < closes_at for one in sendings if one.outcome == "form too late"]
    lines = [
        "| arrived | in time | receipts | told that it is kept, left | rows | late | refused |",
        "|---|---|---|---|---|---|---|",
        "| " + " | ".join(str(len(some)) for some in (sent, in_time, receipts, left, rows, late, refused)) + " |",
        "",
        f"Of {len(sendings)} who came to send, {len(closed)} asked for the form and found the campaign closed: "
        f"{sum(closed)} of them had asked before closing.",
    ]
    return lines, wrong


def faults(crowd):
    """Return what must not happen to anybody: a 5xx, a broken connection, too long a wait for an answer."""
    failed = [f"{answer.what}: {answer.status}" for answer in crowd.all if answer.status >= 500]
    slow = [f"{answer.what}: {answer.seconds:.1f} s" for answer in crowd.all if answer.seconds > LONGEST_ANSWER]
    return [*crowd.broken, *failed, *slow]


def spread(seconds):
    """Return median, 99th hundredth and longest of some times, as cells of a table."""
    if not seconds:
        return "– | – | –"
    cut = statistics.quantiles(seconds, n=100, method="inclusive")[98] if len(seconds) > 1 else seconds[0]
    return f"{statistics.median(seconds):.2f} | {cut:.2f} | {max(seconds):.2f}"


def times(crowd, sendings):
    """Yield the table of how long people waited, in seconds, and what they were answered."""
    yield "| seconds until | median | p99 | longest | answers |"
    yield "|---|---|---|---|---|"
    first = [one.answered for one in sendings if one.answered is not None]
    known = [one.known for one in sendings if one.known is not None]
    receipt = [one.receipt for one in sendings if one.receipt is not None]
    yield f"| first answer to a form that was sent | {spread(first)} | {len(first)} |"
    yield f"| page that says that it is in | {spread(known)} | {len(known)} |"
    yield f"| receipt, from the form that was taken | {spread(receipt)} | {len(receipt)} |"
    for what, statuses in sorted(crowd.statuses().items()):
        counted = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items(), key=str))
        yield f"| an answer: {what} | {spread([a.seconds for a in crowd.all if a.what == what])} | {counted} |"


def by_stretch(crowd, begun, closes_at, stretch=5):
    """Yield the table of the run, some seconds a row."""
    yield "| second | forms sent a second | answered after: median | longest | put off | kept |"
    yield "|---|---|---|---|---|---|"
    last = max(a.stamp for a in crowd.all if a.what == "send")
    for start in range(0, int(last - begun) + 1, stretch):
        here = [a for a in crowd.all if start <= a.stamp - begun < start + stretch]
        sent = [a.seconds for a in here if a.what == "send"] or [0]
        put_off = sum(a.status == PUT_OFF for a in here)
        kept = sum(a.what == "send" and "/da-den/" in a.headers.get("location", "") for a in here)
        closing = ", closes" if start <= closes_at - begun < start + stretch else ""
        rate = sum(a.what == "send" for a in here) / stretch
        cells = f"{rate:.1f} | {statistics.median(sent):.2f} | {max(sent):.2f} | {put_off} | {kept}"
        yield f"| {start}{closing} | {cells} |"
