from django.urls import path

from accounts import people_views as views

urlpatterns = [
    path("", views.people_list, name="people"),
    path("moi/", views.invite, name="invite"),
    path("loi-moi/<int:pk>/rut/", views.take_invitation_back, name="take_invitation_back"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/vai-tro/", views.give_role, name="give_role"),
    path("<int:pk>/vai-tro/<int:seat_pk>/thoi/", views.take_role, name="take_role"),
    path("<int:pk>/khoa/", views.close_account, name="close_account"),
    path("<int:pk>/mo-lai/", views.reopen_account, name="reopen_account"),
    path("<int:pk>/hai-buoc/", views.reset_second_factor, name="reset_second_factor"),
]
