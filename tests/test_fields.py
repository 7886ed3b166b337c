"""How a field stands on a page: label, help, field, error, in this order, and tied together for those who listen."""

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from django import forms
from lxml import html

pytestmark = pytest.mark.once


class Asked(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Ví dụ Nguyễn Văn An.")
    text = forms.CharField(label="Mô tả", help_text="Vài dòng.", widget=forms.Textarea)
    place = forms.ChoiceField(label="Tỉnh", help_text="Chọn một.", choices=[("", ""), ("TN", "Thái Nguyên")])
    file = forms.FileField(label="Tờ trình", help_text="PDF.")
    block = forms.ChoiceField(
        label="Khối", help_text="Một.", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label="Đồng ý", help_text="Đọc kỹ.")
    note = forms.CharField(label="Ghi chú", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Cả phiếu chưa đúng.")


def box(name, data=None):
    return html.fromstring(str(as_crispy_field(Asked(data)[name])))


def order(box):
    """Return what the parts of a field are, from top to bottom."""
    kinds = {"label": "label", "legend": "label", "input": "field", "textarea": "field", "select": "field"}
    parts = []
    for element in box.iter():
        identity = element.get("id") or ""
        ending = {"_helptext": "help", "_error": "error"}.get(identity.removeprefix(f"id_{box.get('id')[7:]}"))
        if kind := ending or kinds.get(element.tag):
            parts.append(kind)
    return parts


@pytest.mark.parametrize("name", ["name", "text", "place", "file"])
def test_a_field_is_read_from_top_to_bottom(name):
    refused = box(name, {})
    field = refused.find(f".//*[@id='id_{name}']")

    assert order(refused) == ["label", "help", "field", "error"]
    assert refused.get("id") == f"div_id_{name}"
    assert refused.find(".//label").get("for") == f"id_{name}"
    assert field.get("aria-describedby").split() == [f"id_{name}_helptext", f"id_{name}_error"]
    assert field.get("aria-invalid") == "true"
    assert "is-invalid" in field.get("class")


def test_radio_buttons_are_a_named_group():
    refused = box("block", {})

    assert refused.tag == "fieldset"
    assert order(refused) == ["label", "help", "field", "label", "field", "label", "error"]
    assert refused.get("role") == "radiogroup"
    assert refused.get("aria-invalid") == refused.get("aria-required") == "true"
    assert refused.get("aria-describedby").split() == ["id_block_helptext", "id_block_error"]
    assert [radio.get("id") for radio in refused.iter("input")] == ["id_block_0", "id_block_1"]
    assert [radio.get("name") for radio in refused.iter("input")] == ["block", "block"]


def test_the_radio_button_that_was_picked_stays_so():
    assert [radio.get("checked") is not None for radio in box("block", {"block": "b"}).iter("input")] == [False, True]


def test_a_box_to_tick_stands_before_its_label():
    refused = box("consent", {})

    assert order(refused) == ["field", "label", "help", "error"]
    assert refused.find(".//input").get("aria-describedby").split() == ["id_consent_helptext", "id_consent_error"]


def test_a_field_without_help_or_error_says_nothing_of_them():
    plain = box("note")

    assert order(plain) == ["label", "field"]
    assert plain.find(".//input").get("aria-describedby") is None
    assert "*" not in plain.text_content()


def test_what_is_hidden_is_only_a_field():
    assert str(as_crispy_field(Asked()["token"])).strip().startswith('<input type="hidden"')


def test_what_is_typed_and_what_is_said_is_shown_as_text():
    class Hostile(forms.Form):
        name = forms.CharField(label="<b>Tên</b>", error_messages={"required": "<script>alert(1)</script>"})
        kind = forms.ChoiceField(choices=[('"><script>', "<script>")], widget=forms.RadioSelect)

    page = html.fromstring(f"<div>{as_crispy_form(Hostile({'kind': '<script>'}))}</div>")

    assert not list(page.iter("script", "b"))


def test_what_is_wrong_with_a_whole_form_is_said_first_and_aloud():
    page = html.fromstring(f"<div>{as_crispy_form(Asked({}))}</div>")

    assert page[0].get("role") == "alert"
    assert page[0].text_content().strip() == "Cả phiếu chưa đúng."
