"""The agency's pages."""

from django.urls import path

from kis.web import paths  # noqa: F401 -- makes <week:> known
from kis.web.agency import (
    views_cockpit,
    views_import,
    views_invoices,
    views_papers,
    views_pay,
    views_people,
    views_proposals,
    views_settings,
    views_terms,
    views_timesheets,
    views_writing,
)
from kis.web.agency.payroll_urls import urlpatterns as payroll

app_name = "agency"

urlpatterns = [
    path("", views_cockpit.cockpit, name="cockpit"),
    path("remind/<week:week>/", views_cockpit.remind, name="remind"),
    path("timesheets/", views_timesheets.timesheets, name="timesheets"),
    path("timesheets/approve/", views_timesheets.approve_many, name="approve_many"),
    path("timesheets/<int:pk>/", views_timesheets.timesheet, name="timesheet"),
    path("timesheets/<int:pk>/act/", views_timesheets.act, name="act"),
    path("timesheets/<int:pk>/acknowledge/", views_timesheets.acknowledge, name="acknowledge"),
    path("timesheets/<int:pk>/receipt/<uuid:receipt>/", views_timesheets.timesheet_receipt, name="timesheet_receipt"),
    path("timesheets/<int:pk>/pay/", views_pay.timesheet_pay, name="timesheet_pay"),
    path("timesheets/<int:pk>/evidence.<str:kind>", views_papers.timesheet_evidence, name="timesheet_evidence"),
    path("timesheets/<int:pk>/write/", views_writing.timesheet_write, name="timesheet_write"),
    path("timesheets/<int:pk>/propose/", views_proposals.timesheet_propose, name="timesheet_propose"),
    path("timesheets/<int:pk>/correct/", views_proposals.timesheet_correct, name="timesheet_correct"),
    path("people/", views_people.people, name="people"),
    path("people/import/", views_import.people_import, name="people_import"),
    path("people/import/kis-import.xlsx", views_import.import_template, name="import_template"),
    path("people/new/<str:kind>/", views_people.add, name="add"),
    path("people/workers/<int:pk>/", views_people.worker, name="worker"),
    path("people/clients/<int:pk>/", views_people.client, name="client"),
    path("people/contacts/<int:pk>/", views_people.contact, name="contact"),
    path("people/colleagues/<int:pk>/", views_people.colleague, name="colleague"),
    path("people/placements/<int:pk>/", views_people.placement, name="placement"),
    path("people/placements/<int:pk>/terms/", views_terms.placement_terms, name="placement_terms"),
    path("people/users/<int:pk>/invite/", views_people.invite, name="invite"),
    path("calendar/", views_settings.calendar, name="calendar"),
    path("calendar/<week:week>/", views_settings.calendar_week, name="calendar_week"),
    path("settings/", views_settings.settings, name="settings"),
    path("outbox/", views_settings.outbox, name="outbox"),
    path("outbox/<int:pk>/retry/", views_settings.outbox_retry, name="outbox_retry"),
    path("payroll/invoices/", views_invoices.invoices, name="invoices"),
    path("payroll/invoices/agency/", views_invoices.biller, name="biller"),
    path("payroll/invoices/make/<int:pk>/", views_invoices.invoice_make, name="invoice_make"),
    path("payroll/invoices/<int:pk>/", views_invoices.invoice, name="invoice"),
    path("payroll/invoices/<int:pk>/file.<str:kind>", views_invoices.invoice_file, name="invoice_file"),
    path("people/clients/<int:pk>/billing/", views_invoices.client_billing, name="client_billing"),
    *payroll,
]
