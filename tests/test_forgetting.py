"""R19: on request a person is forgotten everywhere, for good, and every count stays as it was."""

import json
import re

import pytest
from django.apps import apps

from accounts.models import Level
from awards.models import Award, Shortlist
from config.text import name_sort_bytes
from dossiers.checklist import missing
from dossiers.editing import SUMMARY, describe_entry
from dossiers.forgetting import carry_out
from dossiers.models import Dossier, Filing
from dossiers.quota import put_forward
from initiatives.changing import correct, withdraw
from initiatives.forgetting import ask_removal, refuse_removal
from initiatives.letters_to_authors import LOST_CODE
from initiatives.models import Initiative
from initiatives.personal import FORGOTTEN, FORGOTTEN_NAME
from initiatives.removals import RemovalRequest
from initiatives.screening import accept
from initiatives.statistics import read
from outbox.models import Message
from outbox.posting import post
from record.models import Event, PersonalDetail
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    answers,
    make_complaint,
    make_dossier,
    make_filed,
    make_initiative,
    make_national_user,
    make_union,
    make_user,
    make_valid,
)
from tests.refusals import refused
from tests.removals import PRIVATE, SPELLINGS, forget, make_published, make_put_forward, make_telling

pytestmark = pytest.mark.django_db

# What an initiative keeps when its author is forgotten: none of it says who it was.
KEPT = {
    "id", "campaign", "code", "secret", "submission_id", "top", "branch", "unit", "unit_other", "workplace", "block",
    "field", "title", "description", "is_secret", "effect", "benefit", "started_on", "consent_version", "consented_at",
    "arrived_at", "stored_at", "status", "status_reason", "decided_at", "version", "search_text", "anonymised_at",
    "unit_key", "name_key",
}  # fmt: skip


def stored_words():
    """Return all that the database holds of our apps, as one text, filed papers and published lists aside."""
    ours = ("accounts", "initiatives", "dossiers", "awards", "outbox", "record")
    models = [m for app in ours for m in apps.get_app_config(app).get_models() if m not in (Filing, Shortlist)]
    rows = [without_keys(row) for model in models for row in model.objects.values()]
    return json.dumps(rows, ensure_ascii=False, default=str)


def without_keys(row):
    """Return a row without its keys: sooner or later one of them is the number of a year."""
    return {name: value for name, value in row.items() if name != "id" and not name.endswith("_id")}


def found_in(text):
    """Return the spellings that stand in a text; a year alone, not as digits of a longer number, a digest or a time."""
    years = set(re.findall(r"(?<![\w.-])[0-9]{4}(?![\w-])", text))
    return [spelling for spelling in SPELLINGS if (spelling in years if len(spelling) == 4 else spelling in text)]


def test_every_field_of_an_initiative_is_either_forgotten_or_kept():
    assert {field.name for field in Initiative._meta.fields} == {*FORGOTTEN, *KEPT}


def test_the_tests_know_a_value_of_each_personal_field():
    assert PRIVATE.keys() == FORGOTTEN.keys()


# Carried out


def test_no_value_of_the_person_is_left_in_the_database_and_the_record_still_verifies():
    initiative, _ = make_published()
    ask_removal(initiative, "Vì tôi chuyển nghề.")
    assert found_in(stored_words()) == SPELLINGS
    old_secret = initiative.secret

    forget(initiative)

    assert found_in(stored_words()) == []
    assert old_secret not in stored_words()
    assert list(broken_links()) == []
    assert {name: getattr(initiative, name) for name in FORGOTTEN} == FORGOTTEN
    assert initiative.anonymised_at


def test_letters_with_lost_codes_go_if_they_lead_to_it_and_stay_if_they_lead_to_others():
    initiative, _ = make_published()
    post(LOST_CODE, "một", PRIVATE["email"], "Đường dẫn riêng", f"Của bạn: {initiative.private_path}")
    post(LOST_CODE, "hai", PRIVATE["email"], "Đường dẫn riêng", "Của đồng nghiệp dùng chung hộp thư.")
    ask_removal(initiative)

    forget(initiative)

    assert [letter.about for letter in Message.objects.filter(kind=LOST_CODE)] == ["hai"]


def test_entries_of_published_results_lose_their_names_and_keep_their_places():
    initiative, entry = make_published()
    before = list(Award.objects.values())

    forget(initiative)

    entry.refresh_from_db()
    assert (entry.authors, entry.birth_years, entry.position) == (FORGOTTEN_NAME, "", initiative.workplace)
    assert entry.rank == 1
    assert list(Award.objects.values()) == before


def test_every_count_is_the_same_before_and_after():
    initiative, _ = make_published()
    make_initiative(initiative.unit, initiative.campaign)
    dossier = initiative.entries.get().dossier

    def counts():
        figures = read(initiative.campaign)
        return {name: value for name, value in figures.items() if name != "counted_at"}, dossier.entries.count()

    before = counts()
    forget(initiative)

    assert counts() == before
    assert before[0]["total"] == 2


def test_what_was_filed_on_paper_stays_as_it_was_filed():
    initiative, _ = make_published()
    before = Filing.objects.values().get()

    forget(initiative)

    assert Filing.objects.values().get() == before
    assert "Riêng Tư" in repr(before["content"])


def test_others_keep_what_is_theirs():
    initiative, other = make_telling(), make_telling()
    complaint = make_complaint(initiative, contact="0912 000 111")
    post("dossier_receipt", "HS-00001-1", "rieng.tu@example.vn", "Biên nhận", "Của người khác.")

    forget(initiative)

    other.refresh_from_db()
    complaint.refresh_from_db()
    assert other.full_name == "Đinh Riêng Tư"
    assert Event.objects.of(other).get(deed="corrected").personal
    assert complaint.contact == "0912 000 111"
    assert PersonalDetail.objects.filter(event__subject_kind="complaint").count() == 0
    assert set(Message.objects.values_list("about", flat=True)) == {other.code, "HS-00001-1"}


@pytest.mark.parametrize("about", ["{0.code}", "{0.shown_code}", "{0.code}:2021-04-01", "{0.shown_code} lần 2"])
def test_every_letter_about_the_initiative_goes(about):
    initiative = make_initiative()
    post("private_link", about.format(initiative), "a@example.vn", "Trang riêng", "Chào bạn")

    forget(initiative)

    assert not Message.objects.exists()


def test_the_record_tells_who_forgot_whom_and_when():
    initiative, entry = make_put_forward()
    by = make_national_user()

    request = forget(initiative, by=by)

    for subject in (initiative, entry, request):
        assert [event.by for event in Event.objects.of(subject).filter(deed="anonymised")] == [by]
    assert (request.state, request.answered_by, request.reason) == ("DONE", by, "")


def test_reasons_of_earlier_requests_go_too():
    initiative = make_telling()
    refuse_removal(ask_removal(initiative, "Số 0987654321"), "Chờ công bố đã.", by=make_national_user())

    forget(initiative)

    assert found_in(stored_words()) == []
    assert [asked.state for asked in initiative.removal_requests.all()] == ["REFUSED", "DONE"]


# For good


def test_an_author_who_was_forgotten_can_change_nothing_any_more():
    initiative = make_telling()
    forget(initiative)

    with refused("anonymised"):
        correct(initiative, answers(initiative.unit), version=initiative.version, arrived_at=IN_TIME)
    with refused("anonymised"):
        withdraw(initiative, arrived_at=IN_TIME)
    with refused("anonymised"):
        ask_removal(initiative)


def test_a_forgotten_author_is_not_put_forward_but_screened():
    dossier = make_dossier()
    initiative = make_telling(dossier.union)
    forget(initiative)

    initiative = accept(initiative, by=make_user(), version=initiative.version)

    assert initiative.status == "ACCEPTED"
    with refused("anonymised"):
        put_forward(dossier, initiative, by=make_user())


def test_a_dossier_in_preparation_has_to_take_a_forgotten_author_out():
    initiative, entry = make_put_forward()
    stale = {name: getattr(entry, name) for name in SUMMARY}
    forget(initiative)

    dossier = Dossier.objects.get(pk=entry.dossier_id)
    codes = {lack.code for lack in missing(dossier)}
    assert {"entry_forgotten", "entry_incomplete"} & codes == {"entry_forgotten"}
    with refused("anonymised"):
        describe_entry(entry, stale, by=make_user(), version=dossier.version)
    with refused("stale"):
        describe_entry(entry, stale, by=make_user(), version=dossier.version - 1)


def test_a_withdrawn_initiative_can_be_forgotten():
    initiative = withdraw(make_telling(), arrived_at=IN_TIME)

    forget(initiative)

    assert (initiative.status, initiative.full_name) == ("WITHDRAWN", FORGOTTEN_NAME)


def test_without_knowing_that_it_is_for_good_nothing_is_removed():
    request = ask_removal(make_initiative())

    with refused("not_aware"):
        carry_out(request, by=make_national_user(), aware=False)

    assert RemovalRequest.objects.open().get() == request


def test_an_initiative_at_the_lowest_level_can_be_forgotten():
    initiative = make_telling(make_union(Level.GRASSROOTS, make_union()))

    forget(initiative)

    assert initiative.search_text.count("riêng") == 0
    assert bytes(initiative.name_key) == name_sort_bytes(FORGOTTEN_NAME)


def test_filed_and_valid_dossiers_are_forgotten_alike():
    for make in (make_filed, make_valid):
        initiative = make().entries.get().initiative
        forget(initiative)
        assert initiative.entries.get().authors == FORGOTTEN_NAME
