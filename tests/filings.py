"""Rows about filings, made past every deed, for the tests of what the database refuses."""

from dossiers.models import PaperCopy, Remark, TakingBack
from tests.conftest import moment
from tests.factories import IN_TIME, make_filed, make_ready, make_user

DEADLINE = moment("2021-04-17")


def make_letter_file():
    return make_ready().current_letter.files.get()


def make_taking_back():
    filing = make_filed().last_filing
    values = {"arrived_at": IN_TIME, "deadline": filing.deadline, "taken_by": make_user()}
    return TakingBack.objects.create(filing=filing, **values)


def make_remark():
    filing = make_filed().last_filing
    return Remark.objects.create(filing=filing, entry=filing.dossier.entries.get(), text="Chưa nêu cách tính.")


def make_paper_copy():
    values = {"arrived_on": IN_TIME.date(), "noted_by": make_user(), "noted_at": IN_TIME}
    return PaperCopy.objects.create(filing=make_filed().last_filing, **values)
