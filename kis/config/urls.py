"""The URL root: `kis.web` arranges the pages."""

from django.urls import include, path

urlpatterns = [path("", include("kis.web.urls"))]
