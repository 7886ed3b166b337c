"""What workers and visitors see."""

from django.urls import path

from initiatives import (
    arrived_views,
    author_views,
    crawler_views,
    follow_views,
    guide_views,
    poster_views,
    sending_views,
    statistics_views,
    views,
)

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", crawler_views.robots, name="robots"),
    path("sitemap.xml", crawler_views.site_map, name="sitemap"),
    path("<slug:campaign_slug>/", views.landing, name="landing"),
    path("<slug:campaign_slug>/gui-sang-kien/", sending_views.initiative_form, name="initiative_form"),
    path("<slug:campaign_slug>/don-vi/<slug:top_code>.json", views.units_of, name="units_of"),
    path("<slug:campaign_slug>/da-den/<str:secret>/", arrived_views.arrived, name="arrived"),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/", author_views.receipt, name="receipt"),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/sua/", author_views.correct_initiative, name="correct_initiative"),
    path(
        "<slug:campaign_slug>/da-nhan/<slug:secret>/rut/", author_views.withdraw_initiative, name="withdraw_initiative"
    ),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/ma-qr.svg", author_views.receipt_code, name="receipt_code"),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/bien-nhan.pdf", author_views.receipt_file, name="receipt_file"),
    path("<slug:campaign_slug>/theo-doi/", follow_views.follow, name="follow"),
    path("<slug:campaign_slug>/mat-ma/", follow_views.lost_code, name="lost_code"),
    path("<slug:campaign_slug>/huong-dan/", guide_views.guide, name="guide"),
    path("<slug:campaign_slug>/huong-dan/tai-ve/", guide_views.offline_guide, name="offline_guide"),
    path("<slug:campaign_slug>/quyen-rieng-tu/", views.privacy, name="privacy"),
    path("<slug:campaign_slug>/thong-ke/", statistics_views.statistics, name="statistics"),
    path("<slug:campaign_slug>/thong-ke.json", statistics_views.statistics_json, name="statistics_json"),
    path(
        "<slug:campaign_slug>/thong-ke/<slug:picture_slug>.svg",
        statistics_views.statistics_picture,
        name="statistics_picture",
    ),
    path(
        "<slug:campaign_slug>/thong-ke/<slug:top_code>/<slug:picture_slug>.svg",
        statistics_views.top_picture,
        name="top_picture",
    ),
    path("<slug:campaign_slug>/ma-qr/", poster_views.poster, name="poster"),
    path("<slug:campaign_slug>/ma-qr.svg", poster_views.poster_svg, name="poster_svg"),
    path("<slug:campaign_slug>/ma-qr.png", poster_views.poster_png, name="poster_png"),
    path("<slug:campaign_slug>/ma-qr.pdf", poster_views.poster_pdf, name="poster_pdf"),
    path("<slug:campaign_slug>/huy-hieu.svg", poster_views.badge, {"kind": "svg"}, name="badge_svg"),
    path("<slug:campaign_slug>/huy-hieu.png", poster_views.badge, {"kind": "png"}, name="badge_png"),
]
