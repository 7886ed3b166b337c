"""After publication decisions change only by an amendment: decided, with a reason, on record, and public (R17)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from awards.candidates import locked
from awards.findings import checked_reason
from awards.honours import locked_campaign, unmark
from awards.issuing import issue
from awards.models import Amendment, Award, Change, Honour, Kind, Publication
from awards.outcome_letters import tell_amendment
from awards.publishing import refuse_unless_decided
from awards.selection import free_place, give_place
from config import clock
from config.text import clean, clean_line, says_something
from dossiers.limits import AUTHORS_LIMIT, LINE_LIMIT
from dossiers.quota import lock as lock_dossier
from initiatives.changing import locked as locked_initiative
from record.writing import write

WORDS = {"title": LINE_LIMIT, "authors": AUTHORS_LIMIT, "position": AUTHORS_LIMIT}
# What is written to the initiative's record, where its author reads it.
DEEDS = {
    (Change.REVOKED, Kind.PROVINCE): "award_revoked",
    (Change.REVOKED, Kind.NATIONAL): "nomination_revoked",
    (Change.GRANTED, Kind.PROVINCE): "awarded",
    (Change.GRANTED, Kind.NATIONAL): "nominated",
}


@transaction.atomic
def revoke(plan, entry, kind, reason, decision_number, decision_date, *, by):
    """Take a published award or nomination back by a later decision, and return the Amendment.

    Raises ValidationError: `not_published`, `reason_missing`, `number_missing`, `date_missing`, `date_in_future`,
    `nominated`, `not_chosen`, `honoured`.
    """
    # Whoever marks or publishes honours holds the campaign.
    campaign = locked_campaign(plan.campaign)
    amendment = begun(plan, entry, Change.REVOKED, kind, reason, decision_number, decision_date, by)
    for award in Award.objects.standing().filter(plan=plan, entry=entry, kind=kind):
        refuse_honoured(award)
        unmark(campaign, award, by=by)
    place = free_place(plan, entry, kind)
    if place is None:
        raise ValidationError("Sáng kiến này không còn trong danh sách.", code="not_chosen")
    write(plan, "taken_back", by=by, before={"kind": kind, "entry": entry.pk, "place": place})
    return told(amendment)


@transaction.atomic
def grant(plan, entry, kind, reason, decision_number, decision_date, *, by):
    """Give a place that became free to another entry by a later decision, and return the Amendment.

    Raises what `revoke` and `selection.choose` raise.
    """
    amendment = begun(plan, entry, Change.GRANTED, kind, reason, decision_number, decision_date, by)
    award = give_place(plan, entry, kind, by=by)
    write(plan, "chosen", by=by, after={"kind": kind, "entry": entry.pk, "place": award.place})
    issue(plan, by=by)
    return told(amendment)


@transaction.atomic
def reword(plan, entry, words, reason, *, seen, by):
    """Put right how an entry's title, authors or workplace are published, and return the Amendment.

    `words` are new values by field name; `seen` is the `mark_of_words` that the page showed. What was filed stays as
    it was filed. Raises ValidationError: `not_published`, `not_chosen` (its words are not public, and an amendment
    would make them so), `reason_missing`, `stale`, `nothing_changed`, `words_missing`, `too_long`, `anonymised`.
    """
    locked(plan)
    lock_dossier(entry.dossier)
    entry.refresh_from_db()
    if seen != mark_of_words(entry):
        raise ValidationError("Một người khác vừa sửa chỗ này. Hãy xem lại rồi lưu.", code="stale")
    if not Award.objects.standing().filter(plan=plan, entry=entry).exists():
        raise ValidationError("Sáng kiến này không còn trong danh sách.", code="not_chosen")
    if entry.initiative.anonymised_at:
        raise ValidationError("Thông tin của tác giả đã được xóa, không ghi lại tên được.", code="anonymised")
    words = {name: (clean_line if name == "title" else clean)(words[name]) for name in WORDS}
    refuse_unless_words_fit(words)
    before = {name: getattr(entry, name) for name in WORDS if getattr(entry, name) != words[name]}
    if not before:
        raise ValidationError("Chưa sửa gì so với bản đã công bố.", code="nothing_changed")
    amendment = begun(plan, entry, Change.REWORDED, "", reason, "", None, by)
    for name in before:
        setattr(entry, name, words[name])
    entry.rewordings += 1
    entry.save(update_fields=[*before, "rewordings"])
    write(entry, "reworded", by=by, before=before, after={name: words[name] for name in before}, reason=reason)
    return told(amendment)


def refuse_honoured(award):
    """Refuse what is honoured in public; a mark that nobody outside may know of falls with its nomination."""
    if Honour.objects.published().filter(award=award).exists():
        raise ValidationError(
            "Sáng kiến này đang được Tổng Liên đoàn biểu dương. Hãy đề nghị Tổng Liên đoàn đính chính trước.",
            code="honoured",
        )


def refuse_unless_words_fit(words):
    for name, limit in WORDS.items():
        if not says_something(words[name]):
            raise ValidationError("Tên sáng kiến, tác giả và nơi công tác không được để trống.", code="words_missing")
        if len(words[name]) > limit:
            raise ValidationError(f"Phần này dài quá {limit} ký tự. Hãy viết ngắn hơn.", code="too_long")


def mark_of_words(entry):
    """Return a short text that is another one as soon as the entry's published words are others."""
    return salted_hmac("awards.words", repr([getattr(entry, name) for name in WORDS]), algorithm="sha256").hexdigest()


def begun(plan, entry, change, kind, reason, decision_number, decision_date, by):
    """Return the Amendment stored, with the plan locked: the database lets a place change only after it."""
    plan = locked(plan)
    publication = Publication.objects.filter(plan=plan).first()
    if publication is None:
        raise ValidationError("Kết quả chưa công bố, hãy chọn hoặc bỏ chọn ở trang xét chọn.", code="not_published")
    decision_number = clean_line(decision_number)
    if change != Change.REWORDED:
        refuse_unless_decided(decision_number, decision_date)
    return Amendment.objects.create(
        publication=publication,
        entry=entry,
        change=change,
        kind=kind,
        reason=checked_reason(reason),
        decision_number=decision_number,
        decision_date=decision_date,
        made_by=by,
        made_at=clock.now(),
    )


def told(amendment):
    """Write an amendment to the records of its plan and initiative, and to those whom it concerns."""
    about = {"change": amendment.change, "kind": amendment.kind, "entry": amendment.entry_id}
    plan, by = amendment.publication.plan, amendment.made_by
    initiative = locked_initiative(amendment.entry.initiative)
    write(plan, "decision_amended", by=by, after=about, reason=amendment.reason)
    deed = DEEDS.get((amendment.change, amendment.kind), "reworded")
    said = f"{amendment.decision}. {amendment.reason}" if amendment.decision else amendment.reason
    write(initiative, deed, by=by, reason=said)
    tell_amendment(amendment)
    return amendment
