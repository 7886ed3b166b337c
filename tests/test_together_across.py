"""Limits of what is done to many at once, and what every form and every cell keeps to."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from openpyxl.cell import cell

from accounts.visible_admin import UnstaleForm
from awards import limits as board_limits
from dossiers import limits as dossier_limits
from initiatives import limits
from tests.factories import make_board, make_filed, make_national_user, make_plan, make_union, make_user
from tests.pages import says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CELL_TAKES = 32_767


def test_all_dossiers_of_the_list_at_once_lead_to_a_page_that_says_too_many(monkeypatch):
    for module in ("awards.judging_together", "awards.judging_together_admin"):
        monkeypatch.setattr(f"{module}.JUDGED_TOGETHER", 1)
    dossier = make_filed()
    for _ in range(2):
        make_filed(make_union(parent=dossier.plan.union), dossier.plan)
    client, address = signed_in(make_board(dossier.plan.union)), reverse("admin:awards_fileddossier_changelist")

    answer = client.post(
        address, {"action": "judge_together", "select_across": "1", "_selected_action": [dossier.pk], "index": "0"}
    )

    assert answer["Location"].count("chon=") == 2  # one more than may be, so that the page says so
    refused = client.get(answer["Location"], follow=True)
    assert refused.redirect_chain[-1][0] == address
    assert "Hãy chọn tối đa 1 hồ sơ một lần." in says(refused)


def test_every_form_of_the_admin_that_changes_a_row_notices_a_stale_page():
    request = RequestFactory().get("/")
    for request.user in (
        make_user(is_superuser=True, is_staff=True),
        make_national_user(),
        make_board(make_plan().union),
    ):
        changing = {model: page for model, page in admin.site._registry.items() if page.has_change_permission(request)}

        assert changing
        assert [model for model, page in changing.items() if not issubclass(page.form, UnstaleForm)] == []


def test_nothing_that_goes_into_a_workbook_is_longer_than_a_cell_takes():
    """Longer text would be cut off in silence by openpyxl and refused by Excel."""
    assert len(cell.Cell(None, value=None).check_string("x" * 33_000)) == CELL_TAKES
    found = {
        (module.__name__, name): value
        for module in (limits, dossier_limits, board_limits)
        for name, value in vars(module).items()
        if name.endswith("_LIMIT") and name not in {"LETTER_LIMIT", "TEMPLATE_LIMIT", "MAIL_FILES_LIMIT"}
    }
    assert len(found) > 15
    assert {name: value for name, value in found.items() if value > CELL_TAKES} == {}
