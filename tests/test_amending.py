"""R17: after publication decisions change only by an amendment, recorded and public with its reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards import honours
from awards.amending import grant, mark_of_words, revoke, reword
from awards.models import Amendment, Award, Honour, Kind
from awards.publishing import chosen_entries
from awards.selection import choose, take_back
from config import clock
from dossiers.forgetting import carry_out
from dossiers.limits import AUTHORS_LIMIT, LINE_LIMIT
from initiatives.forgetting import ask_removal, mentions
from initiatives.timeline import timeline_of
from record.models import Event
from tests.factories import make_complaint, make_filed, make_plan, make_user, make_valid
from tests.published import LATER, make_decided
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def chosen(publication, kind=Kind.PROVINCE):
    awards = Award.objects.standing().filter(plan=publication.plan, kind=kind)
    return set(awards.values_list("entry", flat=True))


def words_of(entry, **changes):
    return {"title": entry.title, "authors": entry.authors, "position": entry.position} | changes


def reword_entry(publication, entry, *, seen=None, reason="In sai tên.", **changes):
    seen = mark_of_words(entry) if seen is None else seen
    return reword(publication.plan, entry, words_of(entry, **changes), reason, seen=seen, by=make_user())


def test_a_published_award_is_taken_back_by_a_later_decision_and_its_place_is_free():
    publication, entries = make_decided(awarded=2)

    amendment = revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert chosen(publication) == {entries[1].pk}
    assert [entry.pk for entry in chosen_entries([publication.plan])] == [entries[1].pk]
    assert amendment.decision == "Quyết định 15/QĐ-LĐLĐ ngày 01/04/2021"


def test_the_author_reads_the_amendment_with_decision_and_reason():
    publication, entries = make_decided()

    revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    step = timeline_of(entries[0].initiative)[-1]
    assert (step.words, step.is_outcome) == ("Thu hồi khen thưởng", True)
    assert step.detail == "Quyết định 15/QĐ-LĐLĐ ngày 01/04/2021. Chép của người khác."


def test_a_free_place_is_given_to_another_by_a_later_decision():
    publication, entries = make_decided(award_limit=1, nomination_limit=1)
    with refused("no_place_left"):
        grant(publication.plan, entries[1], Kind.PROVINCE, *LATER, by=make_user())
    revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    grant(publication.plan, entries[1], Kind.PROVINCE, *LATER, by=make_user())

    assert chosen(publication) == {entries[1].pk}
    assert timeline_of(entries[1].initiative)[-1].words == "Được khen thưởng cấp tỉnh, ngành"


def test_what_was_taken_back_may_be_given_again_and_taken_back_again():
    publication, entries = make_decided()
    for deed in (revoke, grant, revoke):
        deed(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert chosen(publication) == set()
    assert Amendment.objects.count() == 3


def test_a_nomination_is_corrected_before_the_award_it_stands_on():
    publication, entries = make_decided(nominated=1)
    with refused("nominated"):
        revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    revoke(publication.plan, entries[0], Kind.NATIONAL, *LATER, by=make_user())
    revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert chosen(publication) == chosen(publication, Kind.NATIONAL) == set()


def honoured(publication, *, published):
    campaign = publication.plan.campaign
    honours.mark(campaign, Award.objects.get(plan=publication.plan, kind=Kind.NATIONAL), by=make_user())
    if published:
        honours.publish(campaign, "99/QĐ-TLĐ", clock.today(), by=make_user())


def test_what_is_honoured_in_public_is_corrected_by_the_confederation_first():
    publication, entries = make_decided(nominated=1)
    honoured(publication, published=True)

    with refused("honoured"):
        revoke(publication.plan, entries[0], Kind.NATIONAL, *LATER, by=make_user())


def test_a_mark_that_is_not_public_neither_shows_nor_outlives_its_nomination():
    publication, entries = make_decided(nominated=1)
    honoured(publication, published=False)

    revoke(publication.plan, entries[0], Kind.NATIONAL, *LATER, by=make_user())

    assert not Honour.objects.standing().exists()
    assert Event.objects.of(publication.plan.campaign).last().deed == "honour_unmarked"


def test_who_is_not_awarded_is_not_nominated_by_an_amendment():
    publication, entries = make_decided()

    with refused("not_awarded"):
        grant(publication.plan, entries[1], Kind.NATIONAL, *LATER, by=make_user())


def test_what_is_complained_about_gets_no_free_place():
    publication, entries = make_decided()
    make_complaint(entries[1].initiative)

    with refused("not_eligible"):
        grant(publication.plan, entries[1], Kind.PROVINCE, *LATER, by=make_user())


def test_an_entry_of_another_plan_or_of_no_valid_dossier_gets_no_place():
    publication, _ = make_decided()

    with refused("not_eligible"):
        grant(publication.plan, make_filed(plan=publication.plan).entries.get(), Kind.PROVINCE, *LATER, by=make_user())


def test_a_refused_amendment_leaves_no_trace():
    publication, entries = make_decided()

    with refused("not_chosen"):
        revoke(publication.plan, entries[1], Kind.PROVINCE, *LATER, by=make_user())

    assert not Amendment.objects.exists()
    assert Event.objects.of(publication.plan).last().deed == "published"


def test_before_publication_nothing_is_corrected():
    plan = make_plan()
    entry = make_valid(plan=plan).entries.get()
    choose(plan, entry, Kind.PROVINCE, by=make_user())

    with refused("not_published"):
        revoke(plan, entry, Kind.PROVINCE, *LATER, by=make_user())
    with refused("not_published"):
        reword_entry_of_unpublished(plan, entry)


def reword_entry_of_unpublished(plan, entry):
    reword(plan, entry, words_of(entry, title="Khác"), "Sai.", seen=mark_of_words(entry), by=make_user())


def test_after_publication_choosing_and_taking_back_are_still_refused():
    publication, entries = make_decided()

    with refused("published"):
        take_back(publication.plan, entries[0], Kind.PROVINCE, "Nhầm.", by=make_user())
    with refused("published"):
        choose(publication.plan, entries[1], Kind.PROVINCE, by=make_user())


@pytest.mark.parametrize(
    ("reason", "number", "days", "code"),
    [
        ("  ", "15/QĐ", 0, "reason_missing"),
        ("Chép.", "…", 0, "number_missing"),
        ("Chép.", "15/QĐ", None, "date_missing"),
        ("Chép.", "15/QĐ", 1, "date_in_future"),
        ("x" * 1001, "15/QĐ", 0, "reason_too_long"),
    ],
)
def test_an_amendment_needs_reason_number_and_date(reason, number, days, code):
    publication, entries = make_decided()
    date = None if days is None else clock.today() + timedelta(days=days)

    with refused(code):
        revoke(publication.plan, entries[0], Kind.PROVINCE, reason, number, date, by=make_user())

    assert chosen(publication) == {entries[0].pk}


def test_a_name_in_print_is_put_right_and_what_was_filed_stays():
    publication, entries = make_decided()
    filed = entries[0].dossier.last_filing.content

    reword_entry(publication, entries[0], authors="Nguyễn Thị Ánh")

    [shown] = chosen_entries([publication.plan])
    assert shown.authors == "Nguyễn Thị Ánh"
    assert entries[0].dossier.last_filing.content == filed
    event = Event.objects.of(shown).last()
    assert event.deed == "reworded"
    assert event.personal.after == {"authors": "Nguyễn Thị Ánh"}
    assert timeline_of(shown.initiative)[-1].detail == "In sai tên."


def test_two_people_do_not_overwrite_each_others_rewording():
    publication, entries = make_decided()
    seen = mark_of_words(entries[0])
    reword_entry(publication, entries[0], authors="Nguyễn Thị Ánh")

    with refused("stale"):
        reword_entry(publication, entries[0], seen=seen, title="Khác")


def test_rewording_nothing_is_no_amendment():
    publication, entries = make_decided()

    with refused("nothing_changed"):
        reword_entry(publication, entries[0])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "words_missing"),
        ({"authors": ""}, "words_missing"),
        ({"title": "a" * (LINE_LIMIT + 1)}, "too_long"),
        ({"position": "a" * (AUTHORS_LIMIT + 1)}, "too_long"),
    ],
)
def test_published_words_are_neither_empty_nor_too_long(changes, code):
    publication, entries = make_decided()

    with refused(code):
        reword_entry(publication, entries[0], **changes)


def test_who_asked_to_be_forgotten_is_not_named_again():
    publication, entries = make_decided()
    carry_out(ask_removal(entries[0].initiative), by=make_user())
    entries[0].refresh_from_db()

    with refused("anonymised"):
        reword_entry(publication, entries[0], authors="Nguyễn Thị Ánh")


def test_a_reason_that_may_name_a_forgotten_author_is_public_no_more(client):
    publication, entries = make_decided()
    other, named = entries[1].initiative, entries[0].initiative
    reason = f"Không phải của {named.full_name}."
    reword_entry(publication, entries[0], title="Khác", reason=reason)
    page = reverse("results", args=[publication.plan.campaign.slug])
    assert named.full_name in client.get(page).content.decode()
    assert mentions(named) == mentions(other) == ["lý do điều chỉnh sau công bố"]  # both have the same name

    carry_out(ask_removal(named), by=make_user())

    assert named.full_name not in client.get(page).content.decode()
    assert "thông tin cá nhân của tác giả đã được xóa" in client.get(page).content.decode()
    assert Amendment.objects.get().reason == reason


def test_words_that_nobody_outside_has_read_are_not_put_right_in_public():
    publication, entries = make_decided()

    with refused("not_chosen"):
        reword_entry(publication, entries[1], title="Khác")

    assert not Amendment.objects.exists()


def test_amendments_are_on_the_plans_record():
    publication, entries = make_decided()
    by = make_user()

    revoke(publication.plan, entries[0], Kind.PROVINCE, *LATER, by=by)

    event = Event.objects.of(publication.plan).last()
    assert (event.deed, event.by, event.reason) == ("decision_amended", by, "Chép của người khác.")
    assert event.after == {"change": "REVOKED", "kind": "PROVINCE", "entry": entries[0].pk}
