"""The receipt, an initiative's private page, kept ready: authors' pages differ in what they say, hardly in how.

The page is rendered with a stand-in for the initiative that knows how it stands and which of its fields say something,
never what they say; the words are put in afterwards.
"""

from types import SimpleNamespace

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.timezone import localtime

from config.ready_pages import ready_page
from initiatives.models import Status
from initiatives.posters import address_of
from initiatives.removals import RemovalState
from initiatives.timeline import timeline_of
from initiatives.views import facts_of

SECONDS = 60
PLAIN = [
    "secret", "submission_id", "code", "version", "shown_code", "title", "collective", "job_title", "birth_year",
    "email", "workplace", "description", "effect",
]  # fmt: skip
SHOWN = [*PLAIN, "unit_name", "phone", "gender", "started_on", "arrived_time", "arrived_day"]


def receipt_page(request, initiative):
    """Answer with the private page of an initiative that was found by its secret."""
    campaign, steps = initiative.campaign, timeline_of(initiative)
    own = words_of(initiative) | words_of_steps(steps)
    own["address"] = request.build_absolute_uri(initiative.private_path)
    own = {name: word for name, word in own.items() if word not in {"", None}}
    takes, is_final = campaign.takes_at(request.arrived_at), is_decided(initiative)
    about = (
        facts_of(campaign),
        frozenset(own),
        (initiative.status, bool(initiative.decided_at), takes, own["top_name"] == own["unit_name"]),
        tuple((step.words, step.is_outcome) for step in steps),
    )

    def context(words):
        return {
            "campaign": campaign,
            "campaign_address": address_of(request, campaign),
            "takes": takes,
            "can_change": takes and not is_final,
            "initiative": stand_in(initiative, words),
            "timeline": [shown_step(number, step, words) for number, step in enumerate(steps)],
            "removal": {"is_open": "removal_due_at" in words, "due_at": words.get("removal_due_at")},
        }

    # The address is the author's secret: it is in no key, and stands on the page as one of the words.
    return ready_page(
        request, "initiatives/receipt.html", context, about=about, own=own, address="receipt", seconds=SECONDS
    )


def is_decided(initiative):
    """Whether nothing of it can be changed any more, open or not."""
    return initiative.status == Status.WITHDRAWN or initiative.decided_at is not None


def words_of(initiative):
    """Return {name: what the page says of an initiative}, as it is read."""
    arrived_at = localtime(initiative.arrived_at)
    asked = initiative.removal_requests.filter(state=RemovalState.OPEN).first() if initiative.asks_removal else None
    return {name: getattr(initiative, name) for name in PLAIN} | {
        "unit_name": initiative.unit_shown or initiative.unit_other,
        "authors": "\n".join(map(str, initiative.authors)),
        "gender": initiative.get_gender_display(),
        "phone": initiative.shown_phone,
        "top_name": initiative.top.name,
        "block": initiative.get_block_display(),
        "field": initiative.get_field_display(),
        "benefit": "" if initiative.benefit is None else intcomma(initiative.benefit),
        "started_on": date_format(initiative.started_on),
        "arrived_time": date_format(arrived_at, "H:i:s"),
        "arrived_day": date_format(arrived_at, "d/m/Y"),
        "removal_due_at": asked and moment(asked.due_at),
    }


def words_of_steps(steps):
    found = {}
    for number, step in enumerate(steps):
        found |= {f"at_{number}": moment(step.at), f"detail_{number}": step.detail}
        found[f"stamp_{number}"] = date_format(localtime(step.at), r"Y-m-d\TH:i:sO")
    return found


def moment(value):
    return date_format(localtime(value), "DATETIME_FORMAT")


def stand_in(initiative, words):
    """Return what the template takes for the initiative: words, or what is put in their place, where it has any."""
    is_one = initiative.top.name == (initiative.unit_shown or initiative.unit_other)
    top = SimpleNamespace(name=words["unit_name" if is_one else "top_name"])
    return SimpleNamespace(
        status=initiative.status,
        decided_at=bool(initiative.decided_at),
        top=top,
        authors=[words["authors"]],
        benefit=words.get("benefit"),
        shown_phone=words.get("phone"),
        get_gender_display=words.get("gender"),
        get_block_display=words["block"],
        get_field_display=words["field"],
        **{name: words.get(name, "") for name in SHOWN},
    )


def shown_step(number, step, words):
    return {
        "at": words[f"at_{number}"],
        "stamp": words[f"stamp_{number}"],
        "detail": words.get(f"detail_{number}"),
        "words": step.words,
        "is_outcome": step.is_outcome,
    }
