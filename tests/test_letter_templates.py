"""A form of the letter from outside: a Word file, filled in on trial, with nothing in it that runs or fetches."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from dossiers.letter_drafts import draft_letter
from dossiers.letter_templates import REFUSALS, check_template, lay_down
from dossiers.limits import TEMPLATE_LIMIT
from dossiers.models import LetterTemplate, PaperKind
from dossiers.paper_forms import ENTRY, FORMS
from record.models import Event
from tests.boards import signed_in
from tests.documents import a_docx, make_template, part_of, repacked, texts_of
from tests.factories import make_board, make_dossier, make_national_user, make_plan, make_staff, make_user
from tests.pages import says
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORM = FORMS[PaperKind.PROPOSAL]
PLAIN = a_docx("Số: {{ so_to_trinh }}")
TYPES, RELATIONS, BODY = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"
LOOP = ["{%tr for muc in sang_kien %}", "{{ muc.ten }}", "{%tr endfor %}"]


def with_relation(kind, target, mode="External"):
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="x1" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return repacked(PLAIN, {RELATIONS: part_of(PLAIN, RELATIONS).replace(b"</Relationships>", relation.encode())})


def with_field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return repacked(
        PLAIN, {BODY: part_of(PLAIN, BODY).replace(b"<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr".encode(), 1)}
    )


def macro_enabled():
    types = part_of(PLAIN, TYPES).replace(b"document.main+xml", b"x").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.x", b"vnd.ms-word.document.macroEnabled.main+xml"
    )  # fmt: skip
    return repacked(PLAIN, {TYPES: types})


def a_workbook():
    return repacked(PLAIN, {TYPES: part_of(PLAIN, TYPES).replace(b"wordprocessingml", b"spreadsheetml")})


def with_entities():
    bomb = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    return repacked(PLAIN, {BODY: part_of(PLAIN, BODY).replace(b"?>", b"?>" + bomb, 1)})


def an_archive_bomb():
    return repacked(PLAIN, {"word/media/a.png": bytes(30 * 1024 * 1024)})


def an_archive_of_many():
    return repacked(PLAIN, {f"word/media/{number}.png": b"" for number in range(250)})


def with_a_part_twice():
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(BODY, part_of(PLAIN, BODY))
    return out.getvalue()


def text_outside_a_run():
    return repacked(PLAIN, {BODY: part_of(PLAIN, BODY).replace(b"<w:sectPr", b"<w:p>{{ nguoi_ky }}</w:p><w:sectPr", 1)})


BAD = {
    "empty": lambda: ("empty", b""),
    "a PDF": lambda: ("wrong_type", b"%PDF-1.7"),
    "an old Word file": lambda: ("wrong_type", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a cut file": lambda: ("broken", PLAIN[:2000]),
    "only the beginning": lambda: ("broken", b"PK\x03\x04"),
    "a workbook": lambda: ("wrong_type", a_workbook()),
    "another archive": lambda: ("wrong_type", repacked(PLAIN, {BODY: None})),
    "no XML inside": lambda: ("broken", repacked(PLAIN, {BODY: b"<w:document"})),
    "macros": lambda: ("unsafe", repacked(PLAIN, {"word/vbaProject.bin": b"x"})),
    "a type with macros": lambda: ("unsafe", macro_enabled()),
    "an embedded workbook": lambda: ("unsafe", repacked(PLAIN, {"word/embeddings/a.xlsx": b"x"})),
    "a web page as a part": lambda: ("unsafe", repacked(PLAIN, {"word/a.htm": b"x"})),
    "a template elsewhere": lambda: ("unsafe", with_relation("attachedTemplate", "http://a.vn/a.dotm")),
    "a picture elsewhere": lambda: ("unsafe", with_relation("image", "http://a.vn/a.png")),
    "a link to a file": lambda: ("unsafe", with_relation("hyperlink", "file:///etc/passwd")),
    "a part as a chunk": lambda: ("unsafe", with_relation("aFChunk", "a.xml", "Internal")),
    "a field that runs": lambda: ("unsafe", with_field("DDEAUTO c:\\\\a.exe")),
    "a field in pieces": lambda: ("unsafe", with_field("INCL", "ude", "Text a.txt")),
    "a field that is filled in": lambda: ("unsafe", with_field("{{ 'dde' }} a")),
    "entities": lambda: ("unsafe", with_entities()),
    "a bomb": lambda: ("broken", an_archive_bomb()),
    "many parts": lambda: ("broken", an_archive_of_many()),
    "a part twice": lambda: ("broken", with_a_part_twice()),
    "an unknown name": lambda: ("unknown_variable", a_docx("{{ mat_khau }}")),
    "an unknown part": lambda: ("unknown_variable", a_docx(cells=[LOOP[0], "{{ muc.dien_thoai }}", LOOP[2]])),
    "a loop's name outside": lambda: ("unknown_variable", a_docx("{{ muc.ten }}")),
    "a function": lambda: ("unknown_variable", a_docx("{{ range(9) }}")),
    "inner workings": lambda: ("unsafe", a_docx("{{ ''.__class__.__mro__ }}")),
    "inner workings by a name": lambda: ("wrong_syntax", a_docx("{{ so_to_trinh|attr('__class__') }}")),
    "markup": lambda: ("wrong_syntax", a_docx("{{ nguoi_ky|safe }}")),
    "not closed": lambda: ("wrong_syntax", a_docx("{% for muc in sang_kien %}")),
    "not a command": lambda: ("wrong_syntax", a_docx("{% chay %}")),
    "another file": lambda: ("broken", a_docx("{% include '/etc/passwd' %}")),
    "text between paragraphs": lambda: ("misplaced", text_outside_a_run()),
    "a paragraph's tag around half a row": lambda: (
        "misplaced",
        a_docx(cells=["{% if so_to_trinh %}", "a", "{%tr endif %}"]),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_form_is_refused_with_a_sentence(name):
    code, content = BAD[name]()

    with refused(code):
        check_template(content)


def test_every_refusal_is_tried_here():
    assert {BAD[name]()[0] for name in BAD} == {*REFUSALS, "empty"}


@pytest.mark.parametrize(("size", "code"), [(TEMPLATE_LIMIT, "broken"), (TEMPLATE_LIMIT + 1, "too_large")])
def test_a_form_weighs_two_megabytes_at_most(size, code):
    with refused(code):
        check_template(PLAIN + bytes(size - len(PLAIN)) if code == "too_large" else b"PK\x03\x04" + bytes(size - 4))


GOOD = {
    "the site's own": FORM.shipped.read_bytes,
    "every name": lambda: a_docx(*(f"{{{{ {name} }}}}" for name in FORM.variables)),
    "every part": lambda: a_docx(cells=[LOOP[0], " ".join(f"{{{{ muc.{n} }}}}" for n in ENTRY), LOOP[2]]),
    "filters and conditions": lambda: a_docx("{% if sang_kien %}{{ nguoi_ky|upper }}{% else %}không{% endif %}"),
    "a page number": lambda: with_field(" PAGE "),
    "a link": lambda: with_relation("hyperlink", "https://congdoan.vn/"),
    "no name at all": lambda: a_docx("Tờ trình"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_a_form_is_taken(name):
    content = GOOD[name]()

    template = lay_down(make_plan(), content, by=make_user())

    with template.file.open("rb") as file:
        assert file.read() == content


@pytest.mark.letter_child
def test_a_form_that_needs_too_much_ends_the_child_and_not_the_site():
    with refused("broken"):
        check_template(a_docx("{{ 'a' * 9000000000 }}"))


@pytest.mark.letter_child
def test_a_good_form_passes_through_the_child():
    assert make_template().pk


def test_a_form_is_kept_with_who_and_when_and_the_ones_before():
    plan, by = make_plan(), make_board(make_plan().union)
    first, second = make_template(plan), lay_down(plan, PLAIN, by=by)

    assert list(plan.letter_templates.order_by("pk")) == [first, second]
    event = Event.objects.of(second).get()
    assert (event.deed, event.by, event.after["sha256"]) == ("created", by, second.sha256)
    assert second.file.name.startswith("letter-templates/")


def test_a_refused_form_leaves_nothing_behind():
    plan = make_plan()

    with refused("wrong_type"):
        lay_down(plan, b"abc", by=make_user())

    assert not LetterTemplate.objects.exists()


# The admin


@pytest.fixture
def plan():
    return make_plan()


def send(user, plan, content=PLAIN, name="mau.docx"):
    values = {"plan": plan.pk, "kind": "PROPOSAL", "seen": "", "upload": SimpleUploadedFile(name, content)}
    return signed_in(user).post(reverse("admin:dossiers_lettertemplate_add"), values, follow=True)


def test_a_board_replaces_the_form_of_its_plan_and_its_unions_get_it(plan):
    answer = send(make_board(plan.union), plan)

    assert answer.redirect_chain
    dossier = make_dossier(plan=plan)
    assert texts_of(draft_letter(dossier, [])[0]) == ["Số: ……/TTr-LĐLĐ"]
    assert LetterTemplate.objects.get().uploaded_by.full_name in says(answer)


def test_a_refused_form_is_told_on_the_page(plan):
    answer = send(make_board(plan.union), plan, a_docx("{{ mat_khau }}"))

    assert "Mẫu dùng tên không có trong danh sách" in says(answer)
    assert "mat_khau" in says(answer)
    assert not LetterTemplate.objects.exists()


def test_the_page_lists_every_name_and_offers_the_sites_own_form(plan):
    client = signed_in(make_board(plan.union))

    page = client.get(reverse("admin:dossiers_lettertemplate_add")).content.decode()
    shipped = client.get(reverse("admin:dossiers_shipped_template", args=["PROPOSAL"]))

    assert all(f"{{{{ {name} }}}}" in page for name in set(FORM.variables) - {"sang_kien"})
    assert all(f"{{{{ muc.{name} }}}}" in page for name in ENTRY)
    assert reverse("admin:dossiers_shipped_template", args=["PROPOSAL"]) in page
    assert b"".join(shipped.streaming_content) == FORM.shipped.read_bytes()


def test_another_board_staff_and_national_staff_lay_down_nothing(plan):
    dossier = make_dossier(plan=plan)
    for user in (make_board(make_plan().union), make_national_user(), make_staff(dossier.union)):
        send(user, plan)

    assert not LetterTemplate.objects.exists()


def test_an_administrator_may_lay_down_any_plans_form(plan):
    send(User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="QT"), plan)

    assert LetterTemplate.objects.get().plan == plan


def test_a_form_is_handed_out_to_its_own_board_alone_and_changed_by_nobody(plan):
    template = make_template(plan)
    addresses = [
        reverse("admin:dossiers_letter_template", args=[template.pk]),
        reverse("admin:dossiers_lettertemplate_change", args=[template.pk]),
    ]
    own, other = signed_in(make_board(plan.union)), signed_in(make_board(make_plan().union))

    for address in addresses:
        assert other.get(address).status_code == 404
    assert own.get(addresses[1]).status_code == 200
    assert own.post(addresses[1], {"plan": plan.pk}).status_code == 403
    answer = own.get(addresses[0])
    assert b"".join(answer.streaming_content) == FORM.shipped.read_bytes()
    assert answer["Content-Disposition"] == f'attachment; filename="mau-van-ban-{template.pk}.docx"'


def test_the_guide_tells_every_name_with_the_same_words():
    guide = (settings.BASE_DIR / "docs" / "huong-dan" / "mau-to-trinh.md").read_text()

    for name, about in FORM.variables.items():
        assert name == "sang_kien" or f"| `{{{{ {name} }}}}` | {about} |" in guide
    assert all(f"`{{{{ muc.{name} }}}}`" in guide for name in ENTRY)
