"""A plan's record as one timeline: what was laid down, what its unions filed, how it was judged, what was chosen."""

from django.db.models import Q

from accounts.visible_admin import Step
from awards.candidates import limit_of
from awards.models import Complaint, Condition, Kind
from dossiers.models import Dossier, DossierEntry
from record.models import Event
from record.reading import changes_of
from record.words import DEEDS

# What a union prepares is its own affair; of a dossier the plan's timeline has what happened between union and board.
OF_DOSSIERS = [
    "filed",
    "filing_taken_back",
    "paper_arrived",
    "found",
    "judged_valid",
    "judged_invalid",
    "judged_returned",
]
SAID_WHOLE = {"found", "chosen", "taken_back", "published", "paper_taken"}
CHOSEN_WORDS = {Kind.PROVINCE: "Chọn khen thưởng", Kind.NATIONAL: "Đề nghị biểu dương"}
TAKEN_BACK_WORDS = {Kind.PROVINCE: "Bỏ chọn khen thưởng", Kind.NATIONAL: "Bỏ đề nghị biểu dương"}


def subjects_of(plan):
    """Return {kind of subject: {key: what it is called}} of all that a plan's timeline tells of, itself aside."""
    complaints = Complaint.objects.filter(initiative__entries__plan=plan).select_related("initiative").distinct()
    dossiers = Dossier.objects.filed_to_board().filter(plan=plan).select_related("union")
    return {
        "dossier": {dossier.pk: str(dossier) for dossier in dossiers},
        "complaint": {complaint.pk: f"Đơn về {complaint.initiative.shown_code}" for complaint in complaints},
        "extension": {extension.pk: str(extension) for extension in plan.extensions.select_related("union")},
        "lettertemplate": {template.pk: "Mẫu tờ trình" for template in plan.letter_templates.all()},
    }


def events_about(plan):
    """Return the events of a plan's timeline, a queryset."""
    about = Q(subject_kind="plan", subject_id=plan.pk)
    for kind, subjects in subjects_of(plan).items():
        of_kind = Q(subject_kind=kind, subject_id__in=list(subjects))
        about |= of_kind & Q(deed__in=OF_DOSSIERS) if kind == "dossier" else of_kind
    return Event.objects.filter(about).order_by("pk")


def steps_of_plan(plan, events):
    """Return the Steps of some events of a plan's timeline."""
    names = subjects_of(plan)
    entries = {(event.after or event.before).get("entry") for event in events} - {None}
    titles = dict(DossierEntry.objects.filter(plan=plan, pk__in=entries).values_list("pk", "title"))
    return [
        Step(
            event.at,
            event.by_name,
            words_of(event, plan),
            detail_of(event, titles),
            about=names.get(event.subject_kind, {}).get(event.subject_id, ""),
            changes=() if event.deed in SAID_WHOLE else tuple(changes_of(event)),
        )
        for event in events
    ]


def words_of(event, plan):
    if event.deed == "chosen":
        kind = event.after["kind"]
        return f"{CHOSEN_WORDS[kind]} ({event.after['place']}/{limit_of(plan, kind)})"
    if event.deed == "taken_back":
        return TAKEN_BACK_WORDS[event.before["kind"]]
    return DEEDS.get(event.deed, event.deed)


def detail_of(event, titles):
    if event.deed in {"chosen", "taken_back"}:
        title = titles.get((event.after or event.before)["entry"], "")
        return f"{title}. Lý do: {event.reason}" if event.reason else title
    if event.deed == "found":
        return finding_in_words(event)
    if event.deed == "paper_taken":
        return event.after["paper"] + (", dự thảo" if event.after["draft"] else "")
    if event.deed == "published":
        return f"Quyết định {event.after['decision_number']}"
    return event.reason


def finding_in_words(event):
    holds = "đạt" if event.after["holds"] else "không đạt"
    return f"{Condition(event.after['condition']).label}: {holds}. {event.reason}"
