"""Text from old fonts is noticed, shown in Unicode, and changed only when its author says so."""

import pytest

from awards.demo.texts import read_texts
from config.old_fonts import TCVN3, from_tcvn3, from_vni, recognised
from initiatives.models import Initiative
from tests.factories import make_campaign, make_initiative, make_union
from tests.pages import form_on, send_form, tree, typed

PLAIN = "Tôi cải tiến máy hàn, tiết kiệm điện cho công ty."
IN_TCVN3 = "T«i c¶i tiÕn m¸y hµn, tiÕt kiÖm ®iÖn cho c«ng ty."
IN_VNI = "Toâi caûi tieán maùy haøn, tieát kieäm ñieän cho coâng ty."


@pytest.mark.parametrize(("text", "code"), [(IN_TCVN3, "TCVN3"), (IN_VNI, "VNI")])
def test_text_of_an_old_font_is_recognised_and_made_readable(text, code):
    assert recognised(text) == (code, PLAIN)


def test_every_letter_of_tcvn3_becomes_the_one_it_shows():
    small = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"

    assert sorted(TCVN3.values()) == sorted(small + "ĂÂÊÔƠƯĐ")
    assert len(TCVN3) == len(small) + 7


def test_signs_between_numbers_stay_signs():
    assert from_tcvn3("tÊm 400×400 mm, 10÷20") == "tấm 400×400 mm, 10÷20"


def test_vni_capitals_too():
    assert from_vni("ÑAÛNG COÄNG SAÛN VIEÄT NAM") == "ĐẢNG CỘNG SẢN VIỆT NAM"


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "An toàn hàn khoan hoàn toàn", "Hà Nam, Tân Thành, Lâm Hà", "Lê Minh Hoàn",
        "Công ty TNHH Ánh Dương",
        "naïve café, Citroën, Ærø", "Ω≈ç√∫˜µ≤≥÷", "¸˛Ç◊ı˜Â¯˘¿", "400×400×60 µS ±5 %", "«Trích dẫn» © ® ¶ §",
        "ÅÍÎÏ˝ÓÔÒÚÆ☃",
        "Müller und Söhne führen Bücher", "L'été à la forêt, çà et là, naïf", PLAIN,
    ],
)  # fmt: skip
def test_other_text_is_left_alone(text):
    assert recognised(text) is None


def test_no_text_of_the_demonstration_is_taken_for_an_old_font():
    texts = [value for text in read_texts() for value in (text.title, text.description, text.effect, text.workplace)]

    assert len(texts) > 2000
    assert [text for text in texts if recognised(text)] == []


# On the form


@pytest.mark.django_db
def test_the_form_shows_what_the_text_would_read_like_and_stores_nothing(client):
    response = send_form(client, make_campaign(), typed(make_union(), description=IN_TCVN3))

    assert response.status_code == 422
    assert PLAIN in tree(response).xpath("//*[contains(@class, 'old-font')]")[0].text_content()
    assert form_on(response).inputs["description"].value.strip() == IN_TCVN3
    assert not Initiative.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("choice", "stored"), [("convert", PLAIN), ("keep", IN_VNI)])
def test_its_author_chooses(client, choice, stored):
    send_form(client, make_campaign(), typed(make_union(), description=IN_VNI, old_font=choice))

    assert Initiative.objects.get().description == stored


@pytest.mark.django_db
def test_an_unknown_choice_is_no_choice(client):
    response = send_form(client, make_campaign(), typed(make_union(), description=IN_VNI, old_font="1"))

    assert response.status_code == 422


@pytest.mark.django_db
def test_a_correction_is_offered_the_same(client):
    initiative = make_initiative()
    values = typed(initiative.unit, description=IN_VNI, version=initiative.version)

    response = client.post(f"{initiative.private_path}sua/", values)

    assert response.status_code == 422
    client.post(f"{initiative.private_path}sua/", values | {"old_font": "convert"})
    assert Initiative.objects.get().description == PLAIN
