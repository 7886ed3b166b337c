"""Sign in and out: one path for everyone who has an account, in one step or in two."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.forms import CodeForm
from accounts.guessing import in_turn, is_held_back
from accounts.limits import CODE_WAITS, PASSWORD_LIMIT
from accounts.models import User
from accounts.second_factor import check, codes_left, device_of
from accounts.security_log import code_refused
from config.arrival import client_address

BACKEND = "django.contrib.auth.backends.ModelBackend"
WAITING = "waiting_for_code"
FEW_CODES = 3


class SignInForm(AuthenticationForm):
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy xem phím Caps Lock và bộ gõ tiếng Việt."
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "Hãy ghi tên đăng nhập."
        self.fields["password"].error_messages["required"] = "Hãy ghi mật khẩu."

    def clean(self):
        """Longer names and passwords than anybody has are wrong ones, and nothing is computed for them."""
        name = User.normalize_username(self.cleaned_data.get("username", ""))
        if (
            len(name) > self.fields["username"].max_length
            or len(self.cleaned_data.get("password", "")) > PASSWORD_LIMIT
        ):
            raise self.get_invalid_login_error()
        self.cleaned_data["username"] = name
        address = client_address(self.request)
        try:
            with in_turn(name, address):
                super().clean()
        except ValidationError:
            self.refuse_if_held_back(name, address)
            raise
        self.refuse_if_held_back(name, address)
        return self.cleaned_data

    def refuse_if_held_back(self, name, address):
        """Refuse as django-axes does; who has a second step to pass after the password is held back by that alone."""
        user = self.get_user()
        if is_held_back(name, address) and not (user and device_of(user)):
            self.request.axes_locked_out = True
            raise self.get_invalid_login_error()


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form):
        user = form.get_user()
        if device_of(user) is None:
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[WAITING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "since": timezone.now().timestamp(),
            "next": self.get_redirect_url(),
        }
        return redirect("sign_in_code")

    def get_redirect_url(self):
        """Never back to this page itself, wherever an address says to go next."""
        address = super().get_redirect_url()
        return "" if address.startswith(reverse("sign_in")) else address

    def get_default_redirect_url(self):
        """Board and administrators work in the admin, union staff at their desk."""
        user = self.request.user
        return super().get_default_redirect_url() if not user.is_authenticated else home_of(user)


def waiting_in(session):
    """Return who has given the password a moment ago and owes the code, or None."""
    waiting = session.get(WAITING)
    if not waiting or timezone.now().timestamp() - waiting["since"] > CODE_WAITS.total_seconds():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == waiting["password"] else None


@login_not_required
@never_cache
def sign_in_code(request):
    user = waiting_in(request.session)
    if user is None:
        return redirect_to_login(request.path)
    form = CodeForm(request.POST or None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if form.is_valid():
        try:
            user.otp_device = check(user, form.cleaned_data["code"])
        except ValidationError as refusal:
            code_refused(user, request)
            form.add_error("code", refusal)
        else:
            return signed_in(request, user)
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


def signed_in(request, user):
    address = request.session.pop(WAITING)["next"]
    login(request, user, backend=BACKEND)  # django-otp keeps the device in the session
    if (left := codes_left(user)) < FEW_CODES:
        messages.warning(request, f"Chỉ còn {left} mã dự phòng. Hãy tạo mã mới ở trang tài khoản.")
    return redirect(address or home_of(user))


def home_of(user):
    """Return the address at which a person's work begins."""
    return reverse("admin:index") if user.is_staff else reverse("desk")


class SignOut(LogoutView):
    next_page = "sign_in"

    def post(self, request, *args, **kwargs):
        """What the browser kept of pages goes, too; drafts of a worker's form on the same machine stay."""
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer
