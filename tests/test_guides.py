"""The guides of docs/huong-dan/, read inside the admin; and what each page of the admin says it is for."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import get_resolver, reverse

from awards.help import PAGES, help_of
from config.guides import anchor_of, guide, guides, html_of
from tests.boards import signed_in
from tests.factories import make_board, make_plan, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SHOWN = ["awards_fileddossier", "awards_complaint", "awards_consultation", "awards_scoring", "awards_selection",
         "awards_publication", "dossiers_extension", "dossiers_plan", "dossiers_lettertemplate", "accounts_union",
         "initiatives_initiative", "record_seal"]  # fmt: skip

# What the admin answers with no page of its own: files and data, deeds that lead back to a page, and what nobody may.
FILES_AND_DATA = {
    "autocomplete", "jsi18n", "awards_board_chart", "awards_complaint_file", "awards_first_page", "awards_letter",
    "awards_table", "awards_archive", "awards_score_papers", "awards_take_minutes", "awards_take_paper",
    "awards_selection_changes", "awards_national_export", "dossiers_letter_template", "dossiers_shipped_template",
}  # fmt: skip
DEEDS = {
    "login", "logout", "password_change", "password_change_done", "auth_user_password_change", "app_list",
    "awards_change_seat", "awards_choose_marked", "awards_close_marking", "awards_close_meeting", "awards_conclude",
    "awards_correct_meeting", "awards_deal_with_letters", "awards_decide", "awards_find", "awards_hear",
    "awards_honour", "awards_judge", "awards_paper", "awards_publish_shortlist", "awards_ready_criteria",
    "awards_recuse", "awards_replace", "awards_reword", "awards_take_up", "awards_write_letters",
    "initiatives_removal_carry_out",
    "initiatives_removal_refuse",
}  # fmt: skip
READ_ONLY = ["awards_consultation", "awards_fileddossier", "awards_nominations", "awards_publication", "awards_scoring",
             "awards_selection", "initiatives_initiative", "initiatives_removalrequest", "outbox_message",
             "record_event", "record_seal"]  # fmt: skip
NEVER_DELETED = [*READ_ONLY, "accounts_union", "accounts_user", "awards_complaint", "dossiers_extension",
                 "dossiers_lettertemplate", "dossiers_plan", "initiatives_campaign"]  # fmt: skip
NOBODYS = {f"{model}_add" for model in READ_ONLY} | {f"{model}_delete" for model in NEVER_DELETED}


@pytest.fixture
def board():
    return signed_in(make_board(make_plan().union))


def names_in(patterns):
    for pattern in patterns:
        yield from names_in(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]


@pytest.mark.parametrize("name", guides())
def test_every_guide_is_read_inside_the_admin_with_all_it_shows(name, board):
    page = board.get(reverse("guide_of", args=[name])).content.decode()
    title, text = guide(name)

    assert title in page
    assert text in page
    assert not re.search(r"\*\*|^#|\]\(|^\|", re.sub(r"<[^>]+>", "", text), re.MULTILINE), "all of its parts are known"
    for address in re.findall(r'href="(/[^"]+)"', text):
        assert board.get(address).status_code == 200, address
    for picture in re.findall(r'src="/static/([^"]+)"', text):
        assert finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", picture)), picture


def test_the_guide_of_the_board_is_one_text_with_a_chapter_for_each_step():
    chapters = re.findall(r'<h2 id="([\w-]+)"', guide("hoi-dong")[1])

    assert {help.chapter for help in PAGES.values() if help.guide == "hoi-dong"} - {""} <= set(chapters)
    assert {help.guide for help in PAGES.values()} <= set(guides())
    assert not any(help.chapter for help in PAGES.values() if help.guide != "hoi-dong")
    assert chapters[1:7] == ["ho-so", "lay-y-kien", "cham-diem", "xet-chon", "van-ban", "cong-bo"]


def test_what_stands_in_a_guide_stays_text():
    assert html_of("a < b & **c**") == "<p>a &lt; b &amp; <strong>c</strong></p>"
    assert html_of("## Hồ sơ") == '<h2 id="ho-so">Hồ sơ</h2>'
    assert html_of("- một\n  hai\n- ba") == "<ul><li>một hai</li><li>ba</li></ul>"
    assert html_of("| a | b |\n|---|---|\n| 1 | 2 |").count("<td>") == 2
    assert anchor_of("Chấm điểm") == "cham-diem"


def test_a_guide_that_is_not_there_is_not_found_and_nobody_else_gets_in(board):
    assert board.get(reverse("guide_of", args=["khong-co"])).status_code == 404
    assert signed_in(make_staff(make_plan().union)).get(reverse("board_guide"), follow=True).status_code == 403


def test_every_page_of_the_admin_has_help_and_help_is_about_pages_that_there_are():
    (site,) = (part for part in get_resolver().url_patterns if getattr(part, "namespace", "") == "admin")
    names = set(filter(None, names_in(site.url_patterns)))

    assert set(PAGES) - names == set()
    assert {name for name in names if not help_of(name)} == FILES_AND_DATA | DEEDS | NOBODYS


@pytest.mark.parametrize("model", SHOWN)
def test_every_list_of_the_board_says_what_to_do_there_and_leads_to_the_guide(model, board):
    page = board.get(reverse(f"admin:{model}_changelist")).content.decode()

    assert "Xem hướng dẫn" in page
    assert re.search(r'class="(page-help">[^ ]|help")', page)


def test_the_first_page_leads_to_the_guide(board):
    assert f'<a href="{reverse("guide_of", args=["hoi-dong"])}#' in board.get(reverse("admin:index")).content.decode()


def test_no_words_of_help_are_longer_than_two_sentences():
    assert [name for name, help in PAGES.items() if help.words.count(". ") > 1] == []
    assert Path(finders.find("img/board/home.webp")).stat().st_size < 60_000
