"""The pages of signing in and of one's own account; the log-in page itself stands at `/`."""

from django.urls import path

from kis.web.account import views_account, views_links, views_log_in

app_name = "account"

urlpatterns = [
    path("", views_account.account, name="account"),
    path("activate/<str:token>/", views_links.activate, name="activate"),
    path("activate/<str:token>/renew/", views_links.renew, name="renew"),
    path("forgot/", views_links.forgot, name="forgot"),
    path("link-sent/", views_links.link_sent, name="link_sent"),
    path("password/", views_account.password_change, name="password_change"),
    path("language/", views_account.language, name="language"),
    path("sign-out/", views_log_in.sign_out, name="sign_out"),
    path("sign-out-everywhere/", views_log_in.sign_out_everywhere, name="sign_out_everywhere"),
]
