"""The addresses of the pages: what all share, and one branch per area."""

from django.urls import URLPattern, URLResolver, include, path

from kis.web import components, demo, health, theme, views
from kis.web.account.views_log_in import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("account/", include("kis.web.account.urls")),
    path("worker/", include("kis.web.worker.urls")),
    path("client/", include("kis.web.client.urls")),
    path("agency/", include("kis.web.agency.urls")),
    path("messages/", include("kis.web.mailbox.urls")),
    path("documents/", include("kis.web.documents.urls")),
    path("help/", views.help_page, name="help"),
    path("help/<str:party>/", views.help_page, name="help_of"),
    path("health", health.health, name="health"),
    path("accent/<int:hue>.css", views.accent, name="accent"),
    path("theme/", theme.choose, name="theme"),
    path("components/", components.components, name="components"),
    path("demo/mail/", demo.mails, name="demo_mails"),
    path("demo/mail/<int:pk>/", demo.mail, name="demo_mail"),
    path("demo/mail/<int:pk>/html/", demo.mail_html, name="demo_mail_html"),
]
