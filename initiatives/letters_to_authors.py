"""The private link by e-mail. What an author typed is in the letter's text only, never in its subject."""

from django.conf import settings
from django.template.loader import render_to_string

from initiatives.limits import MOST_MAILBOXES_OF_ONE
from outbox.models import Message
from outbox.posting import post, post_new

PRIVATE_LINK = "private_link"
LOST_CODE = "lost_code"


def send_private_link(initiative):
    """Write the letter with the private link to the author's address, if one was given; once for each address.

    An initiative writes to a few addresses at most: correcting it must not be a way to write to strangers.
    """
    written = Message.objects.filter(kind=PRIVATE_LINK, about=initiative.code)
    if initiative.email and written.count() < MOST_MAILBOXES_OF_ONE:
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
