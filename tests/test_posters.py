"""Posters: whose they are, where their code leads, and the many of them that union staff download at once."""

import io

import pytest
import segno
from django.urls import reverse
from PIL import Image

from accounts.models import Level
from config import typesetting
from initiatives import poster_views
from tests.factories import make_campaign, make_initiative, make_staff, make_union
from tests.pages import says, signed_in, tree
from tests.pdfs import opened, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

A4 = [0, 0, 595, 842]
LEVELS = [Level.TOP, Level.UPPER, Level.GRASSROOTS]


def squeezed(text):
    return "".join(text.split())


def link_of(campaign, union):
    return f"http://testserver/{campaign.slug}/gui-sang-kien/?don-vi={union.code}"


def modules(picture):
    """Return the squares of the QR code on a page: it is all that is quite black there."""
    image = Image.open(io.BytesIO(picture)).convert("L").point(lambda light: 255 if light < 10 else 0)
    return image.crop(image.getbbox())


def code_of(address, picture):
    """Return (the squares that the code of an address has, those seen in the picture)."""
    expected = [list(row) for row in segno.make(address, error="q", micro=False).matrix]
    image, side = modules(picture), len(expected)
    at = [(number + 0.5) * image.width / side for number in range(side)]
    return expected, [[int(image.getpixel((x, y)) > 0) for x in at] for y in at]


# One poster


@pytest.mark.parametrize("level", LEVELS)
def test_a_poster_tells_whose_it_is_how_to_scan_until_when_and_who_helps(client, level):
    campaign, union = make_campaign(), make_union(level)

    response = client.get(f"/{campaign.slug}/ma-qr.pdf?don-vi={union.code}")

    assert response["Content-Type"] == "application/pdf"
    (page,) = words_of(response.content)
    above = [] if level == Level.TOP else [union.parent.name]
    words = [campaign.name, union.name, *above, "quét mã QR trong Zalo", "Nhận đến hết ngày 20/04/2021",
             "0900.000.000, gặp Người Giải Đáp, Ban Tuyên giáo.", link_of(campaign, union)]  # fmt: skip
    assert [word for word in words if squeezed(word) not in page] == []
    assert "TổngLiênđoàn" not in page
    with opened(response.content) as pdf:
        assert [round(float(number)) for number in pdf.pages[0].mediabox] == A4


def test_the_poster_of_the_programme_names_no_union(client):
    campaign, union = make_campaign(), make_union()

    (page,) = words_of(client.get(f"/{campaign.slug}/ma-qr.pdf").content)

    assert page.endswith(f"http://testserver/{campaign.slug}/")
    assert squeezed(union.name) not in page


@pytest.mark.parametrize("level", [None, *LEVELS])
def test_the_code_on_a_poster_leads_to_the_programme_or_the_unions_own_link(client, monkeypatch, level):
    monkeypatch.setattr(typesetting, "pdf", typesetting.png)  # the same page as a picture
    campaign = make_campaign()
    union = make_union(level) if level else None
    address = link_of(campaign, union) if union else f"http://testserver/{campaign.slug}/"

    picture = client.get(f"/{campaign.slug}/ma-qr.pdf" + (f"?don-vi={union.code}" if union else "")).content

    expected, seen = code_of(address, picture)
    assert seen == expected
    assert code_of(address + "x", picture)[0] != expected


@pytest.mark.parametrize("level", LEVELS)
def test_scanning_shows_whose_link_it_is_and_has_picked_the_workplace(client, level):
    campaign, union = make_campaign(), make_union(level)

    response = client.get(link_of(campaign, union))

    assert f"Bạn đang gửi qua đường dẫn của {union.name} ." in says(response)
    assert picked(response, "top") == [union.top.code]
    assert picked(response, "unit") == ([] if level == Level.TOP else [union.code])


def picked(response, name):
    options = tree(response).xpath(f"//select[@name='{name}']//option[@selected]/@value")
    return [code for code in options if code]


HOSTILE = '#read("/etc/passwd") </script>"\r\nSet-Cookie: a=b *Đường*'


def test_a_hostile_name_stays_a_name(client):
    campaign, union = make_campaign(), make_union(name=HOSTILE)

    response = client.get(f"/{campaign.slug}/ma-qr.pdf?don-vi={union.code}")

    assert squeezed(HOSTILE) in words_of(response.content)[0]
    assert response["Content-Disposition"] == (
        'attachment; filename="to-dan-read-etc-passwd-script-Set-Cookie-a-b-Duong.pdf"'
    )
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("name", ["Ữ" * 200, "Công đoàn Công ty " * 11, "中" * 200])
def test_however_long_a_name_is_the_poster_is_one_page(client, name):
    campaign, union = make_campaign(name="Chương trình sáng kiến " * 8), make_union(name=name)

    response = client.get(f"/{campaign.slug}/ma-qr.pdf?don-vi={union.code}")

    assert len(words_of(response.content)) == 1


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_file_says_in_its_name_which_union_it_is_of(client, kind):
    campaign, union = make_campaign(slug="mua-xuan"), make_union(name="LĐLĐ huyện Đại Từ")

    names = [client.get(f"/mua-xuan/ma-qr.{kind}{query}")["Content-Disposition"].split("filename=")[1]
             for query in ("", f"?don-vi={union.code}")]  # fmt: skip

    what = "to-dan" if kind == "pdf" else "ma-qr"
    assert names == [f'"{what}-{campaign.slug}.{kind}"', f'"{what}-LDLD-huyen-Dai-Tu.{kind}"']


# Caches


@pytest.mark.parametrize("path", ["ma-qr/", "ma-qr.svg", "ma-qr.png", "ma-qr.pdf", "huy-hieu.svg", "huy-hieu.png"])
def test_what_is_the_same_for_everybody_may_be_kept_unless_somebody_is_signed_in(client, path):
    campaign, union = make_campaign(), make_union()
    address = f"/{campaign.slug}/{path}"

    assert client.get(address)["Cache-Control"] == "public, max-age=600"
    signed = signed_in(make_staff(union)).get(address)["Cache-Control"]
    assert "no-store" in signed
    assert "public" not in signed
    assert "Cache-Control" not in client.get(f"{address}?don-vi=none") or path.startswith("huy-hieu")


# Those of a union and all below it


def posters_of(union, **parameters):
    return signed_in(make_staff(union)).get(reverse("posters_file", args=[union.code]), parameters)


def test_union_staff_download_their_own_and_all_below_in_one_file():
    campaign, union = make_campaign(), make_union(code="B", name="LĐLĐ huyện Đại Từ")
    below = [make_union(Level.GRASSROOTS, union, code=code) for code in ("B2", "B1")]
    make_union(Level.GRASSROOTS, union, code="B3", is_active=False)
    make_union(parent=union.parent, code="C")

    response = posters_of(union)

    pages = words_of(response.content)
    assert len(pages) == 3
    for page, one in zip(pages, [union, below[1], below[0]], strict=True):
        assert squeezed(one.name) in page
        assert page.endswith(link_of(campaign, one))
    assert response["Content-Disposition"] == 'attachment; filename="to-dan-tat-ca-LDLD-huyen-Dai-Tu.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_a_top_union_has_those_of_every_level():
    make_campaign()
    union = make_union(Level.GRASSROOTS, make_union())

    assert len(words_of(posters_of(union.top).content)) == 3


@pytest.mark.parametrize(("unions", "parts"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_more_than_one_file_holds_come_in_parts_each_union_once(monkeypatch, unions, parts):
    monkeypatch.setattr(poster_views, "POSTERS_A_FILE", 2)
    make_campaign()
    union = make_union(code="B0")
    for number in range(1, unions):
        make_union(Level.GRASSROOTS, union, code=f"B{number}")
    client, list_page, files = signed_in(make_staff(union)), reverse("posters", args=[union.code]), []

    query = [""]
    while query:
        page = tree(client.get(list_page + query[0]))
        (file,) = page.xpath("//a[contains(@class, 'btn-primary')]/@href")
        files.append(words_of(client.get(file).content))
        query = [link.removeprefix(list_page) for link in page.xpath("//a[text()='Các đơn vị tiếp theo']/@href")]

    assert [len(file) for file in files] == parts
    leading_to = [page.split("don-vi=")[1] for file in files for page in file]
    assert leading_to == [f"B{number}" for number in range(unions)]


@pytest.mark.parametrize("after", ["%00", "'; --", "z" * 100, "ế"])
def test_a_part_after_nonsense_is_the_first(after):
    make_campaign()
    union = make_union()

    assert posters_of(union, sau=after).status_code == 200


def test_a_part_after_the_last_union_is_not_there():
    make_campaign()
    union = make_union()

    assert posters_of(union, sau=union.code).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_posters_costs_the_same_for_any_number_of_unions(django_assert_num_queries, rows):
    make_campaign()
    union = make_union()
    for _ in range(rows):
        make_union(Level.GRASSROOTS, union)
    client = signed_in(make_staff(union))

    with django_assert_num_queries(7):
        response = client.get(reverse("posters", args=[union.code]))
    assert f"Tải {rows + 1} tờ dán" in says(response)


def test_the_desk_leads_to_the_posters_of_the_union_and_of_those_below():
    campaign, union = make_campaign(), make_union()
    desk = reverse("desk")
    own, all_below = f"/{campaign.slug}/ma-qr/?don-vi={union.code}", reverse("posters", args=[union.code])

    links = tree(signed_in(make_staff(union)).get(desk)).xpath("//main//a/@href")
    assert own in links
    assert all_below not in links

    make_union(Level.GRASSROOTS, union)
    links = tree(signed_in(make_staff(union)).get(desk)).xpath("//main//a/@href")
    assert {own, all_below} <= set(links)


def test_without_a_running_programme_there_are_no_posters_to_download():
    campaign, union = make_campaign(), make_union()
    make_initiative(union, campaign)
    campaign.is_running = False
    campaign.save()

    assert posters_of(union).status_code == 404
    links = tree(signed_in(make_staff(union)).get(reverse("desk"))).xpath("//main//a/@href")
    assert [link for link in links if "ma-qr" in link or "to-dan" in link] == []
