"""A forgotten password: ask for a letter, then set a new one by its link."""

from axes.utils import reset as forgive
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_safe

from accounts import second_factor as factor
from accounts.forms import ForgotForm, NewPasswordForm
from accounts.limits import RESET_LETTERS_A_DAY
from accounts.passwords import ask_for_reset, password_changed
from config.arrival import client_address


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgot_password(request):
    form = ForgotForm(request.POST or None)
    if form.is_valid():
        try:
            ask_for_reset(form.cleaned_data["email"], address=client_address(request))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return render(request, "accounts/forgot.html", {"form": form}, status=429)
        return redirect("forgot_password_asked")
    return render(request, "accounts/forgot.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
def forgot_password_asked(request):
    return render(request, "accounts/forgot_asked.html", {"most": RESET_LETTERS_A_DAY})


@method_decorator(login_not_required, name="dispatch")
class ResetPassword(PasswordResetConfirmView):
    """Every session of this person ends, and wrong passwords and codes from before are forgiven."""

    form_class = NewPasswordForm
    template_name = "accounts/reset.html"
    success_url = reverse_lazy("sign_in")

    @transaction.atomic
    def form_valid(self, form):
        answer = super().form_valid(form)
        password_changed(self.user)
        forgive(username=self.user.username)
        factor.forgive(self.user)
        messages.success(self.request, "Đã đặt mật khẩu mới. Hãy đăng nhập.")
        return answer

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
