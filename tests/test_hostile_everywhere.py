"""Hostile strings in every field of every form and in every parameter of every page, as everyone who may open it.

Pages, parameters and forms are found by following links, so what is added later is tried by itself. Here each gets a
few of the worst strings, others than its neighbours get; `python -m faults.hostile` sends each of them all.
"""

import pytest

from tests.attacking import Report, ask_pages, ask_paths, one_for, send_form
from tests.judging import active, halved, is_same
from tests.naughty import WORST, whole_list
from tests.probing import explore
from tests.stage import paths_with_words, set_stage

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Whom the long run adds: the others meet the same pages.
TRIED = ["anonymous", "worker", "administrator", "board here", "staff near", "staff next"]


def test_nothing_typed_anywhere_breaks_a_page_or_runs_or_is_lost():
    stage, report, forms, pages = set_stage(), Report(), {}, {}
    for person, starts in (stage[name] for name in TRIED):
        site = explore(person, starts)
        new_forms = {key: form for key, form in site.forms.items() if key not in forms}
        site.pages = {route: path for route, path in site.pages.items() if route not in pages}
        ask_pages(report, person, site, WORST)
        for form in new_forms.values():
            send_form(report, person, form, one_for(form, WORST))
        forms, pages = forms | new_forms, pages | site.pages
    ask_paths(report, stage["administrator"][0], paths_with_words(), WORST[::5])

    assert report.faults == []
    assert len(forms) > 90
    assert len(pages) > 150
    assert report.counts["of these stored"] > 4


def test_the_list_is_the_whole_list():
    assert len(whole_list()) == 485
    assert "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ̖t̝͕̳̣̻̪͞h̼͓̲̦̳̘̲e͇̣̰̦̬͎ ̢̼̻̱̘h͚͎͙̜̣̲ͅi̦̲̣̰̤v̻͍e̺̭̳̪̰-m̢iͅn̖̺̞̲̯̰d̵̼̟͙̩̼̘̳ ̞̥̱̳̭r̛̗̘e͙p͠r̼̞̻̭̗e̺̠̣͟s̘͇̳͍̝͉e͉̥̯̞̲͚̬͜ǹ̬͎͎̟̖͇̤t͍̬̤͓̼̭͘ͅi̪̱n͠g̴͉ ͏͉ͅc̬̟h͡a̫̻̯͘o̫̟̖͍̙̝͉s̗̦̲.̨̹͈̣" in whole_list()


class Answer(dict):
    """A page as a site would send it that takes no care."""

    streaming, status_code = False, 200

    def __init__(self, text):
        super().__init__({"Content-Type": "text/html; charset=utf-8"})
        self.body = text.encode()


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("<p><b>đậm</b></p>", "<b>đậm</b>"),
        ('<input value="x" autofocus onfocus="a()">', "x"),
        ("<p><script>a()</script></p>", "x"),
        ('<p><a href=" JavaScript:a()">x</a></p>', "x"),
        ('<script src="//example.com/a.js"></script>', "x"),
    ],
)
def test_a_careless_page_would_be_noticed(text, payload):
    assert active(Answer(text), [payload])


def test_a_careful_page_is_none():
    assert active(Answer("<p>&lt;b&gt;đậm&lt;/b&gt;</p><script src='/static/a.js'></script>"), ["<b>đậm</b>"]) == []


def test_what_is_stored_in_part_would_be_noticed():
    assert halved(["Đầu <b> đuôi", "dau <b> duoi", "khác"], "Đầu <b> đuôi") == []
    assert halved(["Đầu <b"], "Đầu <b> đuôi") != []
    assert is_same("a b", "a\u200b b")
    assert not is_same("a", "a b")
