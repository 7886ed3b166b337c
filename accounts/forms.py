"""What people type about their own account, and about those whom they invite."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm, UserCreationForm
from django.core.exceptions import ValidationError

from accounts.guessing import is_own_password
from accounts.limits import PERSON_NAME_LIMIT
from accounts.models import Level, Union, User
from config.fields import TypedLine

EMAIL_MISTAKES = {"required": "Hãy ghi e-mail.", "invalid": "E-mail này chưa đúng, ví dụ: hoa@example.vn."}
GOOD_ONE = "Từ 12 ký tự, không phải mật khẩu dễ đoán. Một câu dài dễ nhớ là tốt nhất."
NAME_MISSING = {"required": "Hãy ghi họ tên."}


class EmailField(forms.EmailField):
    """An address in small letters."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "E-mail", "error_messages": EMAIL_MISTAKES, **kwargs})
        self.widget.attrs["autocomplete"] = "email"

    def to_python(self, value):
        return User.objects.normalize_email(super().to_python(value))


class JoinForm(UserCreationForm):
    """A new account of somebody who was invited."""

    full_name = TypedLine(label="Họ tên", max_length=PERSON_NAME_LIMIT, error_messages=NAME_MISSING)

    class Meta:
        model = User
        fields = ["full_name", "username"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        username = self.fields["username"]
        username.help_text = "Dùng e-mail hoặc chọn tên khác: chữ cái, chữ số và các ký tự @ . + - _"
        username.error_messages["required"] = "Hãy ghi tên đăng nhập."
        username.widget.attrs.pop("autofocus", None)
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"
        say_plainly(self, "password1", "password2")

    def clean_username(self):
        self.cleaned_data["username"] = User.normalize_username(self.cleaned_data["username"])
        return super().clean_username()


def say_plainly(form, first, *others):
    """Say once, in one sentence, what a new password must be."""
    form.label_suffix = ""
    form.fields[first].help_text = GOOD_ONE
    for name in (first, *others):
        form.fields[name].error_messages["required"] = "Hãy ghi mật khẩu."
    for name in others:
        form.fields[name].help_text = ""


def own_password(**more):
    return forms.CharField(
        label="Mật khẩu hiện tại",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Hãy ghi mật khẩu."},
        **more,
    )


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_plainly(self, "new_password1", "new_password2")


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        say_plainly(self, "new_password1", "new_password2", "old_password")

    def clean_old_password(self):
        if not is_own_password(self.request, self.cleaned_data["old_password"]):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return self.cleaned_data["old_password"]


class AccountForm(forms.Form):
    """Name and address. Letters that open the account go to the address: changing it takes the password."""

    full_name = TypedLine(label="Họ tên", max_length=PERSON_NAME_LIMIT, error_messages=NAME_MISSING)
    email = EmailField(required=False, help_text="Thư nhắc hạn và thư đặt lại mật khẩu được gửi tới đây.")
    password = own_password(required=False, help_text="Chỉ cần khi đổi e-mail.")

    def __init__(self, *args, request, **kwargs):
        self.request = request
        initial = {"full_name": request.user.full_name, "email": request.user.email}
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)

    def clean(self):
        cleaned = super().clean()
        before = self.request.user.email
        is_new = cleaned.get("email", before) != before
        if is_new and not is_own_password(self.request, cleaned.get("password", "")):
            self.add_error("password", ValidationError("Hãy ghi đúng mật khẩu để đổi e-mail.", code="wrong_password"))
        return cleaned


class PasswordForm(forms.Form):
    """The own password once more, before something that weakens the account."""

    password = own_password()

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_password(self):
        if not is_own_password(self.request, self.cleaned_data["password"]):
            raise ValidationError("Mật khẩu chưa đúng.", code="wrong_password")
        return self.cleaned_data["password"]


class ForgotForm(forms.Form):
    email = EmailField(label="E-mail của tài khoản")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Mã",
        max_length=50,
        error_messages={"required": "Hãy ghi mã."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false", "class": "code-input"}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class SecondFactorForm(PasswordForm):
    """The first code of a new app, and the own password: whoever finds a browser open must not bind it to a phone."""

    field_order = ["code"]
    code = CodeForm.base_fields["code"]


class UnionField(forms.ModelChoiceField):
    """One of the unions for which this person gives the role of staff."""

    def __init__(self, *, user):
        unions = Union.objects.staffed_by(user).filter(is_active=True)
        # National staff have the tops in the list; what is below them is the boards' affair.
        unions = unions.filter(level=Level.TOP) if user.is_national else unions
        super().__init__(
            unions,
            label="Công đoàn",
            empty_label="Chọn công đoàn",
            error_messages={"required": "Hãy chọn công đoàn.", "invalid_choice": "Hãy chọn công đoàn trong danh sách."},
        )


class InviteForm(forms.Form):
    email = EmailField(label="E-mail người được mời")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"  # not one's own
        self.fields["union"] = UnionField(user=user)


class RoleForm(forms.Form):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["union"] = UnionField(user=user)
