"""What workers and visitors see."""

from django.urls import path

from initiatives import author_views, sending_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:campaign_slug>/", views.landing, name="landing"),
    path("<slug:campaign_slug>/gui-sang-kien/", sending_views.initiative_form, name="initiative_form"),
    path("<slug:campaign_slug>/don-vi/<slug:top_code>.json", views.units_of, name="units_of"),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/", author_views.receipt, name="receipt"),
    path("<slug:campaign_slug>/da-nhan/<slug:secret>/sua/", author_views.correct_initiative, name="correct_initiative"),
    path(
        "<slug:campaign_slug>/da-nhan/<slug:secret>/rut/", author_views.withdraw_initiative, name="withdraw_initiative"
    ),
    path("<slug:campaign_slug>/theo-doi/", author_views.follow, name="follow"),
    path("<slug:campaign_slug>/huong-dan/", views.guide, name="guide"),
    path("<slug:campaign_slug>/quyen-rieng-tu/", views.privacy, name="privacy"),
    path("<slug:campaign_slug>/thong-ke/", views.statistics, name="statistics"),
    path("<slug:campaign_slug>/thong-ke.json", views.statistics_json, name="statistics_json"),
    path("<slug:campaign_slug>/ma-qr/", views.poster, name="poster"),
    path("<slug:campaign_slug>/ma-qr.svg", views.poster_svg, name="poster_svg"),
    path("<slug:campaign_slug>/ma-qr.png", views.poster_png, name="poster_png"),
]
