"""The admin site of board and administrators: one sign-in path, Vietnamese names."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

MACHINERY = {"axes", "django_q", "auth", "otp_totp", "otp_static"}


class SiteAdmin(admin.AdminSite):
    site_title = "Quản trị sáng kiến"
    site_header = "Quản trị chương trình sáng kiến"
    index_title = "Việc cần làm"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Leave out the tables of the machinery, which register themselves: nobody's work is done there."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        models = [model for model in models if model._meta.app_label not in MACHINERY]
        super().register(models, admin_class, **options)

    def has_permission(self, request):
        """Where a second step is wanted, the admin opens after it only."""
        is_enough = not settings.REQUIRE_SECOND_FACTOR or request.user.is_verified()
        return super().has_permission(request) and is_enough

    def get_urls(self):
        """Leave out Django's "view on site" by number, which tells the addresses of rows one may not see."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view, cacheable=False):
        """Take what a browser sends only: Django's own pages answer a PUT or an OPTIONS as they do a GET."""
        return super().admin_view(require_http_methods(["GET", "HEAD", "POST"])(view), cacheable)

    def password_change(self, request, extra_context=None):
        """The own password is changed in one place, on the record."""
        return redirect("change_password")

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Send to the site's own sign-in page, and from there to where one wanted to go."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))
        if not self.has_permission(request):
            raise PermissionDenied("Tài khoản này không dùng trang quản trị.")
        return redirect("admin:index")
