"""Documenten."""

from django.urls import path

from kis.web.documents import views

app_name = "documents"

urlpatterns = [
    path("", views.documents, name="list"),
    path("share/", views.share, name="share"),
    path("<int:pk>/", views.download_document, name="download"),
    path("<int:pk>/seen/", views.seen, name="seen"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
