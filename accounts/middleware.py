"""Every page but a public one asks for signing in; where the site wants a second step, nothing goes without it."""

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect

from accounts import sessions
from accounts.second_factor import device_of, is_required
from config.unavailable import signed_out, typed_text

WITHOUT = {"second_factor", "sign_out"}


def is_public(view):
    return not getattr(view, "login_required", True)


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's own, which asks who is there also where nobody need be: then each answer would vary by cookie."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if is_public(view_func):
            return None
        if request.user.is_authenticated:
            if not sessions.is_over(request.session):
                return sessions.note_visit(request.session)
            logout(request)
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        return signed_out(request) if answer and typed_text(request) else answer


class SecondFactorMiddleware:
    """Lead those who have not set it up to where they do, and those who have to signing in again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        if is_public(view_func) or not user.is_authenticated or not is_required(user) or user.is_verified():
            return None
        if device_of(user):
            logout(request)
            return redirect("sign_in")
        return None if request.resolver_match.url_name in WITHOUT else redirect("second_factor")
