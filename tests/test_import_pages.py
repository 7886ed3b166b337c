"""The pages of the import: template, upload, preview, progress, codes."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Level, Role
from accounts.roles import grant
from initiatives import importing
from initiatives.import_columns import columns_for
from initiatives.import_models import Import, State
from initiatives.import_reading import SHEET, look_into
from initiatives.limits import IMPORT_LIMIT_MB, IMPORTS_OF_PERSON
from initiatives.models import Initiative
from tests.factories import make_campaign, make_initiative, make_national_user, make_staff, make_union
from tests.pages import errors_beside, form_on, runs_nothing, says, signed_in, tree
from tests.papers import import_of, paper, run_queue, upload, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "/cong-doan/nhap-tu-giay/"


@pytest.fixture
def union():
    make_campaign()
    return make_union()


@pytest.fixture
def staff(union):
    return signed_in(make_staff(union))


def file_of(content, name="phiếu giấy.xlsx"):
    return SimpleUploadedFile(name, content)


def test_from_upload_to_codes(staff, union):
    response = staff.post(LIST, {"union": union.code, "file": file_of(workbook([paper(1), paper(2)]))})
    address = response["Location"]
    assert response.status_code == 302
    waiting = staff.get(address)
    assert "Đang kiểm tra" in says(waiting)
    assert tree(waiting).xpath("//progress")
    assert tree(waiting).xpath(f"//a[@href='{address}']")

    run_queue()
    preview = staff.get(address)
    assert "Sẽ lưu 2 sáng kiến mới" in says(preview)
    assert "Nguyễn Thị Hoà 1" in says(preview)
    assert not Initiative.objects.exists()

    confirm = form_on(preview, f"{address}xac-nhan/")
    assert staff.post(confirm.action).status_code == 302
    assert "Đang lưu" in says(staff.get(address))

    run_queue()
    assert "Đã lưu 2 sáng kiến" in says(staff.get(address))
    codes = staff.post(form_on(staff.get(address), f"{address}ma-sang-kien.xlsx").action)
    rows = list(load_workbook(io.BytesIO(codes.content)).active.values)
    assert [row[4] for row in rows[1:]] == [one.shown_code for one in Initiative.objects.order_by("pk")]
    assert "attachment" in codes["Content-Disposition"]


def test_what_is_wrong_stands_on_the_page_by_row_and_column(staff, union):
    found = upload(union, workbook([paper(1, phone="12"), paper(2, consent="")]))

    page = staff.get(found.get_absolute_url())

    assert "Có 2 chỗ cần sửa. Chưa lưu dòng nào." in says(page)
    assert "Dòng 4, cột Số điện thoại (ô B4): Hãy ghi số di động" in says(page)
    assert "Dòng 5, cột Đã ký đồng ý trên giấy" in says(page)
    assert not tree(page).xpath("//form[contains(@action, 'xac-nhan')]")


def test_long_lists_come_in_parts(staff, union):
    found = upload(union, workbook([paper(number, phone="12") for number in range(150)]))

    first, second = (staff.get(found.get_absolute_url(), {"tu": start}) for start in ("", "100"))

    assert (says(first).count("Dòng "), says(second).count("Dòng ")) == (100, 50)
    assert tree(first).xpath("//a[@href='?tu=100']")
    assert tree(second).xpath("//a[@href='?tu=0']")
    for nonsense in ("-1", "x", "9" * 30, "99999"):
        assert staff.get(found.get_absolute_url(), {"tu": nonsense}).status_code == 200


def test_known_rows_come_first_and_say_so(staff, union):
    import_of(union, [paper(2)])
    found = upload(union, workbook([paper(1), paper(2)]))

    page = staff.get(found.get_absolute_url())

    assert "Sẽ lưu 1 sáng kiến mới, bỏ qua 1 dòng đã có" in says(page)
    first = tree(page).xpath("//tbody/tr")[0].text_content()
    assert f"bỏ qua: đã có, mã {Initiative.objects.get().shown_code}" in first


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp trống"),
        (b"x" * (IMPORT_LIMIT_MB * 1024 * 1024 + 1), "tối đa 10 MB"),
    ],
)
def test_a_file_that_is_empty_or_too_large_is_not_even_kept(staff, union, content, sentence):
    response = staff.post(LIST, {"union": union.code, "file": file_of(content)})

    assert response.status_code == 422
    assert any(sentence in text for text in errors_beside(response)["file"])
    assert not Import.objects.exists()


def test_a_file_must_be_chosen(staff, union):
    response = staff.post(LIST, {"union": union.code})

    assert errors_beside(response) == {"file": ["Hãy chọn tệp Excel đã điền."]}


def test_a_hostile_file_gets_its_sentence_on_the_page(staff, union):
    found = upload(union, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)

    assert "Đây là tệp Excel kiểu cũ (.xls)" in says(staff.get(found.get_absolute_url()))


def test_hostile_text_in_a_file_stays_text(staff, union):
    found = upload(union, workbook([paper(title="<script>alert(1)</script>"), paper(2, phone="<b>1</b>")]))
    kept = import_of(union, [paper(3, title="+HYPERLINK & <img src=x onerror=alert(1)>")])

    for page in (staff.get(found.get_absolute_url()), staff.get(kept.get_absolute_url()), staff.get(LIST)):
        assert runs_nothing(page)
    codes = load_workbook(io.BytesIO(staff.post(f"{kept.get_absolute_url()}ma-sang-kien.xlsx").content)).active
    assert (codes["D2"].data_type, codes["D2"].quotePrefix) == ("s", True)


def test_outside_the_campaign_there_is_no_form_and_an_upload_is_refused(staff, union, at):
    at("2021-04-21 00:00")

    assert not tree(staff.get(LIST)).xpath("//input[@type='file']")
    response = staff.post(LIST, {"union": union.code, "file": file_of(workbook([paper()]))})
    assert response.status_code == 422
    assert not Import.objects.exists()


def test_confirming_after_closing_says_so_and_stores_nothing(staff, union, at):
    found = upload(union, workbook([paper()]))
    at("2021-04-21 00:00")

    response = staff.post(f"{found.get_absolute_url()}xac-nhan/", follow=True)
    run_queue()

    assert "đã đóng" in says(response)
    assert not Initiative.objects.exists()


def test_someone_with_two_unions_chooses_and_nobody_chooses_anothers(union):
    user = make_staff(union)
    other, foreign = make_union(), make_union()
    grant(user, other, Role.STAFF)
    client = signed_in(user)

    options = tree(client.get(LIST)).xpath("//select[@name='union']/option/@value")
    assert set(options) == {union.code, other.code}
    assert client.post(LIST, {"union": foreign.code, "file": file_of(workbook([paper()]))}).status_code == 422
    assert client.post(LIST, {"union": other.code, "file": file_of(workbook([paper()]))}).status_code == 302
    assert Import.objects.get().union == other


def test_nobody_uploads_without_end(staff, union, monkeypatch):
    monkeypatch.setattr(importing, "IMPORTS_OF_PERSON", IMPORTS_OF_PERSON._replace(most=2))
    content = workbook([paper()])

    answers = [staff.post(LIST, {"union": union.code, "file": file_of(content)}).status_code for _ in range(3)]

    assert answers == [302, 302, 422]
    assert Import.objects.count() == 2


def test_national_staff_see_imports_and_cannot_confirm(union):
    found = upload(union, workbook([paper()]))
    client = signed_in(make_national_user())

    page = client.get(found.get_absolute_url())

    assert "Sẽ lưu 1 sáng kiến" in says(page)
    assert not tree(page).xpath("//form[contains(@action, 'xac-nhan')]")
    assert not tree(client.get(LIST)).xpath("//input[@type='file']")


def test_the_list_asks_as_much_for_one_import_as_for_three(staff, union, django_assert_num_queries):
    for number in range(3):
        upload(union, workbook([paper(number)]))
        with django_assert_num_queries(6):
            staff.get(LIST)


def test_the_desk_leads_to_the_import(staff):
    assert tree(staff.get("/cong-doan/")).xpath(f"//a[@href='{LIST}']")


# The template


def template(client, union):
    return client.get(reverse("import_template", args=[union.code])).content


def test_a_template_that_is_filled_in_is_understood(staff, union):
    book = load_workbook(io.BytesIO(template(staff, union)))
    sheet = book[SHEET]
    examples = {column.name: column.examples[0] for column in columns_for(union)}
    for place, column in enumerate(columns_for(union), start=1):
        assert sheet.cell(3, place).value == column.shown_header
        sheet.cell(4, place, examples[column.name] or None)
    content = io.BytesIO()
    book.save(content)

    found = upload(union, content.getvalue())

    assert (found.state, found.new_rows, found.unused, found.problems) == (State.CHECKED, 1, [], [])


def test_examples_are_never_imported(staff, union):
    content = template(staff, union)

    assert "Nguyễn Văn An" in [cell for row in load_workbook(io.BytesIO(content))["Ví dụ"].values for cell in row]
    assert "chưa có dòng nào" in upload(union, content).refusal


@pytest.mark.parametrize("level", [Level.TOP, Level.UPPER, Level.GRASSROOTS])
def test_the_lists_of_a_template_are_the_real_ones(level):
    make_campaign()
    union = make_union(level)
    below = make_union(Level.GRASSROOTS, union) if level != Level.GRASSROOTS else union
    make_union(Level.GRASSROOTS, union, is_active=False) if level != Level.GRASSROOTS else None

    book = load_workbook(io.BytesIO(template(signed_in(make_staff(union)), union)))

    lists = {}
    for rule in book[SHEET].data_validations.dataValidation:
        if rule.type == "list":
            sheet, cells = rule.formula1.replace("'", "").split("!")
            found = book[sheet][cells.replace("$", "")]
            lists[rule.promptTitle] = [row[0].value for row in (found if isinstance(found, tuple) else ((found,),))]
    expected = {Level.TOP: [below.name], Level.UPPER: [union.name, below.name], Level.GRASSROOTS: [union.name]}[level]
    assert lists["Công đoàn cấp trên"] == expected
    assert lists["Khối"] == ["Doanh nghiệp", "Hành chính sự nghiệp"]
    assert len(lists["Lĩnh vực"]) == 5
    assert lists["Giới tính"] == ["Nam", "Nữ", "Khác"]
    assert lists["Đã ký đồng ý trên giấy"] == ["Có"]
    assert len(book[SHEET].data_validations.dataValidation) == len(columns_for(union))


def test_the_template_of_a_union_below_carries_its_code(staff, union):
    below = make_union(Level.GRASSROOTS, union)

    rows = look_into(template(staff, below))["rows"]

    assert rows[1][1][:2] == ["Mã đơn vị:", below.code]


def test_an_initiative_from_paper_looks_like_any_other_to_staff_and_author(staff, union, client):
    found = import_of(union, [paper(1)])
    stored = found.stored.get().initiative
    make_initiative(union)

    assert "Công đoàn gửi thay từ phiếu giấy" in says(staff.get(stored.get_absolute_url()))
    page = says(client.get(stored.private_path))
    assert f"{union} đã gửi thay bạn." in page


@pytest.mark.parametrize(
    ("who", "sees", "confirms"),
    [("own", True, True), ("above", True, True), ("below", False, False), ("neighbour", False, False)],
)
def test_staff_see_and_confirm_imports_from_their_own_union_downwards(union, who, sees, confirms):
    found = upload(union, workbook([paper()]))
    place = {
        "own": lambda: union,
        "above": lambda: union.parent,
        "below": lambda: make_union(Level.GRASSROOTS, union),
        "neighbour": lambda: make_union(parent=union.parent),
    }[who]()
    user = make_staff(place)

    assert Import.objects.visible_to(user).filter(pk=found.pk).exists() == sees
    assert Import.objects.confirmable_by(user).filter(pk=found.pk).exists() == confirms
