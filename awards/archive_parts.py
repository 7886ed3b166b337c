"""What stands in the archive of a plan, part by part: names, and pieces of bytes made while they are written."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.template.loader import render_to_string

from awards.limits import READ_AT_ONCE
from awards.models import Award, Honour
from awards.plan_timeline import events_about, steps_of_plan, subjects_of
from awards.selection_state import publication_of
from config import clock
from dossiers.forgetting import shown_rows
from dossiers.models import Dossier, DossierEntry, Filing
from record.models import Event, Seal
from record.verifying import broken_contents, broken_links, by_chain

EVENT_FIELDS = (
    "subject_kind", "subject_id", "number", "at", "by_id", "by_name", "deed", "before", "after", "reason",
    "personal_digest", "previous_digest", "digest",
)  # fmt: skip


def parts_of(plan, *, with_files):
    """Yield (name, pieces) of all that the archive holds."""
    yield "doc-truoc.txt", [render_to_string("awards/archive/read_me.txt", {"plan": plan, "at": clock.now()}).encode()]
    yield "dong-thoi-gian.html", timeline(plan)
    yield "su-kien.jsonl", events_as_lines(plan)
    yield "cong-bo.json", [as_json(published(plan))]
    for filing in filings_of(plan):
        name = filing.receipt_number
        yield f"ho-so/{name}.json", [as_json(filed(filing))]
        if with_files:
            yield f"tep/{name}/{filing.table_name}", read(filing.table)
            for file in filing.letter.files.all():
                yield f"tep/{name}/{file.download_name}", read(file.file)
    yield "kiem-tra.txt", [report(plan, files=with_files).encode()]


def as_json(value):
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def read(file):
    with file.open("rb") as stored:
        yield from stored.chunks()


# --- The record -------------------------------------------------------------------------------------


def timeline(plan):
    """Yield the plan's timeline as a page that is read without the site."""
    yield render_to_string("awards/archive/timeline_head.html", {"plan": plan}).encode()
    events = events_about(plan)
    chunk = list(events[:READ_AT_ONCE])
    while chunk:
        yield render_to_string("awards/archive/timeline_rows.html", {"steps": steps_of_plan(plan, chunk)}).encode()
        chunk = list(events.filter(pk__gt=chunk[-1].pk)[:READ_AT_ONCE])
    yield b"</tbody></table></body></html>\n"


def chains_of(plan):
    """Yield querysets of the events that belong to a plan, one for each kind of subject.

    Of a dossier: from its first filing on, what was prepared before is the union's own affair.
    """
    yield Event.objects.filter(subject_kind="plan", subject_id=plan.pk)
    for kind, subjects in subjects_of(plan).items():
        if kind != "dossier":
            yield Event.objects.filter(subject_kind=kind, subject_id__in=list(subjects))
    entered = DossierEntry.objects.filter(plan=plan, dossier__in=filed_dossiers(plan))
    yield Event.objects.filter(
        subject_kind="initiative", subject_id__in=list(entered.values_list("initiative", flat=True))
    )
    for dossier in filed_dossiers(plan).order_by("pk"):
        events = Event.objects.of(dossier)
        yield events.filter(number__gte=events.filter(deed="filed").values_list("number", flat=True)[:1])


def filed_dossiers(plan):
    return Dossier.objects.filed_to_board().filter(plan=plan)


def events_as_lines(plan):
    for events in chains_of(plan):
        for event in by_chain(events):
            # To the microsecond, as the digest has it: the encoder would cut it short.
            line = {name: getattr(event, name) for name in EVENT_FIELDS} | {"at": event.at.isoformat()}
            yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


# --- What was filed and decided -----------------------------------------------------------------------


def filings_of(plan):
    filings = Filing.objects.filter(dossier__plan=plan).select_related("dossier__union", "letter", "filed_by")
    return filings.prefetch_related("letter__files").order_by("dossier", "number").iterator(chunk_size=READ_AT_ONCE)


def filed(filing):
    rows = shown_rows(filing)
    files = [{"name": f.download_name, "size": f.size, "sha256": f.sha256} for f in filing.letter.files.all()]
    return {
        "receipt": filing.receipt_number,
        "union": filing.dossier.union.name,
        "number": filing.number,
        "arrived_at": filing.arrived_at,
        "deadline": filing.deadline,
        "filed_by": str(filing.filed_by),
        "sha256": filing.sha256,
        # As its digest has it, unless a person in it was forgotten since (R19).
        "is_as_filed": rows == filing.content["entries"],
        "content": filing.content | {"entries": rows},
        "letter_files": files,
    }


def published(plan):
    """Return the plan's decision, what it chose, and which of it is honoured; before it is published, nothing (R17)."""
    publication = publication_of(plan)
    if publication is None:
        return None
    awards = Award.objects.standing().filter(plan=plan).select_related("entry__initiative", "entry__dossier__union")
    honours = Honour.objects.filter(award__plan=plan).exclude(decision=None).select_related("decision", "award__entry")
    return {
        "decision_number": publication.decision_number,
        "decision_date": publication.decision_date,
        "published_at": publication.published_at,
        "chosen": [
            {
                "kind": award.kind,
                "place": award.place,
                "code": award.entry.initiative.shown_code,
                "title": award.entry.title,
                "authors": award.entry.authors,
                "union": award.entry.dossier.union.name,
            }
            for award in awards.order_by("kind", "place")
        ],
        "honoured": [
            {"title": honour.award.entry.title, "decision": str(honour.decision), "corrected_at": honour.taken_back_at}
            for honour in honours
        ],
    }


def report(plan, *, files):
    """Return what verifying found, and the last seal, to be kept with the archive; `files` are read too."""
    links = Q(subject_kind="plan", subject_id=plan.pk)
    for kind, subjects in subjects_of(plan).items():
        links |= Q(subject_kind=kind, subject_id__in=list(subjects))
    wrongs = [f"{what}: {wrong}" for what, wrong in broken_links(by_subject(links))]
    wrongs += [f"{what}: {wrong}" for what, wrong in broken_contents(plan=plan, files=files)]
    context = {"plan": plan, "at": clock.now(), "wrongs": wrongs, "seal": Seal.objects.last()}
    return render_to_string("awards/archive/report.txt", context)


def by_subject(condition):
    """Yield events kind by kind, each kind chain by chain."""
    events = Event.objects.filter(condition)
    for kind in events.order_by("subject_kind").values_list("subject_kind", flat=True).distinct():
        yield from by_chain(events.filter(subject_kind=kind))
