"""The URL root: `kis.web` arranges the pages."""

from django.urls import include, path

handler500 = "kis.web.errors.server_error"

urlpatterns = [path("", include("kis.web.urls"))]
