from django.urls import include, path

from accounts import account_views, invitation_views, password_views, views

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign_in"),
    path("dang-nhap/ma/", views.sign_in_code, name="sign_in_code"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign_out"),
    path("mat-khau/quen/", password_views.forgot_password, name="forgot_password"),
    path("mat-khau/quen/da-gui/", password_views.forgot_password_asked, name="forgot_password_asked"),
    path("mat-khau/dat-lai/<str:uidb64>/<str:token>/", password_views.ResetPassword.as_view(), name="reset_password"),
    path("loi-moi/<str:token>/", invitation_views.invitation, name="invitation"),
    path("tai-khoan/", account_views.account, name="account"),
    path("tai-khoan/mat-khau/", account_views.ChangePassword.as_view(), name="change_password"),
    path("tai-khoan/hai-buoc/", account_views.second_factor, name="second_factor"),
    path("tai-khoan/hai-buoc/tat/", account_views.second_factor_off, name="second_factor_off"),
    path("tai-khoan/hai-buoc/ma-du-phong/", account_views.recovery_codes, name="recovery_codes"),
    path("tai-khoan/thoat-noi-khac/", account_views.end_other_sessions, name="end_other_sessions"),
    path("cong-doan/can-bo/", include("accounts.people_urls")),
]
