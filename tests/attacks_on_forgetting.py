"""Writes past every deed on what is forgotten and consented to, which the database itself must refuse."""

from initiatives.forgetting import ask_removal, refuse_removal
from initiatives.models import Initiative
from initiatives.personal import FORGOTTEN
from initiatives.removals import RemovalRequest
from record.models import PersonalDetail
from tests.attacks import insert, update
from tests.factories import IN_TIME, make_dossier, make_initiative, make_national_user
from tests.removals import forget, make_forgotten, make_put_forward, make_removal, make_telling
from tests.rows import copy_of


def make_refused_removal():
    return refuse_removal(make_removal(), "Đã công bố.", by=make_national_user())


def make_forgotten_entry():
    initiative, entry = make_put_forward()
    forget(initiative)
    return entry


def make_detail():
    make_telling()
    return PersonalDetail.objects.get()


def pretend_to_have_forgotten():
    update(make_removal(), state="DONE", answered_at=IN_TIME, answered_by=make_national_user())


def ask_to_be_forgotten_twice():
    request = RemovalRequest.objects.get(initiative=make_forgotten())
    later = {"state": "OPEN", "answered_at": None, "answered_by": None}
    RemovalRequest.objects.bulk_create([copy_of(request, **later)])


def enter_a_forgotten_author():
    dossier = make_dossier(entries=1)
    initiative = make_initiative(dossier.union, accepted=True)
    forget(initiative)
    insert(dossier.entries.get(), rank=2, initiative=initiative)


def forget_without_the_dossier():
    initiative, _ = make_put_forward()
    ask_removal(initiative)
    Initiative.objects.filter(pk=initiative.pk).update(anonymised_at=IN_TIME, **FORGOTTEN)


def reword_after_a_new_version():
    """The first version's words come back later, others under its name."""
    campaign = make_initiative().campaign
    update(campaign, consent_version="2021-04", consent_text="Lời mới.")
    update(campaign, consent_version="2021-03", consent_text="Lời mới.")
