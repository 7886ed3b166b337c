"""The form as it is judged, not shown: making a form's own copy of 22 fields takes longer than judging them."""

from initiatives.forms import InitiativeForm


class Shared(dict):
    """Fields that all forms of a class have together. Judging changes none of them."""

    def __deepcopy__(self, memo):
        return self


class JudgedForm(InitiativeForm):
    """Bind it, ask `is_valid()` and `answers()`; to show what is wrong, make an InitiativeForm of the same data."""

    def dress(self):
        pass


JudgedForm.base_fields = Shared(JudgedForm.base_fields)
