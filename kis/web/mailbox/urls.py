"""Berichten."""

from django.urls import path

from kis.web.mailbox import views

app_name = "mailbox"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.thread, name="thread"),
    path("<int:pk>/files/<int:attachment>/", views.attachment, name="attachment"),
]
