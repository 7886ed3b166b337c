"""When a campaign's time for personal data is over, the authors of many initiatives are forgotten at once (R19).

Which initiatives those are is said by `awards.retention`, which also knows what keeps one.
"""

from django.db.models import Case, F, Value, When

from config import clock
from initiatives.codes import new_secret
from initiatives.letters_to_authors import LOST_CODE
from initiatives.models import Initiative
from initiatives.personal import FORGOTTEN
from initiatives.removals import RemovalRequest
from outbox.models import Message
from record.forgetting import forget, forget_many

TIME_IS_OVER = "Hết thời hạn giữ thông tin cá nhân của chương trình."
LETTERS_TOGETHER = 100


def anonymise_all(initiatives):
    """Blank what these, their requests, letters and records keep of a person. The rows are locked, and of one campaign.

    The database refuses while the campaign keeps personal data, and where a dossier still names somebody.
    """
    if not initiatives:
        return
    drop_letters(initiatives)
    for initiative in initiatives:
        for name, value in FORGOTTEN.items():
            setattr(initiative, name, value)
        initiative.secret = new_secret()
        initiative.derive()
    keys = [initiative.pk for initiative in initiatives]
    Initiative.objects.filter(pk__in=keys).update(
        **FORGOTTEN,
        anonymised_at=clock.now(),
        version=F("version") + 1,
        name_key=initiatives[0].name_key,
        secret=each(initiatives, "secret"),
        search_text=each(initiatives, "search_text"),
    )
    forget_many(initiatives, reason=TIME_IS_OVER)
    forget_reasons(keys)


def each(initiatives, name):
    """Return the SQL that gives each initiative its own value of a column."""
    values = (When(pk=one.pk, then=Value(getattr(one, name))) for one in initiatives)
    return Case(*values, output_field=Initiative._meta.get_field(name))


def drop_letters(initiatives):
    """Delete the letters about these; those about decisions, which few have, go with their copies in a dossier."""
    codes = [code for one in initiatives for code in (one.code, one.shown_code)]
    for begin in range(0, len(codes), LETTERS_TOGETHER):
        Message.objects.about(*codes[begin : begin + LETTERS_TOGETHER]).delete()


def drop_lost_codes(campaign):
    """Delete the letters with lost codes that lead to this campaign: their links open nothing any more."""
    Message.objects.filter(kind=LOST_CODE, body__contains=f"/{campaign.slug}/").delete()


def forget_reasons(keys):
    """Blank the reasons that authors typed in earlier requests for removal."""
    asked = list(RemovalRequest.objects.filter(initiative__in=keys))
    RemovalRequest.objects.filter(pk__in=[one.pk for one in asked]).update(reason="")
    for one in asked:
        forget(one, by=None)
