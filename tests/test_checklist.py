"""What the dossier's page says before filing does: why an entry cannot stay, and that a signed paper may be older."""

import io

import pytest
from django.urls import reverse

from dossiers.checklist import doubts, entries_of, missing
from dossiers.editing import SUMMARY, describe_entry
from dossiers.filing import file_dossier
from dossiers.letters import move_file, upload_files, upload_letter
from dossiers.models import Dossier, SignedLetter
from dossiers.quota import move, take_out
from initiatives.changing import correct
from initiatives.models import Campaign
from tests.factories import (
    IN_TIME,
    a_pdf,
    a_picture,
    answers,
    make_dossier,
    make_ready,
    make_staff,
    make_union,
    make_user,
)
from tests.pages import says, signed_in, tree
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def codes(found):
    return [lack.code for lack in found]


def doubts_about(dossier):
    return doubts(entries_of(dossier), dossier.current_letter)


def describe(dossier, **texts):
    """Change the first entry's texts."""
    dossier.refresh_from_db()
    entry = dossier.entries.standing().first()
    kept = {name: getattr(entry, name) for name in SUMMARY}
    describe_entry(entry, kept | texts, by=make_user(), version=dossier.version)
    dossier.refresh_from_db()


# The signed paper and the table


def test_a_letter_that_is_older_than_the_table_is_told_and_refuses_nothing():
    dossier = make_ready()
    assert doubts_about(dossier) == []

    describe(dossier, title="Tên mới")

    assert codes(doubts_about(dossier)) == ["letter_older_than_table"]
    assert missing(dossier) == []
    staff = signed_in(make_staff(dossier.union))
    for address in (dossier.get_absolute_url(), reverse("file_dossier", args=[dossier.pk])):
        page = staff.get(address)
        assert "Bảng tổng hợp đã đổi sau khi tải tờ trình đã ký lên" in says(page)
        (link,) = tree(page).xpath("//p[contains(@class, 'alert-warning')]/a/@href")
        assert link == f"{dossier.get_absolute_url()}#id_file"
    assert file_dossier(dossier, by=make_user(), arrived_at=IN_TIME).number == 1


def test_a_table_that_says_again_what_was_signed_and_a_letter_that_is_signed_anew_are_in_order():
    dossier = make_ready(entries=2)
    entry = dossier.entries.get(rank=1)

    move(entry, 1, by=make_user())
    assert doubts_about(dossier)
    move(entry, -1, by=make_user())
    assert not doubts_about(dossier)

    describe(dossier, title="Tên mới")
    upload_letter(dossier, a_pdf(), by=make_user())
    assert not doubts_about(dossier)


def test_pages_that_are_added_or_arranged_do_not_make_an_old_paper_new():
    dossier = make_ready()
    describe(dossier, title="Tên mới")

    upload_files(dossier, [io.BytesIO(a_picture())], by=make_user(), adding=True)
    assert doubts_about(dossier)
    move_file(dossier.current_letter, 1, 1, by=make_user())
    assert doubts_about(dossier)


def test_of_a_letter_from_before_marks_were_kept_nothing_is_said():
    dossier = make_dossier(entries=1)
    SignedLetter.objects.create(dossier=dossier, sha256="0" * 64, uploaded_by=make_user(), uploaded_at=IN_TIME)

    assert doubts_about(dossier) == []
    assert doubts_about(make_dossier(entries=1)) == []


# Entries that cannot stay


@pytest.fixture
def left():
    """A ready dossier whose second entry was taken elsewhere: its author corrected the unit."""
    dossier = make_ready(entries=2)
    initiative = dossier.entries.get(rank=2).initiative
    elsewhere = make_union(parent=dossier.union.parent)
    correct(initiative, answers(elsewhere, phone="+84987654321"), arrived_at=IN_TIME, version=initiative.version)
    return dossier


def test_an_entry_that_left_the_union_is_told_with_what_to_do(left):
    (lack,) = missing(left)
    entry = left.entries.get(rank=2)

    assert (lack.code, lack.link) == ("entry_left", f"#{entry.anchor}")
    assert "Sáng kiến 2 nay thuộc đơn vị khác" in lack.sentence
    page = signed_in(make_staff(left.union)).get(left.get_absolute_url())
    assert lack.sentence in says(page)
    assert not tree(page).xpath(f"//a[@href='{entry.initiative.get_absolute_url()}']")
    with refused("entry_left"):
        file_dossier(left, by=make_user(), arrived_at=IN_TIME)

    take_out(entry, by=make_user())
    assert file_dossier(left, by=make_user(), arrived_at=IN_TIME).number == 1


def test_who_lost_an_initiative_reads_nothing_of_its_author_any_more(left):
    address = reverse("edit_entry", args=[left.pk, left.entries.get(rank=2).pk])

    page = signed_in(make_staff(left.union)).get(address)

    assert "bản gốc chỉ đơn vị đó xem được" in says(page)
    assert "0987" not in says(page)


@pytest.mark.parametrize(("quota", "found"), [(1, ["quota_exceeded"]), (2, []), (3, [])])
def test_entries_beyond_a_lowered_quota_are_on_the_list(quota, found):
    dossier = make_ready(entries=2)
    type(dossier.plan).objects.update(quota_upper=quota)
    dossier = Dossier.objects.get()

    assert codes(missing(dossier)) == found


def test_entries_outside_the_period_are_on_the_list():
    make_ready()
    Campaign.objects.update(practice_from="2021-03-01")

    assert codes(missing(Dossier.objects.get())) == ["entry_outside_period"]
