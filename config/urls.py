"""The address table of the whole site."""

from django.contrib import admin
from django.urls import include, path

from config.health import health
from config.metrics import metrics

urlpatterns = [
    path("suc-khoe/", health, name="health"),
    path("suc-khoe/canh-bao/", health, {"with_warnings": True}, name="health_with_warnings"),
    path("suc-khoe/so-do/", metrics, name="metrics"),
    path("quan-tri/huong-dan/", include("awards.guide_urls")),
    path("quan-tri/", admin.site.urls),
    path("", include("accounts.urls")),
    path("cong-doan/", include("dossiers.urls")),
    path("cong-doan/ghep-don-vi/", include("initiatives.mapping_urls")),
    path("cong-doan/sang-kien/", include("initiatives.staff_urls")),
    path("cong-doan/nhap-tu-giay/", include("initiatives.import_urls")),
    path("", include("initiatives.urls")),  # asked for most, so looked at first
    path("", include("awards.urls")),
    path("", include("dossiers.statistics_urls")),
    path("", include("dossiers.author_urls")),
]

handler500 = "config.unavailable.failed"
