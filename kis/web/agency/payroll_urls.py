"""The addresses of the payroll pages, within those of the agency."""

from django.urls import path

from kis.web import paths  # noqa: F401 -- makes <week:> known
from kis.web.agency import (
    views_exports,
    views_forecast,
    views_mappings,
    views_payroll,
    views_recalculation,
    views_reconciliation,
    views_rules,
)

urlpatterns = [
    path("payroll/", views_payroll.payroll, name="payroll"),
    path("payroll/start/", views_payroll.start, name="payroll_start"),
    path("payroll/forecast/", views_forecast.ask, name="forecast_ask"),
    path("payroll/top-up/<int:pk>/", views_forecast.top_up, name="top_up"),
    path("payroll/forecast/<int:pk>/", views_forecast.forecast, name="forecast"),
    path("payroll/recalculate/", views_recalculation.recalculate, name="recalculate"),
    path("payroll/recalculate/look/", views_recalculation.recheck_ask, name="recheck_ask"),
    path("payroll/recalculate/<int:pk>/", views_recalculation.recheck_found, name="recheck"),
    path("payroll/recalculate/<int:pk>/confirm/", views_recalculation.recheck_confirm, name="recheck_confirm"),
    path(
        "payroll/recalculate/withdraw/<int:pk>/",
        views_recalculation.recalculation_withdraw,
        name="recalculation_withdraw",
    ),
    path("reconciliation/", views_reconciliation.reconciliation, name="reconciliation"),
    path("reconciliation/<week:week>/", views_reconciliation.reconciliation, name="reconciliation_week"),
    path("payroll/rules/", views_rules.rules, name="rules"),
    path("payroll/rules/new/", views_rules.rule_new, name="rule_new"),
    path("payroll/rules/use/<str:code>/", views_rules.rule_adopt, name="rule_adopt"),
    path("payroll/rules/<int:pk>/", views_rules.rule_version, name="rule_version"),
    path("payroll/rules/<int:pk>/assign/", views_rules.rule_assign, name="rule_assign"),
    path("payroll/rules/drafts/<int:pk>/", views_rules.rule_draft, name="rule_draft"),
    path("payroll/rules/drafts/<int:pk>/approve/", views_rules.rule_approve, name="rule_approve"),
    path("payroll/rules/drafts/<int:pk>/drop/", views_rules.rule_drop, name="rule_drop"),
    path("payroll/runs/<int:pk>/", views_payroll.run, name="payroll_run"),
    path("payroll/aside/<int:pk>/", views_payroll.try_again, name="try_again"),
    path("payroll/runs/<int:pk>/progress/", views_payroll.progress, name="payroll_progress"),
    path("payroll/runs/<int:pk>/recalculated/", views_recalculation.run_recalculated, name="run_recalculated"),
    path("payroll/runs/<int:pk>/exports/", views_exports.exports, name="exports"),
    path("payroll/runs/<int:pk>/exports/make/", views_exports.export_make, name="export_make"),
    path("payroll/exports/<int:pk>/", views_exports.export, name="export"),
    path("payroll/mapping/<str:package>/", views_mappings.mapping, name="mapping"),
    path("payroll/mapping/<str:package>/<int:number>/", views_mappings.mapping_version, name="mapping_version"),
]
