"""Sign in and out: one path for everyone who has an account."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import reverse
from django.utils.decorators import method_decorator


class SignInForm(AuthenticationForm):
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy xem phím Caps Lock và bộ gõ tiếng Việt."
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "Hãy ghi tên đăng nhập."
        self.fields["password"].error_messages["required"] = "Hãy ghi mật khẩu."

    def clean(self):
        """A name longer than any account's is a wrong one, and too long for the table of failed attempts."""
        if len(self.cleaned_data.get("username", "")) > self.fields["username"].max_length:
            raise self.get_invalid_login_error()
        return super().clean()


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_redirect_url(self):
        """Never back to this page itself, wherever an address says to go next."""
        address = super().get_redirect_url()
        return "" if address.startswith(reverse("sign_in")) else address

    def get_default_redirect_url(self):
        """Board and administrators work in the admin, union staff at their desk."""
        user = self.request.user
        return super().get_default_redirect_url() if not user.is_authenticated else home_of(user)


def home_of(user):
    """Return the address at which a person's work begins."""
    return reverse("admin:index") if user.is_staff else reverse("desk")


class SignOut(LogoutView):
    next_page = "sign_in"
