"""The addresses of the pages: what all share, and one branch per area."""

from django.urls import URLPattern, URLResolver, include, path

from kis.web.account.views_log_in import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("account/", include("kis.web.account.urls")),
    path("worker/", include("kis.web.worker.urls")),
    path("client/", include("kis.web.client.urls")),
    path("agency/", include("kis.web.agency.urls")),
    path("messages/", include("kis.web.mailbox.urls")),
    path("documents/", include("kis.web.documents.urls")),
]
