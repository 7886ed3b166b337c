"""The worker's form filled in from a row of a workbook: the same rules, said for a table instead of a page."""

import uuid

from django.core.exceptions import ValidationError

from accounts.models import Union
from config.text import fold
from initiatives.forms import InitiativeForm

PICK = "Hãy chọn trong danh sách của ô này."


class Places:
    """The unions whose initiatives may come in an import: its own union and those below, as staff write them."""

    def __init__(self, union):
        family = Union.objects.family_of([union]).filter(is_active=True).select_related("parent__parent")
        self.units = [unit for unit in family if unit.branch]
        self.by_code = {code: unit for unit in self.units for code in (unit.code, unit.local_code) if code}
        self.by_name, names = {}, [fold(unit.name) for unit in self.units]
        for unit, name in zip(self.units, names, strict=True):
            self.by_name.setdefault(name, []).append(unit)

    def written(self, unit):
        """Return how a unit is written in a list: by name, with its code where the name alone is not enough."""
        return unit.name if len(self.by_name[fold(unit.name)]) == 1 else f"{unit.name} ({unit.code})"

    def code_of(self, text):
        """Return the code of the unit that this text names, or None."""
        name, bracket, code = text.strip().removesuffix(")").rpartition("(")
        if bracket and (unit := self.by_code.get(code.strip())) and fold(unit.name) == fold(name):
            return unit.code
        if unit := self.by_code.get(text.strip()):
            return unit.code
        found = self.by_name.get(fold(text), [])
        return found[0].code if len(found) == 1 else None


class PaperForm(InitiativeForm):
    """Made once for an import, then bound to row after row: its pickers cost more than judging a row."""

    def __init__(self, campaign, union, places):
        self.places = places
        self.fixed = {"top": union.top.code, "submission_id": str(uuid.uuid4())}
        super().__init__(self.fixed, campaign=campaign)
        for name in ("block", "field", "gender"):
            self.fields[name].error_messages["invalid_choice"] = PICK
        self.fields["consent"].error_messages["required"] = (
            "Phiếu giấy cần có chữ ký đồng ý của tác giả; nếu đã ký, hãy ghi Có."
        )

    def judge(self, values):
        """Bind the form to these values, without `top`; return whether they are valid."""
        self.data = values | self.fixed
        self._errors = None
        self.__dict__.pop("offers", None)
        return self.is_valid()

    def union_of(self, code):
        return self.places.by_code.get(code)

    def clean_fonts(self):
        """There is nobody to choose: each text from an old font is refused, with what it seems to say."""
        names = {field.label: name for name, field in self.fields.items()}
        for offer in self.offers:
            refusal = ValidationError(
                f"Chữ được gõ bằng phông cũ (không phải Unicode), có lẽ là “{offer.text[:60]}”. "
                "Hãy đổi sang phông Unicode trong Excel rồi tải lại.",
                code="old_font",
            )
            self.add_error(names[offer.label], refusal)

    def refusals(self):
        """Yield (field name, code, sentence) of all that is wrong."""
        for name, errors in self.errors.as_data().items():
            for error in errors:
                yield name, error.code, " ".join(error.messages)
