"""Mark which published nominations the General Confederation honours, and publish them with number and date (R17)."""

from collections import defaultdict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from awards.findings import checked_reason
from awards.models import Award, Honour, HonourDecision, Kind
from config import clock
from config.text import clean_line, says_something
from initiatives.changing import locked as locked_initiative
from initiatives.letters_to_authors import OF_HONOURS
from initiatives.models import Campaign
from outbox.models import Message
from outbox.posting import post
from record.writing import write

LETTER = "honoured"


def nominated(campaign):
    """Return the nominations of all published plans of a campaign: before, a board's choice is its own (R17)."""
    standing = Award.objects.standing().filter(kind=Kind.NATIONAL, plan__campaign=campaign)
    return standing.exclude(plan__publication=None)


def locked_campaign(campaign):
    """Return the campaign with its row locked: whoever marks or publishes holds it."""
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)


@transaction.atomic
def mark(campaign, award, *, by):
    """Mark a nomination to be honoured; nobody outside sees it yet. Refuses `not_nominated`, `already_marked`."""
    campaign = locked_campaign(campaign)
    if not nominated(campaign).filter(pk=award.pk).exists():
        raise ValidationError(
            "Chỉ biểu dương được sáng kiến mà tỉnh, ngành đã công bố là đề nghị.", code="not_nominated"
        )
    if Honour.objects.standing().filter(award=award).exists():
        raise ValidationError("Sáng kiến này đã được đánh dấu rồi.", code="already_marked")
    honour = Honour.objects.create(award=award, marked_by=by, marked_at=clock.now())
    write(campaign, "honour_marked", by=by, after=facts_of(honour))
    return honour


@transaction.atomic
def unmark(campaign, award, *, by):
    """Take a mark back that is not public yet; what is public is corrected (`published`)."""
    campaign = locked_campaign(campaign)
    honour = Honour.objects.standing().filter(award=award).first()
    if honour is None:
        return
    if honour.decision_id:
        raise ValidationError("Đã công bố. Muốn bỏ, hãy ghi đính chính có số, ngày và lý do.", code="published")
    honour.taken_back_at, honour.taken_back_by = clock.now(), by
    honour.save(update_fields=["taken_back_at", "taken_back_by"])
    write(campaign, "honour_unmarked", by=by, before=facts_of(honour))


def facts_of(honour):
    return {"award": honour.award_id, "entry": honour.award.entry_id, "title": honour.award.entry.title}


def waiting(campaign):
    """Return what is marked and not public yet, with what pages and letters say of it."""
    honours = Honour.objects.waiting().of(campaign)
    return honours.select_related("award__entry__initiative", "award__entry__dossier__union", "award__plan__union")


def mark_of(honours):
    """Return a short text that is another one as soon as the list is another one."""
    return salted_hmac("awards.honours", repr(sorted(honour.pk for honour in honours)), algorithm="sha256").hexdigest()


def checked_decision(number, date):
    """Return a cleaned number; refuse what is no number or date of a decision already taken."""
    number = clean_line(number)
    if not says_something(number):
        raise ValidationError("Hãy ghi số văn bản.", code="number_missing")
    if not date:
        raise ValidationError("Hãy ghi ngày văn bản.", code="date_missing")
    if date > clock.today():
        raise ValidationError("Ngày của văn bản chưa tới. Hãy xem lại.", code="date_in_future")
    return number


def refuse_unless_ready(campaign, number, date):
    number = checked_decision(number, date)
    if not Honour.objects.waiting().of(campaign).exists():
        raise ValidationError("Chưa đánh dấu sáng kiến nào để công bố.", code="nothing_marked")
    if HonourDecision.objects.filter(campaign=campaign, number=number).exists():
        raise ValidationError("Đã công bố một quyết định với số này.", code="number_taken")
    return number


@transaction.atomic
def publish(campaign, number, date, *, by, seen=None):
    """Make public what is marked, tell each author's timeline, and write to those who gave an address.

    `seen` is the `mark_of` the list that the person was shown. Raises ValidationError: `list_changed`,
    `number_missing`, `date_missing`, `date_in_future`, `nothing_marked`, `number_taken`.
    """
    campaign = locked_campaign(campaign)
    honours = list(waiting(campaign).order_by("award__entry__initiative_id"))
    if seen is not None and seen != mark_of(honours):
        raise ValidationError("Danh sách vừa thay đổi. Hãy xem lại rồi công bố.", code="list_changed")
    number = refuse_unless_ready(campaign, number, date)
    decision = HonourDecision.objects.create(
        campaign=campaign, number=number, date=date, published_at=clock.now(), published_by=by
    )
    Honour.objects.filter(pk__in=[honour.pk for honour in honours]).update(decision=decision)
    entries = sorted(honour.award.entry_id for honour in honours)
    write(campaign, "honours_published", by=by, after={"number": number, "date": date, "entries": entries})
    initiatives = [locked_initiative(honour.award.entry.initiative) for honour in honours]
    for initiative in initiatives:
        write(initiative, "honoured", by=by, reason=str(decision))
    tell(decision, initiatives)
    return decision


def tell(decision, initiatives):
    """Write one letter to each person, about all of their initiatives that a decision honours."""
    of_person = defaultdict(list)
    for initiative in initiatives:
        if initiative.email:
            of_person[initiative.email].append(initiative)
    for address, own in of_person.items():
        context = {"decision": decision, "campaign": decision.campaign, "initiatives": own, "site": settings.SITE_URL}
        text = render_to_string("awards/mail/honoured.txt", context)
        post(LETTER, f"{OF_HONOURS}{decision.pk}", address, "Sáng kiến được biểu dương toàn quốc", text)


@transaction.atomic
def correct(honour, number, date, reason, *, by):
    """Take back what is public, by a correction that stays on record and on the author's timeline (R17).

    Raises ValidationError: `not_published`, `number_missing`, `date_missing`, `date_in_future`, `reason_missing`,
    `reason_too_long`.
    """
    reason, number = checked_reason(reason), checked_decision(number, date)
    campaign = locked_campaign(honour.award.plan.campaign)
    honour = Honour.objects.published().filter(pk=honour.pk).select_related("award__entry__initiative").first()
    if honour is None:
        raise ValidationError("Sáng kiến này chưa công bố hoặc đã được đính chính.", code="not_published")
    honour.taken_back_at, honour.taken_back_by = clock.now(), by
    honour.correction_number, honour.correction_date, honour.correction_reason = number, date, reason
    honour.save()
    facts = {"correction_number": number, "correction_date": date}
    write(campaign, "honour_corrected", by=by, before=facts_of(honour), after=facts, reason=reason)
    said = f"Văn bản {number} ngày {date:%d/%m/%Y}: {reason}"
    initiative = locked_initiative(honour.award.entry.initiative)
    event = write(initiative, "honour_corrected", by=by, reason=said)
    untell(honour.decision, initiative, event)
    return honour


def untell(decision, initiative, event):
    """Take back the letter that did not go out yet, and write it again about what still is honoured.

    Whoever read it is told of the correction.
    """
    letters = Message.objects.filter(kind=LETTER, about=f"{OF_HONOURS}{decision.pk}", recipient=initiative.email)
    if letters.waiting().delete()[0]:
        left = decision.honours.standing().filter(award__entry__initiative__email=initiative.email)
        left = left.select_related("award__entry__initiative").order_by("pk")
        tell(decision, [honour.award.entry.initiative for honour in left])
    elif letters.exists():
        context = {"initiative": initiative, "campaign": decision.campaign, "said": event.reason}
        text = render_to_string("awards/mail/honour_corrected.txt", context | {"site": settings.SITE_URL})
        subject = f"Đính chính biểu dương toàn quốc, sáng kiến {initiative.shown_code}"
        post("honour_corrected", f"{initiative.code} {event.number}", initiative.email, subject, text)
