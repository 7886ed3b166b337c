"""What is typed to break a page, a query or a mail is taken as text or refused, shown as text, and runs nothing."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from config.text import clean, clean_line, says_something
from dossiers.models import QuotaException
from dossiers.quota import put_forward
from initiatives.models import Initiative
from tests.factories import make_campaign, make_dossier, make_initiative, make_staff, make_union
from tests.pages import filled_in, form_address, form_on, runs_nothing, send_form, signed_in, tree, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = [
    "{{7*7}}", "{% debug %}", "{{ initiative.secret }}", "${7*7}", "#{7*7}", "{0.__class__}", "{initiative.secret}",
    "%s", "%d%n%x", "%(secret)s", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)",
    "</textarea><script>alert(1)</script>", "</title><svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>",
    "javascript:alert(1)", "]]><!--", "<!--#exec cmd=\"id\"-->", "&lt;script&gt;", "&#60;script&#62;",
    "'; DROP TABLE x;--",
    "\" OR 1=1 --", "1; SELECT pg_sleep(9)", "\\", "\\'; a", "\\x00\\u0000 a", "a\x00b", "a\u202eb\u202c",
    "a\u2066b\u2069",
    "a\ufeffb\u200b", "a\ufffeb\uffff", "\x1b[31mđỏ\x07", "a\x85b\x0bc", "a\u2028b\u2029c", "مرحبا بالعالم", "שלום",
    "👩‍👩‍👧‍👦 gia đình", "🇻🇳 a", "Z\u0351\u0352\u0353\u0354a\u0315\u031b", "=HYPERLINK(\"http://x\")", "+1+1", "-1",
    "@SUM(1)",
    "\t=1", "a\r\nBcc: b@example.vn", "../../etc/passwd", "file:///etc/passwd", "CON", "NULL", "undefined", "None",
    "NaN",
    "1e309", "0x1", "\u0627\u0651 \ufdfa", "ﷺ", "ａｂｃ", "İstanbul ıi", "ß", "\u1112\u1161\u11ab", "\U0010fffd a",
    "%00a", "%0d%0aa",
]  # fmt: skip
NAMED = "Hoà {}"  # a name needs a letter, which not every hostile text has
LINES = ["full_name", "job_title", "workplace", "unit_other", "title"]
TEXTS = ["co_authors", "description", "effect"]
SILENT = ["\\", "]]><!--"]
WORDED = [text for text in HOSTILE if text not in SILENT]


def shows(page, *texts):
    """See that a page came, runs nothing, and has these texts as text."""
    assert page.status_code == 200
    assert runs_nothing(page)
    shown = clean_line(" ".join([*tree(page).itertext(), *tree(page).xpath("//@value")]))
    assert [text for text in texts if clean_line(text) not in shown] == []


def test_hostile_strings_are_many_and_say_something_but_two():
    assert len(set(HOSTILE)) >= 60
    assert sorted(text for text in HOSTILE if not says_something(clean(text))) == sorted(SILENT)


@pytest.mark.parametrize("text", WORDED)
def test_in_every_field_it_is_stored_and_shown_as_text(client, text):
    unit, campaign = make_union(), make_campaign()

    values = dict.fromkeys([*LINES, *TEXTS], text) | {"full_name": NAMED.format(text)}

    response = send_form(client, campaign, typed(unit, unit="", **values))

    stored = Initiative.objects.get()
    assert {getattr(stored, name) for name in LINES if name != "full_name"} == {clean_line(text)}
    assert stored.full_name == clean_line(NAMED.format(text))
    assert {getattr(stored, name) for name in TEXTS} == {clean(text)}
    shows(client.get(response["Location"]), text)
    shows(signed_in(make_staff(unit.top)).get(stored.get_absolute_url()), text)


@pytest.mark.parametrize("start", range(0, len(HOSTILE), len([*LINES, *TEXTS])))
def test_in_a_refused_form_it_stands_again_as_it_was_typed(client, start):
    texts = [text.replace("\x00", "") for text in HOSTILE[start:]]  # a browser cannot type that one, nor a page show it
    values = dict(zip([*LINES, *TEXTS], texts, strict=False))

    response = send_form(client, make_campaign(), typed(make_union(), unit="", consent="", **values))

    kept = filled_in(form_on(response))
    assert response.status_code == 422
    assert runs_nothing(response)
    assert {name: clean(kept[name]) for name in values} == {name: clean(text) for name, text in values.items()}


def test_author_pages_other_than_the_receipt_show_it_as_text(client):
    initiative = make_initiative(title=HOSTILE[10], full_name=HOSTILE[11], description=HOSTILE[13], effect=HOSTILE[14])

    shows(client.get(f"{initiative.private_path}sua/"), *HOSTILE[10:12], *HOSTILE[13:15])
    shows(client.get(f"{initiative.private_path}rut/"), HOSTILE[10])


def test_the_list_of_the_staff_shows_it_and_searching_finds_it(monkeypatch):
    unit = make_union()
    for text in WORDED:
        make_initiative(unit, title=clean_line(f"Đầu {text} đuôi"), full_name=clean_line(text))
    monkeypatch.setattr("config.paging.page_of.__defaults__", (len(HOSTILE),))
    staff, address = signed_in(make_staff(unit)), reverse("initiatives")

    shows(staff.get(address), *WORDED)
    for text in WORDED:
        page = staff.get(f"{address}?{urlencode({'q': f'{text} đuôi'})}")
        assert clean_line(f"Đầu {text} đuôi") in [row.title for row in page.context["page"].rows]


def test_no_parameter_of_the_list_breaks_it():
    staff = signed_in(make_staff(make_union()))

    for text in [*HOSTILE, "a" * 10_000, " ", "%", "_", "ab", "0", "-1", "1.5", "9" * 18, "9" * 19, "9" * 5000, "٣"]:
        for names in (["q", "sau"], ["status", "field", "block", "unit", "truoc"], ["unit"]):
            page = staff.get(f"{reverse('initiatives')}?{urlencode(dict.fromkeys(names, text))}")
            assert page.status_code == 200, (names, text)
            assert runs_nothing(page), (names, text)


def test_put_forward_it_is_text_on_the_pages_of_the_dossier():
    dossier = make_dossier()
    QuotaException.objects.create(plan=dossier.plan, union=dossier.union, quota=len(WORDED))
    by = make_staff(dossier.union)
    for text in WORDED:
        values = {"title": clean_line(text), "effect": clean(text), "description": clean(text), "accepted": True}
        entry = put_forward(dossier, make_initiative(dossier.union, dossier.plan.campaign, **values), by=by)
    staff = signed_in(by)

    shows(staff.get(dossier.get_absolute_url()), *WORDED)
    shows(staff.get(reverse("choose_initiatives", args=[dossier.pk])), *WORDED[-50:])
    shows(staff.get(reverse("edit_entry", args=[dossier.pk, entry.pk])), text)
    assert staff.get(reverse("summary_table", args=[dossier.pk])).status_code == 200


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%ED%B0%80x", b"%FF%FE", b"%C0%80", b"%80", b"%F5%80%80%80", b"%u0110"])
def test_bytes_that_are_no_text_are_taken_for_unreadable_characters(client, raw):
    """Lone surrogates and broken UTF-8, as only a program sends them."""
    name = urlencode({"": "Nguyễn Thị Hoà"})[1:].encode()
    values = urlencode(typed(make_union())).encode().replace(name, b"Hoa+" + raw)

    response = client.post(form_address(make_campaign()), values, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 302
    assert Initiative.objects.get().full_name.startswith("Hoa")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_a_body_of_another_kind_is_an_empty_form(client, content_type):
    response = client.post(form_address(make_campaign()), b'{"title": "x"}', content_type=content_type)

    assert response.status_code in (400, 422)
    assert not Initiative.objects.exists()
