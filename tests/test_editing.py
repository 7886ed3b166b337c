"""What a dossier in preparation says: the letter's details and the texts of the summary table."""

from datetime import date

import pytest

from dossiers.editing import SUMMARY, describe_entry, describe_letter
from dossiers.models import Dossier
from dossiers.quota import take_out
from record.models import Event, PersonalDetail
from tests.factories import make_dossier, make_filed, make_user
from tests.refusals import database_refuses, refused

pytestmark = pytest.mark.django_db

DETAILS = {"letter_number": "12/TTr-LĐLĐ", "letter_date": date(2021, 4, 5), "signer": "Trần Văn Bình"}


def describe(entry, **values):
    """Change some texts of an entry as a page that is up to date does."""
    texts = {name: getattr(entry, name) for name in SUMMARY} | values
    return describe_entry(entry, texts, by=make_user(), version=Dossier.objects.get(pk=entry.dossier_id).version)


def test_the_details_of_the_letter_are_kept_and_on_record():
    dossier = make_dossier()

    describe_letter(dossier, DETAILS, by=make_user(), version=1)

    dossier.refresh_from_db()
    assert {name: getattr(dossier, name) for name in DETAILS} == DETAILS
    assert dossier.version == 2
    assert Event.objects.of(dossier).last().after["letter_date"] == "2021-04-05"


def test_saving_the_same_details_is_no_change():
    dossier = make_dossier()
    dossier = describe_letter(dossier, DETAILS, by=make_user(), version=1)

    assert describe_letter(dossier, DETAILS, by=make_user(), version=2).version == 2
    assert Event.objects.of(dossier).filter(deed="letter_described").count() == 1


def test_whoever_saves_a_stale_page_is_told():
    dossier = make_dossier(entries=1)
    describe_letter(dossier, DETAILS, by=make_user(), version=2)

    with refused("stale"):
        describe_letter(dossier, DETAILS | {"signer": "Người khác"}, by=make_user(), version=2)
    with refused("stale"):
        describe_entry(dossier.entries.get(), dict.fromkeys(SUMMARY, "x"), by=make_user(), version=2)

    assert Dossier.objects.get().signer == "Trần Văn Bình"


def test_an_entry_is_edited_without_touching_the_initiative():
    entry = make_dossier(entries=1).entries.get()

    describe(entry, title="Tên đã biên tập", authors="Nhóm Cải Tiến")

    entry.refresh_from_db()
    assert (entry.title, entry.initiative.title) == ("Tên đã biên tập", "Cải tiến bàn cắt vải")
    event = Event.objects.of(entry).get()
    assert event.after == {"title": "Tên đã biên tập"}
    assert PersonalDetail.objects.get(event=event).after == {"authors": "Nhóm Cải Tiến"}


def test_a_filed_dossier_is_not_edited():
    dossier = make_filed()

    with refused("dossier_closed"):
        describe_letter(dossier, DETAILS, by=make_user(), version=dossier.version)
    with refused("dossier_closed"):
        describe(dossier.entries.get(), title="Sửa sau khi nộp")


@pytest.mark.parametrize(
    ("field", "limit"), [("summary", 1000), ("effect", 1000), ("authors", 1300), ("position", 1300)]
)
def test_the_texts_of_an_entry_have_limits(field, limit):
    entry = make_dossier(entries=1).entries.get()

    for length in (limit - 1, limit):
        assert len(getattr(describe(entry, **{field: "ệ" * length}), field)) == length
    with database_refuses("entry_summary_fits", "entry_authors_fit"):
        describe(entry, **{field: "ệ" * (limit + 1)})


def test_an_entry_that_was_taken_out_meanwhile_is_not_edited():
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    take_out(entry, by=make_user())

    with refused("entry_gone"):
        describe(entry, title="Muộn")
