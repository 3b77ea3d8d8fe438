"""The worker's pages."""

from django.urls import path

from kis.web import paths  # noqa: F401 -- makes <week:> known
from kis.web.worker import views_history, views_sheet, views_week

app_name = "worker"

urlpatterns = [
    path("week/", views_week.week_current, name="week_current"),
    path("week/<week:week>/", views_week.week, name="week"),
    path("timesheets/<int:pk>/draft/", views_sheet.sheet_draft, name="sheet_draft"),
    path("timesheets/<int:pk>/submit/", views_sheet.sheet_submit, name="sheet_submit"),
    path("timesheets/<int:pk>/withdraw/", views_sheet.sheet_withdraw, name="sheet_withdraw"),
    path("timesheets/<int:pk>/agree/", views_sheet.sheet_agree, name="sheet_agree"),
    path("timesheets/<int:pk>/receipts/<uuid:receipt>/", views_sheet.sheet_receipt, name="sheet_receipt"),
    path("history/", views_history.history, name="history"),
]
