"""The worker's pages."""

from django.urls import path

from kis.web import paths  # noqa: F401 -- makes <week:> known
from kis.web.worker import views_corrections, views_history, views_papers, views_pay, views_sheet, views_week

app_name = "worker"

urlpatterns = [
    path("week/", views_week.week_current, name="week_current"),
    path("week/<week:week>/", views_week.week, name="week"),
    path("timesheets/<int:pk>/draft/", views_sheet.sheet_draft, name="sheet_draft"),
    path("timesheets/<int:pk>/submit/", views_sheet.sheet_submit, name="sheet_submit"),
    path("timesheets/<int:pk>/withdraw/", views_sheet.sheet_withdraw, name="sheet_withdraw"),
    path("timesheets/<int:pk>/agree/", views_sheet.sheet_agree, name="sheet_agree"),
    path("timesheets/<int:pk>/", views_corrections.sheet, name="sheet"),
    path("timesheets/<int:pk>/pay/", views_pay.sheet_pay, name="sheet_pay"),
    path("timesheets/<int:pk>/evidence.<str:kind>", views_papers.sheet_evidence, name="sheet_evidence"),
    path("timesheets/<int:pk>/correct/", views_corrections.sheet_correct, name="sheet_correct"),
    path("timesheets/<int:pk>/drop/", views_corrections.sheet_drop, name="sheet_drop"),
    path("timesheets/<int:pk>/receipts/<uuid:receipt>/", views_sheet.sheet_receipt, name="sheet_receipt"),
    path("history/hours.<str:kind>", views_papers.hours, name="hours"),
    path("history/", views_history.history, name="history"),
]
