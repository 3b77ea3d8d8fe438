"""The addresses of the payroll pages, within those of the agency."""

from django.urls import path

from kis.web.agency import views_payroll

urlpatterns = [
    path("payroll/", views_payroll.payroll, name="payroll"),
    path("payroll/start/", views_payroll.start, name="payroll_start"),
    path("payroll/runs/<int:pk>/", views_payroll.run, name="payroll_run"),
    path("payroll/runs/<int:pk>/progress/", views_payroll.progress, name="payroll_progress"),
    path("payroll/runs/<int:pk>/file.<str:kind>", views_payroll.export, name="payroll_export"),
]
