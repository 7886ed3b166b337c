"""The own account: name, address, password, second step."""

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login

from accounts import second_factor as factor
from accounts import sessions
from accounts.changing import change_account
from accounts.forms import AccountForm, ChangePasswordForm, PasswordForm, SecondFactorForm
from accounts.passwords import password_changed
from config import qr

KEY = "new_second_factor"


@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    form = AccountForm(request.POST or None, request=request)
    if form.is_valid():
        change_account(request.user, form.cleaned_data["full_name"], form.cleaned_data["email"])
        messages.success(request, "Đã lưu.")
        return redirect("account")
    context = {
        "form": form,
        "device": factor.device_of(request.user),
        "codes_left": factor.codes_left(request.user),
        "is_required": factor.is_required(request.user),
        "sessions_form": PasswordForm(request=request, auto_id="id_sessions_%s"),
        "password_form": PasswordForm(request=request, auto_id="id_confirmed_%s"),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


class ChangePassword(PasswordChangeView):
    """All other sessions of this person end; this one goes on."""

    form_class = ChangePasswordForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("account")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    @transaction.atomic
    def form_valid(self, form):
        answer = super().form_valid(form)
        password_changed(self.request.user)
        messages.success(self.request, "Đã đổi mật khẩu. Những nơi khác đang đăng nhập đều bị thoát.")
        return answer

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Set the second step up: the key waits in the session until a code of it was typed."""
    if factor.device_of(request.user):
        return redirect("account")
    key = request.session.setdefault(KEY, factor.new_key())
    form = SecondFactorForm(request.POST or None, request=request)
    if form.is_valid():
        try:
            device, codes = factor.turn_on(request.user, key, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            del request.session[KEY]
            sessions.keep_this(request)
            otp_login(request, device)
            return codes_page(request, codes)
    device = factor.new_device(request.user, key)
    context = {
        "form": form,
        "picture": qr.inline_svg(device.config_url),
        "letters": factor.in_letters(device),
        "is_required": factor.is_required(request.user),
    }
    return render(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


def codes_page(request, codes):
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@require_POST
def recovery_codes(request):
    """Show new recovery codes, once: they are kept as digests only."""
    if not confirmed(request):
        return redirect("account")
    return codes_page(request, factor.renew_codes(request.user))


@require_POST
def second_factor_off(request):
    if confirmed(request):
        try:
            factor.turn_off(request.user, by=request.user)
            sessions.keep_this(request)
            messages.success(request, "Đã tắt xác thực hai bước.")
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return redirect("account")


@require_POST
def end_other_sessions(request):
    if has_proved(request):
        sessions.end_others(request)
        messages.success(request, "Những nơi khác đang đăng nhập đều bị thoát.")
    return redirect("account")


def confirmed(request):
    """Whether the password was typed once more, and there is a second step to change."""
    return has_proved(request) and factor.device_of(request.user) is not None


def has_proved(request):
    """Whether the password was typed once more; says what is wrong if not."""
    form = PasswordForm(request.POST, request=request)
    for sentences in form.errors.values():
        messages.error(request, " ".join(sentences))
    return form.is_valid()
