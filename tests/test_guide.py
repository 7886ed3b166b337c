"""The guide: samples that the form takes, pictures that are there, the same words in the file for offline."""

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from initiatives.forms import InitiativeForm
from initiatives.guide_pictures import DENSITY, ON_THEM
from initiatives.guide_samples import REFUSED, SAMPLES
from initiatives.models import Field
from tests.factories import make_campaign, make_union
from tests.pages import says, tree, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PICTURES = settings.BASE_DIR / "static" / "img" / "guide"
MOST_BYTES = 400_000


@pytest.fixture
def campaign():
    return make_campaign(slug="mua-xuan")


def words(text):
    return " ".join(text.split())


# Samples


def test_every_field_has_one_sample_and_three_reasons():
    assert [sample.field for sample in SAMPLES] == list(Field)
    assert {len(sample.reasons) for sample in SAMPLES} == {3}
    assert len(REFUSED) >= 5


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.field.value)
def test_a_worker_may_send_what_the_guide_calls_good(campaign, sample):
    values = {"field": sample.field.value, "title": sample.title, "job_title": sample.job}
    values |= {"description": sample.description, "effect": sample.effect}

    form = InitiativeForm(typed(make_union(), **values), campaign=campaign)

    assert form.errors == {}
    assert {name: form.cleaned_data[name] for name in values} == values, "the guide shows what is stored, untouched"


def test_the_guide_shows_samples_and_what_is_no_initiative_word_by_word(client, campaign):
    page = says(client.get("/mua-xuan/huong-dan/"))

    told = [text for s in SAMPLES for text in (s.field.label, s.title, s.description, s.effect, *s.reasons)]
    told += [text for case in REFUSED for text in case]
    assert [text for text in told if words(text) not in page] == []


# Pictures


def test_the_guide_shows_every_picture_that_is_there_and_no_other(client, campaign):
    shown = tree(client.get("/mua-xuan/huong-dan/")).xpath("//main//img")

    assert sorted(Path(image.get("src")).stem for image in shown) == sorted(ON_THEM)
    assert sorted(path.name for path in PICTURES.iterdir()) == sorted(f"{name}.webp" for name in ON_THEM)
    for image in shown:
        assert image.get("alt") in ON_THEM.values()
        assert (image.get("loading"), image.get("decoding")) == ("lazy", "async")
        with Image.open(PICTURES / Path(image.get("src")).name) as file:
            assert file.size == tuple(DENSITY * int(image.get(side)) for side in ("width", "height"))


@pytest.mark.parametrize("name", ON_THEM)
def test_a_picture_is_sharp_on_a_phone_and_light(name):
    with Image.open(PICTURES / f"{name}.webp") as image:
        assert image.width == 360 * DENSITY
    assert (PICTURES / f"{name}.webp").stat().st_size < 40_000


# Finding one's way


@pytest.mark.parametrize("path", ["huong-dan/", "huong-dan/tai-ve/"])
def test_every_place_that_the_guide_points_at_is_in_it(client, campaign, path):
    page = tree(client.get(f"/mua-xuan/{path}"))

    targets = {href.removeprefix("#") for href in page.xpath("//@href[starts-with(., '#')]")}
    assert targets - {"noi-dung"} == set(page.xpath("//h2/@id"))
    assert targets <= set(page.xpath("//@id"))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_link_of_the_guide_leads_somewhere(client, campaign):
    links = set(tree(client.get("/mua-xuan/huong-dan/")).xpath("//a/@href[starts-with(., '/')]"))

    assert "/mua-xuan/huong-dan/tai-ve/" in links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


# The file


def test_the_file_says_the_same_as_the_page(client, campaign):
    page = tree(client.get("/mua-xuan/huong-dan/"))
    file = tree(client.get("/mua-xuan/huong-dan/tai-ve/"))

    def texts(document):
        parts = document.xpath("//main//*[self::h2 or self::h3 or self::h4 or self::p or self::li or self::dd]")
        return [words(part.text_content()) for part in parts if "actions" not in part.get("class", "")]

    assert set(texts(page)) <= set(texts(file))
    assert "0900.000.000" in words(file.text_content())


def test_the_file_is_taken_home_as_one_small_file_that_asks_for_nothing(client, campaign):
    response = client.get("/mua-xuan/huong-dan/tai-ve/")
    page = tree(response)

    assert response["Content-Disposition"] == 'attachment; filename="huong-dan-gui-sang-kien.html"'
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=600"
    assert len(response.content) < MOST_BYTES
    fetched = page.xpath("//@src | //link/@href | //@srcset | //@poster | //@action")
    assert len(fetched) == len(ON_THEM) + 2
    assert [address for address in fetched if not address.startswith("data:")] == []
    assert not page.xpath("//script | //style | //iframe | //object | //base | //meta[@http-equiv]")
    leading = {re.match(r"#|tel:|http://testserver/mua-xuan/|http://www\.congdoan\.vn$", a)
               for a in page.xpath("//a/@href")}  # fmt: skip
    assert None not in leading


def test_the_styles_in_the_file_ask_for_nothing_either():
    for name in ("offline.css", "guide.css"):
        style = (settings.BASE_DIR / "static" / "css" / name).read_text()
        assert "url(" not in style
        assert "@import" not in style
        assert "var(" not in style, "the site's own colours are not in the file"


@pytest.mark.parametrize("path", ["huong-dan/", "huong-dan/tai-ve/"])
def test_the_guide_asks_the_database_for_its_campaign_alone(client, campaign, django_assert_num_queries, path):
    with django_assert_num_queries(1):
        assert client.get(f"/mua-xuan/{path}").status_code == 200


def test_the_guide_takes_no_post(client, campaign):
    for path in ("/mua-xuan/huong-dan/", "/mua-xuan/huong-dan/tai-ve/"):
        assert {ask(path).status_code for ask in (client.post, client.put, client.patch, client.delete)} == {405}
