"""Certificates: a page for each award, names whole and fitted, a code that leads to the page that confirms it."""

import io
import time

import pikepdf
import pytest
import segno
from django.urls import reverse
from PIL import Image

from awards import certificates
from awards.amending import grant
from awards.certificates import certificates_pdf, confirmation_address, names_on
from awards.issuing import issue
from awards.listing import lines_of
from awards.models import Award, Certificate, Kind
from awards.paper_settings import keep_settings
from awards.publishing import publish
from awards.selection import choose, take_back
from config import clock, typesetting
from dossiers.letterhead import profile_of
from initiatives.codes import read
from tests.council import make_certificate, make_chosen_plan, make_published_plan
from tests.documents import PROFILE
from tests.factories import make_board, make_user
from tests.pages import says
from tests.pdfs import opened, words_of
from tests.published import LATER, NUMBER, make_decided
from tests.refusals import refused
from tests.removals import forget

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SIXTY = "Công-tằng-tôn-nữ Nguyễn Phúc Trường Thịnh Hoàng Bảo Ngọc Yến"
OF_FIVE = "\n".join(
    ["Hoàng Đình Khánh Nguyên", "Trần Thị Bích Phượng", "Lò Văn Ếng", "Phạm Thị Thu Hường", "Nguyễn Văn An"]
)
LONGEST = ("Nghiên cứu chế tạo thiết bị tự động kiểm tra chất lượng bo mạch bằng thị giác máy tính, " * 4)[:298] + "Ệx"
HOSTILE = '#panic("x") $a$ *b* _c_ @d <e> \\u{41} [f] // g `h` {{ i }} = k'


def squeezed(text):
    return "".join(text.split())


def pdf_of(plan):
    return certificates_pdf(plan, lines_of(plan, make_board(plan.union)))


@pytest.mark.parametrize("make", [make_chosen_plan, make_published_plan])
def test_there_is_a_page_of_a4_for_each_award_and_the_nominated_have_one_too(make):
    content = pdf_of(make(3, 1))

    with opened(content) as pdf:
        assert [[round(float(side)) for side in page.mediabox] for page in pdf.pages] == [[0, 0, 842, 595]] * 3


@pytest.mark.parametrize("authors", [SIXTY, OF_FIVE, "Ệ" * 60, "Y", "Một Tên\nHai Tên"])
@pytest.mark.parametrize("title", ["Giá phơi chè", LONGEST])
def test_each_name_and_title_is_there_whole(authors, title):
    plan = make_published_plan(1, 0, authors=[authors], titles=[title])
    (page,) = words_of(pdf_of(plan))

    assert all(squeezed(name) in page for name in authors.split("\n"))
    assert squeezed(title) in page
    assert ("Nhómtácgiả" in page) == ("\n" in authors)
    assert "Quyếtđịnhsố112/QĐ-LĐLĐngày01tháng4năm2021" in page


@pytest.mark.parametrize("title", [SIXTY, LONGEST])
def test_nothing_stands_outside_the_frame(title, monkeypatch):
    """Drawn as a picture: the margin beyond the frame is white all around, whatever is written."""
    plan = make_published_plan(1, 0, authors=[OF_FIVE], titles=[title])
    monkeypatch.setattr(typesetting, "pdf", lambda template, data: typesetting.png(template, data, scale=1))
    picture = Image.open(io.BytesIO(pdf_of(plan))).convert("L")
    wide, high = picture.size

    assert (wide, high) == (842, 595)
    for box in ((0, 0, wide, 24), (0, high - 24, wide, high), (0, 0, 24, high), (wide - 24, 0, wide, high)):
        assert picture.crop(box).getextrema() == (255, 255)


def test_a_name_of_sixty_letters_is_on_one_line_and_a_short_one_larger():
    assert len(SIXTY) == 60
    long, short = (
        certificates_pdf(plan, lines_of(plan, make_board(plan.union)))
        for plan in (make_published_plan(1, 0, authors=[name]) for name in (SIXTY, "Lò Ếng"))
    )
    assert 15 < size_of_name(long) < 32
    assert size_of_name(short) == 32


def size_of_name(content):
    """The size of the largest type on the first page, what is given aside."""
    with opened(content) as pdf:
        found = pikepdf.parse_content_stream(pdf.pages[0])
        sizes = {float(operands[1]) for operands, operator in found if str(operator) == "Tf"}
    return max(sizes - {44.0})


def test_what_people_typed_is_literal():
    plan = make_published_plan(1, 0, authors=[HOSTILE], titles=[HOSTILE])
    (page,) = words_of(pdf_of(plan))

    assert page.count(squeezed(HOSTILE)) == 2


def test_a_draft_says_so_and_has_no_code():
    (draft,) = words_of(pdf_of(make_chosen_plan(1, 0)))
    (final,) = words_of(pdf_of(make_published_plan(1, 0)))

    assert "BẢNTHẢO" in draft
    assert "Mãxácnhận" not in draft
    assert "BẢNTHẢO" not in final
    assert "Mãxácnhận" in final


def test_the_code_that_is_printed_is_the_address_of_the_page(settings, monkeypatch):
    settings.SITE_URL = "https://sangkien.example.vn"
    plan = make_published_plan(1, 0)
    printed = {}
    monkeypatch.setattr(typesetting, "pdf", lambda template, data: printed.update(data))
    pdf_of(plan)
    (one,) = printed["certificates"]
    code = Certificate.objects.get().code

    assert (
        one["address"]
        == f"https://sangkien.example.vn{reverse('confirmation', args=[plan.campaign.slug, one['code']])}"
    )
    assert read(one["code"]) == code
    wanted = io.BytesIO()
    segno.make(one["address"], error="q", micro=False).save(wanted, kind="svg", scale=10, border=4, light="#fff")
    assert one["qr"].encode() == wanted.getvalue()


def test_the_union_says_what_it_gives_and_who_signs():
    plan = make_published_plan(1, 0)
    profile = PROFILE | {"own_line": "Liên đoàn Lao động tỉnh Thái Nguyên", "signer_title": "DEPUTY"}
    version = profile_of(plan.union).version
    keep_settings(plan, profile, "COMMENDATION", by=make_user(), version=version, given="PRAISE")
    (page,) = words_of(pdf_of(plan))

    assert "GIẤYKHEN" in page
    assert "KT.CHỦTỊCHPHÓCHỦTỊCHTrầnVănBình" in page

    with refused("stale"):
        keep_settings(plan, profile, "PRAISE", by=make_user(), version=version + 1, given="PRAISE")


def test_thirty_certificates_take_seconds():
    plan = make_published_plan(30, 4)
    lines = lines_of(plan, make_board(plan.union))
    started = time.monotonic()

    content = certificates_pdf(plan, lines)

    assert time.monotonic() - started < 5
    assert len(words_of(content)) == 30


def test_a_list_costs_the_same_number_of_queries_however_long(django_assert_num_queries):
    plans = make_published_plan(1, 0), make_published_plan(3, 1)

    for plan in plans:
        plan = type(plan).objects.select_related("union__parent", "campaign", "publication").get(pk=plan.pk)
        board = make_board(plan.union)
        with django_assert_num_queries(7):
            certificates_pdf(plan, lines_of(plan, board))


# Issuing


def test_publication_issues_a_code_for_each_award_and_once():
    plan = make_published_plan(3, 1)

    assert Certificate.objects.count() == 3
    assert issue(plan, by=make_user()) == 0
    assert len({certificate.code for certificate in Certificate.objects.all()}) == 3


def test_nothing_is_issued_before_publication():
    with refused("not_published"):
        issue(make_chosen_plan(), by=make_user())


# The public page


def page_of(client, certificate, code=None):
    return client.get(f"/{certificate.award.plan.campaign.slug}/xac-nhan/{code or certificate.shown_code}/")


@pytest.mark.parametrize("how", [str, str.lower, lambda code: code.replace("-", "")])
def test_the_page_confirms_what_the_certificate_says(client, how):
    certificate = make_certificate()
    answer = page_of(client, certificate, how(certificate.shown_code))
    page = says(answer)

    for words in ("Bằng khen này có thật", "Nguyễn Thị Hoà 1", "Sáng kiến số 01", "Số 112/QĐ-LĐLĐ ngày 01/04/2021"):
        assert words in page
    assert str(certificate.award.plan.union) in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "ABCD-EFGH-JKMN", "%00", "A" * 300])
def test_another_code_is_not_found(client, code):
    assert page_of(client, make_certificate(), code).status_code == 404


def test_a_code_of_another_programme_is_not_found(client):
    certificate = make_certificate()

    assert client.get(f"/khac/xac-nhan/{certificate.shown_code}/").status_code == 404


def test_before_publication_there_is_no_page(client):
    plan = make_chosen_plan(1, 0)
    certificate = Certificate.objects.create(award=Award.objects.get(), issued_at=clock.now())

    assert page_of(client, certificate).status_code == 404
    publish(plan, "1/QĐ", clock.today(), by=make_user())
    assert page_of(client, certificate).status_code == 200


def test_a_certificate_whose_award_was_taken_back_is_no_longer_valid(client):
    plan = make_chosen_plan(2, 0)
    award = Award.objects.get(entry__rank=1)
    certificate = Certificate.objects.create(award=award, issued_at=clock.now())
    take_back(plan, award.entry, Kind.PROVINCE, "Chọn nhầm.", by=make_user())
    choose(plan, award.entry, Kind.PROVINCE, by=make_user())
    publish(plan, "1/QĐ", clock.today(), by=make_user())
    page = says(page_of(client, certificate))

    assert "không còn giá trị" in page
    assert "có thật" not in page
    renewed = Certificate.objects.get(award__entry=award.entry, award__taken_back_at=None)
    assert "có thật" in says(page_of(client, renewed))
    assert certificates.shown(renewed.code) in "".join(words_of(pdf_of(plan)))


def test_a_forgotten_author_is_named_on_neither(client):
    certificate = make_certificate()
    entry = certificate.award.entry
    forget(entry.initiative)

    page = says(page_of(client, certificate))
    (printed,) = words_of(pdf_of(certificate.award.plan))

    assert "Nguyễn Thị Hoà 1" not in page
    assert "Tác giả đã được xóa tên" in page
    assert "NguyễnThịHoà" not in printed


def test_names_come_without_shares_and_as_they_stand_where_they_are_written_otherwise():
    entry = make_chosen_plan(1, 0).entries.get()
    for authors, names in {
        "Tổ hàn\nĐỗ Mai – 60%\nTrần Bình – 40%": ["Tổ hàn", "Đỗ Mai", "Trần Bình"],
        "Đỗ Mai 60% 40%": ["Đỗ Mai 60% 40%"],
    }.items():
        entry.authors = authors
        assert names_on(entry) == names


def test_an_address_is_the_sites_own(settings):
    settings.SITE_URL = "https://sangkien.example.vn"
    certificate = make_certificate()

    address = confirmation_address(certificate.award.plan.campaign, certificate.code)

    assert address.startswith("https://sangkien.example.vn/chuong-trinh-")


def test_a_certificate_of_an_award_given_later_names_the_later_decision(client):
    publication, entries = make_decided()
    grant(publication.plan, entries[1], Kind.PROVINCE, *LATER, by=make_user())
    first, added = (Certificate.objects.get(award__entry=entry) for entry in entries[:2])

    assert NUMBER in says(page_of(client, first))
    page = says(page_of(client, added))
    assert LATER[1] in page
    assert NUMBER not in page
    printed = " ".join(words_of(pdf_of(publication.plan)))
    assert NUMBER in printed
    assert LATER[1] in printed
