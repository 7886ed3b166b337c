"""Where the site wants a second step, nobody of whom it is wanted gets anywhere without it."""

from django.contrib.auth import logout
from django.shortcuts import redirect

from accounts.second_factor import device_of, is_required

WITHOUT = {"second_factor", "sign_out"}


class SecondFactorMiddleware:
    """Lead those who have not set it up to where they do, and those who have to signing in again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = request.user
        is_public = not getattr(view_func, "login_required", True)
        if is_public or not user.is_authenticated or not is_required(user) or user.is_verified():
            return None
        if device_of(user):
            logout(request)
            return redirect("sign_in")
        return None if request.resolver_match.url_name in WITHOUT else redirect("second_factor")
