"""The admin site of board and administrators: one sign-in path, Vietnamese names."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied


class SiteAdmin(admin.AdminSite):
    site_title = "Quản trị sáng kiến"
    site_header = "Quản trị chương trình sáng kiến"
    index_title = "Việc cần làm"
    enable_nav_sidebar = False

    def login(self, request, extra_context=None):
        """Send to the site's own sign-in page; refuse those who are signed in but have no business here."""
        if request.user.is_authenticated:
            raise PermissionDenied("Tài khoản này không dùng trang quản trị.")
        return redirect_to_login(request.get_full_path())
