"""What the tests of forgetting share: an author with telling values everywhere, a request, and its answer."""

from awards.findings import find, judge_valid
from awards.models import Condition, Kind
from awards.publishing import publish
from awards.selection import choose
from awards.shortlisting import publish_shortlist
from config import clock
from dossiers.editing import SUMMARY, describe_entry
from dossiers.filing import file_dossier
from dossiers.forgetting import carry_out
from dossiers.quota import put_forward
from initiatives.changing import correct
from initiatives.forgetting import ask_removal
from initiatives.screening import accept
from outbox.posting import post
from tests.factories import (
    IN_TIME,
    answers,
    make_complete,
    make_dossier,
    make_initiative,
    make_national_user,
    make_user,
)

# Values that stand nowhere else, and the spellings in which they must not be found.
PRIVATE = {
    "full_name": "Đinh Riêng Tư",
    "birth_year": 1951,
    "gender": "other",
    "phone": "+84987654321",
    "email": "rieng.tu@example.vn",
    "job_title": "Thợ tiện lâu năm",
    "collective": "Tổ ông Kín",
    "co_authors": "Bạch Kín Đáo",
}
EARLIER = PRIVATE | {"phone": "+84986111222", "email": "tu.cu@example.vn", "full_name": "Đinh Riêng Cũ"}
SPELLINGS = [
    "Riêng Tư", "rieng tu", "Riêng Cũ", "1951", "987654321", "986111222", "rieng.tu@", "tu.cu@",
    "Thợ tiện lâu năm", "Kín Đáo", "Tổ ông Kín", "Vì tôi chuyển nghề",
]  # fmt: skip


def make_telling(union=None, **values):
    """An initiative that was sent with one set of personal values and corrected to another; letters went out."""
    initiative = make_initiative(union, **EARLIER, **values)
    typed = answers(initiative.unit, **PRIVATE, **values)
    initiative = correct(initiative, typed, version=1, arrived_at=IN_TIME)
    for address in (EARLIER["email"], PRIVATE["email"]):
        post("private_link", initiative.code, address, "Trang riêng", f"Chào {initiative.full_name}")
    return initiative


def make_put_forward(dossier=None):
    """A telling initiative in a draft dossier whose staff described it anew: (initiative, its entry)."""
    dossier = dossier or make_dossier()
    initiative = accept(make_telling(dossier.union), by=make_user(), version=2)
    entry = put_forward(dossier, initiative, by=make_user())
    texts = {name: getattr(entry, name) for name in SUMMARY} | {"position": "Thợ tiện lâu năm, Xưởng 2"}
    dossier.refresh_from_db()
    return initiative, describe_entry(entry, texts, by=make_user(), version=dossier.version)


def forget(initiative, *, by=None):
    """Let the author ask and an administrator carry it out; return the request."""
    request = carry_out(ask_removal(initiative, "Vì tôi chuyển nghề."), by=by or make_national_user())
    initiative.refresh_from_db()
    return request


def make_removal():
    return ask_removal(make_initiative())


def make_forgotten():
    initiative = make_initiative()
    forget(initiative)
    return initiative


def make_consent_text():
    return make_initiative().campaign.consent_texts.get()


def make_consented_to_nothing():
    initiative = make_initiative()
    initiative.campaign.consent_texts.create(version="", text="")
    return initiative


def make_published(dossier=None, *, chosen=True):
    """A telling initiative that was put forward, filed, found valid, listed, awarded, nominated and published.

    Without an award when another one of the same plan was `chosen`.
    """
    initiative, entry = make_put_forward(dossier)
    winner = entry if chosen else put_forward(entry.dossier, make_accepted(initiative), by=make_user())
    dossier = make_complete(entry.dossier)
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)
    dossier = make_valid_of(dossier)
    publish_shortlist(dossier.plan, 15, by=make_user())
    for kind in Kind:
        choose(dossier.plan, winner, kind, by=make_user())
    publish(dossier.plan, "12/QĐ", clock.today(), by=make_user())
    initiative.refresh_from_db()
    return initiative, entry


def make_accepted(initiative):
    """Another initiative of the same unit and campaign, screened."""
    return make_initiative(initiative.unit, initiative.campaign, accepted=True)


def make_valid_of(dossier):
    for condition in (Condition.NO_COMPLAINT, Condition.NO_DISPUTE):
        find(dossier, condition, True, "Không nhận được đơn nào.", by=make_user())
    return judge_valid(dossier, "Đủ bốn điều kiện.", by=make_user())
