"""What is told about a complaint: to authors that the board is considering and what came of it, never who complained;

to the complainant that it came in and what came of it.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string

from awards.limits import LETTERS_TO_COMPLAINANT
from awards.models import Complaint, Objection
from initiatives.models import Status
from initiatives.tallies import count
from outbox.posting import post
from record.models import Event
from record.writing import write

CONSIDERED, CLEARED, EXCLUDED, SETTLED = "considered", "cleared", "excluded", "settled"
SUBJECTS = {
    CONSIDERED: "Hội đồng đang xem xét sáng kiến {}",
    CLEARED: "Sáng kiến {} được xét chọn tiếp",
    EXCLUDED: "Sáng kiến {} không còn trong danh sách xét chọn",
    SETTLED: "Hội đồng đã xem xét xong phản ánh về sáng kiến {}",
}


def was_told(initiative):
    """Return which of these the author of a locked initiative was told last; None for nothing."""
    told = Event.objects.of(initiative).filter(deed__in=SUBJECTS).last()
    return told.deed if told else None


def tell_considered(initiative, *, by):
    """Tell that something is being considered: once, however many complaints there are, until it ended."""
    if was_told(initiative) not in {CONSIDERED, EXCLUDED}:
        tell_author(initiative, CONSIDERED, by)


def tell_cleared(initiative, *, by):
    """Tell that nothing is considered any more, to whom the contrary was told, when nothing holds the initiative.

    Whoever withdrew it meanwhile is told nothing more.
    """
    if initiative.decided_at:
        return tell_settled(initiative, by=by)
    if initiative.status == Status.WITHDRAWN:
        return
    is_held = Complaint.objects.holding().filter(initiative=initiative).exists()
    if was_told(initiative) == CONSIDERED and not is_held:
        tell_author(initiative, CLEARED, by)


def tell_settled(initiative, *, by):
    """Tell that nothing is considered any more: once decisions are published only an amendment changes them (R17)."""
    is_open = Complaint.objects.open().filter(initiative=initiative).exists()
    if was_told(initiative) == CONSIDERED and not is_open:
        tell_author(initiative, SETTLED, by)


def tell_excluded(initiative, *, by):
    """Tell that an initiative is not chosen from any more; of what is decided, only that this has been settled."""
    if initiative.decided_at:
        return tell_settled(initiative, by=by)
    tell_author(initiative, EXCLUDED, by, with_letter=was_told(initiative) != EXCLUDED)


def tell_author(initiative, deed, by, *, with_letter=True):
    event = write(initiative, deed, by=by)
    if initiative.email and with_letter:
        subject = SUBJECTS[deed].format(initiative.shown_code)
        post(deed, f"{initiative.code} {event.number}", initiative.email, subject, text_of(deed, initiative))


def text_of(letter, initiative, **more):
    context = {"initiative": initiative, "campaign": initiative.campaign, "site": settings.SITE_URL, **more}
    return render_to_string(f"awards/mail/{letter}.txt", context)


def tell_complainant(complaint, letter, subject):
    """Write to who complained, if an e-mail address was given; never so often that it could be used to annoy others.

    The letter says what it is about, but not what was typed into the form.
    """
    if not complaint.mailbox:
        return
    try:
        with transaction.atomic():
            count(LETTERS_TO_COMPLAINANT, complaint.mailbox.lower())
    except ValidationError:
        return
    objection = Objection.objects.filter(complaint=complaint).select_related("shortlist__plan__campaign").first()
    text = text_of(letter, complaint.initiative, complaint=complaint, objection=objection)
    # The name of the complaint, not the initiative's code: the author reads the letters that begin with that.
    post(letter, f"complaint {complaint.pk}", complaint.mailbox, subject, text)


def tell_received(complaint):
    tell_complainant(complaint, "complaint_received", "Đã nhận phản ánh của bạn")


def tell_concluded(complaint):
    tell_complainant(complaint, "complaint_concluded", "Phản ánh của bạn đã được giải quyết")
