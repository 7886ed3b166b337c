"""What authors are told by e-mail: their private link, and what screening found.

What an author typed is in a letter's text only, never in its subject.
"""

from django.conf import settings
from django.template.loader import render_to_string

from initiatives.limits import MOST_MAILBOXES_OF_ONE, OUTCOME_WAITS
from outbox.models import Message
from outbox.posting import post, post_many, post_new
from record.models import Event

PRIVATE_LINK = "private_link"
LOST_CODE = "lost_code"
SCREENED = "screened"
# How letters about decisions name what they are about: they may greet an author, who may ask to be forgotten.
OF_DECISIONS = "plan-"
OF_HONOURS = "honour-decision-"


def send_private_link(initiative):
    """Write the letter with the private link to the author's address, if one was given; once for each address.

    An initiative writes to a few addresses at most: correcting it must not be a way to write to strangers.
    """
    if not initiative.email:
        return
    written = Message.objects.filter(kind=PRIVATE_LINK, about=initiative.code)
    if written.count() < MOST_MAILBOXES_OF_ONE:
        post(*private_link(initiative))


def send_private_links(initiatives, *, from_paper_by):
    """Write the letters with the private links of initiatives just stored by a union, with one statement for all."""
    post_new(private_link(one, from_paper_by) for one in initiatives if one.email)


def private_link(initiative, from_paper_by=""):
    """Return the letter as `post` takes it; it names the union that sent the initiative from paper."""
    subject = f"Đường dẫn riêng của sáng kiến {initiative.shown_code}"
    text = text_of("private_link", initiative, from_paper_by=from_paper_by)
    return PRIVATE_LINK, initiative.code, initiative.email, subject, text


def text_of(letter, initiative, **more):
    """Return the text of a letter about an initiative and its campaign."""
    context = {"initiative": initiative, "campaign": initiative.campaign, "site": settings.SITE_URL, **more}
    return render_to_string(f"initiatives/mail/{letter}.txt", context)


def tell_outcome(initiatives):
    """Write what screening found about these, just screened, to the authors who gave an address; once for an outcome.

    The letter waits a while before it goes out, see `take_back_outcomes`.
    """
    named = {initiative.pk: initiative for initiative in initiatives if initiative.email}
    letters = [
        (
            f"{initiative.code} {number}",
            initiative.email,
            f"Kết quả rà soát sáng kiến {initiative.shown_code}",
            text_of("screened", initiative),
        )
        for initiative, number in ((named[key], number) for key, number in numbers_of_outcomes(named).items())
    ]
    post_many(SCREENED, letters, wait=OUTCOME_WAITS)


def numbers_of_outcomes(initiatives):
    """Return {key: number of the event that first brought the outcome in force}: the same one again is no news.

    A correction by the author makes every outcome new.
    """
    events = Event.objects.filter(
        subject_kind="initiative", subject_id__in=initiatives, deed__in=["accepted", "rejected", "corrected"]
    )
    outcomes, numbers = {}, {}
    for event in events.order_by("subject_id", "number"):
        outcome = (event.deed, event.reason)
        if outcomes.get(event.subject_id) != outcome:
            outcomes[event.subject_id], numbers[event.subject_id] = outcome, event.number
    return numbers


def take_back_outcomes(initiatives):
    """Delete the letters about outcomes of these that nobody has sent yet."""
    codes = [initiative.code for initiative in initiatives if initiative.email]
    Message.objects.about(*codes).filter(kind=SCREENED).waiting().filter(tries=0).delete()
